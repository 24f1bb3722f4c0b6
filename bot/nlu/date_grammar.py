"""Finds days in a line by the forms of a language, and days reckoned from them.

"3 days after easter" and "two weeks before May 13" are a day that a form reads, moved by what
stands before it. Lex decides where its guide does: a day without its year is on or after today.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from bot.nlu import days
from bot.nlu.lines import Line
from bot.nlu.utterance import Finder, Span, Utterance, apart, span_of

Reading = Callable[[re.Match[str], date], list[date]]
_PASSING = {"now", "ahora", "today's"}
_VAGUE = 0.6
"""How sure it is that "now" is a day: little, in a sentence about something else."""
Forms = Sequence[tuple[str, Reading]]


@dataclass(frozen=True, slots=True)
class Shift:
    """How a language moves a day: "3 days after ..." before it, "... in a week" behind it.

    Groups: `n` and `unit` (`m` and `weeks` in another place), and `back` into the past.
    """

    before: re.Pattern[str]
    behind: re.Pattern[str]
    units: Mapping[str, str]
    count: Callable[[str], Decimal | None]


@dataclass(frozen=True, slots=True)
class _Day:
    """A day that was read: where it stands in the utterance and in the line, and its readings."""

    start: int
    end: int
    left: int
    right: int
    readings: list[date]


def finder(reading: Callable[[str], Line], forms: Forms, shift: Shift) -> Finder:
    """Finds every day in an utterance, as AMAZON.Date gives it."""
    grammar = [(re.compile(rf"(?<![\w/]){form}(?= |$)"), read) for form, read in forms]

    def find(utterance: Utterance) -> list[Span]:
        line, today, spans = utterance.line_by(reading), utterance.now.date(), []
        for day in _days(line, grammar, shift, today):
            resolved = list(dict.fromkeys(found.isoformat() for found in day.readings))
            said = line.text[day.left : day.right]
            weight = _VAGUE if said in _PASSING else 1.0
            span = span_of(utterance, day.start, day.end, resolved[:5], weight)
            spans += [span] if span else []
        return apart(spans)

    return find


def _days(
    line: Line, grammar: Sequence[tuple[re.Pattern[str], Reading]], shift: Shift, today: date
) -> list[_Day]:
    found = [
        _Day(f.start, f.end, f.match.start(), f.match.end(), _read(read, f.match, today))
        for form, read in grammar
        for f in line.find(form)
    ]
    for day in [day for day in found if day.readings]:
        for moved in (_moved_before(line, day, shift), _moved_behind(line, day, shift)):
            found += [moved] if moved else []
    return found


def _read(read: Reading, match: re.Match[str], today: date) -> list[date]:
    try:
        return read(match, today)
    except (ValueError, OverflowError):
        # No such day, or one outside the calendar.
        return []


def _moved_before(line: Line, day: _Day, shift: Shift) -> _Day | None:
    match = next((m for m in shift.before.finditer(line.text[: day.left])), None)
    if match is None:
        return None
    start = line.start_of(match.start())
    readings = _shifted(match, day.readings, shift)
    return _Day(start, day.end, match.start(), day.right, readings) if start is not None else None


def _moved_behind(line: Line, day: _Day, shift: Shift) -> _Day | None:
    match = shift.behind.match(line.text, day.right)
    end = line.end_of(match.end()) if match else None
    if match is None or end is None:
        return None
    return _Day(day.start, end, day.left, match.end(), _shifted(match, day.readings, shift))


def _shifted(match: re.Match[str], readings: Sequence[date], shift: Shift) -> list[date]:
    found = match.groupdict()
    said = found.get("n") or found.get("m")
    count = shift.count(said) if said else Decimal(1)
    if count is None or count > days.FARTHEST:
        return []
    signed = -count if found.get("back") else count
    unit = shift.units[found.get("unit") or found.get("weeks") or found.get("one") or "day"]
    try:
        return [days.shifted(day, signed, unit) for day in readings]
    except (ValueError, OverflowError):
        return []


def with_year_and_weekday(
    day: int, month: int, year: str | None, today: date, weekday: int | None
) -> list[date]:
    """A day of a month: the next on or after today, then the nearest that falls on the weekday.

    The weekday is the second reading, since Lex's guide has a missing year mean the next such day.
    """
    first = days.dated(day, month, year, today)
    if year or weekday is None:
        return [first]
    years = sorted(range(today.year - 1, today.year + 7), key=lambda y: (abs(y - today.year), -y))
    same = [d for y in years if (d := _day(y, month, day)) and d.weekday() == weekday]
    return [first, *same[:1]]


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def nth_weekday_of(month: int, year: str | None, weekday: int, count: int, today: date) -> date:
    """The `count`th weekday of a month, in the year given or the next on or after today."""
    found = days.nth_weekday(date(int(year or today.year), month, 1), weekday, count)
    if year or found >= today:
        return found
    return days.nth_weekday(date(today.year + 1, month, 1), weekday, count)


def nth_in_month(today: date, number: int, weekday: int | None) -> list[date]:
    """The next day of that number; with a weekday, the next that falls on it, then the last one."""
    found = [days.next_of_month(today, number, weekday)]
    if weekday is not None:
        earlier = today - timedelta(days=1)
        past = [earlier - timedelta(days=ago) for ago in range(62)]
        found += [d for d in past if d.day == number and d.weekday() == weekday][:1]
    return found


def slashes(match: re.Match[str], today: date, day_first: bool) -> list[date]:
    """ "4/5" or "4/5/2021" in the locale's order, then in the other, where that is a day too."""
    one, other, year = int(match["a"]), int(match["b"]), match["y"]
    orders = [(one, other), (other, one)] if day_first else [(other, one), (one, other)]
    return [
        days.dated(day, month, year, today)
        for day, month in orders
        if 1 <= month <= 12 and 1 <= day <= 31
    ]


SLASHES = (
    r"(?<![\w/.-])(?<![/.-] )(?P<a>\d{1,2}) (?P<s>[/-]) (?P<b>\d{1,2})"
    r"(?: (?P=s) (?P<y>\d{4}|\d\d))?(?= |$)(?! [/:-])"
)
DOTTED = r"(?<![\w.])(?P<a>\d{1,2})\.(?P<b>\d{1,2})\.(?P<y>\d{4}|\d\d)"
SPACED = r"^(?P<a>\d{1,2}) (?P<b>\d{1,2}) (?P<y>(?:19|20)\d\d)$"
BASIC = r"(?P<y>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])"
"""A day of ISO 8601's basic form: 20161016."""
YEAR_FIRST = r"(?P<y>(?:19|20)\d\d) [-/.] (?P<m>\d{1,2}) [-/.] (?P<d>\d{1,2})"


def year_first(match: re.Match[str], _today: date) -> list[date]:
    return [date(int(match["y"]), int(match["m"]), int(match["d"]))]
