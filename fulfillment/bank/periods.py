"""Reads a period as customers name it, in whole days of their own calendar."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from fulfillment.bank.letters import without_accents
from fulfillment.bank.period_points import OLDEST_YEAR, Point, months_later
from fulfillment.bank.period_words import ENGLISH, PeriodWords

_DAY = timedelta(days=1)
_DAYS_IN = {"day": 1, "week": 7, "month": 31, "year": 366}
_MAX_DAYS = 50 * 366
# "between 12 and 3 October" is a slip, not eleven months and a half.
_LONGEST_SPAN = timedelta(days=340)
_MAX_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` to the day before `end`, both in the customer's zone."""

    start: date
    end: date

    def instants(self, zone: str) -> tuple[datetime, datetime]:
        """Its bounds as UTC instants, `end` exclusive. `zone` is an IANA name."""
        begin, stop = (
            datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)
            for day in (self.start, self.end)
        )
        return begin, stop


def parse_period(text: str, today: date, locale: str = "en_US") -> Period | None:
    """The period that `text` names, or None. Weeks begin on Monday.

    What is not over yet ends with `today`; "March" is the latest that has begun, and nothing in
    the future is a period of a history. `locale` is a Lex locale id. Never raises.
    """
    if len(text) > _MAX_LENGTH:
        return None
    words = _words_of(locale)
    period = _read(_plain(text, words), today, words)
    if period is None or period.start.year < OLDEST_YEAR or period.start > today:
        return None
    return Period(period.start, min(period.end, today + _DAY))


def period_words(said: str, sentence: str) -> str:
    """`said` with the "since" before it and the year after it, where `sentence` has them.

    Lex may fill a slot with the listed part of what was said: "march" of "since march 2025".
    """
    pattern = (
        rf"(?:(?:since|desde) )?(?:(?:the|el|la) )?{re.escape(said)}"
        r"(?:,? (?:(?:of|del?) )?(?:19|20)\d\d\b)?"
    )
    found = re.search(pattern, sentence, re.IGNORECASE)
    return found.group().replace(",", "") if found else said


def month_of(day: date) -> Period:
    """The calendar month of `day`."""
    start = day.replace(day=1)
    return Period(start, months_later(start, 1))


def _words_of(locale: str) -> PeriodWords:
    # Imported late: a cold start need not compile the patterns of a language that nobody speaks.
    if locale[:2] == "es":
        from fulfillment.bank.spanish_periods import SPANISH

        return SPANISH
    return ENGLISH


def _plain(text: str, words: PeriodWords) -> str:
    said = unicodedata.normalize("NFKC", text).casefold()
    if words.has_accents:
        said = without_accents(said)
    return " ".join(re.sub(r"[^\w\s-]", " ", said.replace("–", "-")).split())


def _read(said: str, today: date, words: PeriodWords) -> Period | None:
    said = words.trail.sub("", words.lead.sub("", said))
    if said in words.named:
        return _NAMED[words.named[said]](today)
    for rule, pattern in words.patterns:
        match = pattern.fullmatch(said)
        if match is None or rule not in _RULES:
            continue
        period = _RULES[rule](match, today, words)
        if period is not None:
            return period
    return None


def _weeks(today: date, back: int, count: int = 1) -> Period:
    monday = today - timedelta(days=today.weekday() + 7 * back)
    return Period(monday, monday + timedelta(days=7 * count))


def _months(today: date, back: int, count: int = 1) -> Period:
    first = months_later(today.replace(day=1), -back)
    return Period(first, months_later(first, count))


def _quarters(today: date, back: int) -> Period:
    return _months(today, (today.month - 1) % 3 + 3 * back, 3)


def _years(today: date, back: int) -> Period:
    return _months(today, today.month - 1 + 12 * back, 12)


def _days(today: date, back: int, count: int = 1) -> Period:
    start = today - timedelta(days=back)
    return Period(start, start + timedelta(days=count))


_NAMED: dict[str, Callable[[date], Period]] = {
    "today": lambda today: _days(today, 0),
    "yesterday": lambda today: _days(today, 1),
    "day before yesterday": lambda today: _days(today, 2),
    "this week": lambda today: _weeks(today, 0),
    "last week": lambda today: _weeks(today, 1),
    "this weekend": lambda today: _days(today, (today.weekday() - 5) % 7, 2),
    "last weekend": lambda today: _days(today, today.weekday() + 2, 2),
    "this month": lambda today: _months(today, 0),
    "last month": lambda today: _months(today, 1),
    "this quarter": lambda today: _quarters(today, 0),
    "last quarter": lambda today: _quarters(today, 1),
    "this year": lambda today: _years(today, 0),
    "last year": lambda today: _years(today, 1),
}


def _rolling(match: re.Match[str], today: date, words: PeriodWords) -> Period | None:
    """ "last 30 days" and "last 3 months" end with today, which is one of the days."""
    count, unit = words.count(match["count"]), words.units[match["unit"]]
    if not count or count * _DAYS_IN[unit] > _MAX_DAYS:
        return None
    if unit in ("day", "week"):
        days = count * _DAYS_IN[unit]
        return _days(today, days - 1, days)
    first = _months(today, count * (12 if unit == "year" else 1)).start
    length = months_later(first, 1) - first
    # The day after this day of that month: 24 August begins three months that end 23 November.
    start = first + min(timedelta(days=today.day), length)
    return Period(start, today + _DAY)


def _ago(match: re.Match[str], today: date, words: PeriodWords) -> Period | None:
    count, unit = words.count(match["count"]), words.units[match["unit"]]
    if not count or count * _DAYS_IN[unit] > _MAX_DAYS:
        return None
    return {"day": _days, "week": _weeks, "month": _months, "year": _years}[unit](today, count)


def _since(match: re.Match[str], today: date, words: PeriodWords) -> Period | None:
    inner = _read(match["rest"], today, words)
    return Period(inner.start, today + _DAY) if inner and inner.start <= today else None


def _inner(match: re.Match[str], today: date, words: PeriodWords) -> Period | None:
    return _read(match["rest"], today, words)


def _between(match: re.Match[str], today: date, words: PeriodWords) -> Period | None:
    """Both ends included. The end that says less takes its month or year from the other."""
    first, last = (_point_said(match[end], words) for end in ("first", "last"))
    if first is None or last is None:
        return _between_named(match, today, words)
    first, last = first.in_month_of(last), last.in_month_of(first)
    if first.year is None and last.year is not None:
        end = last.latest(today)
        begin = first.latest(end[0]) if end else None
    else:
        begin = _latest(first, today)
        end = last.first_from(begin[0]) if begin else None
    if begin is None or end is None:
        return None
    guessed = first.year is None or last.year is None
    if guessed and end[1] - begin[0] > _LONGEST_SPAN:
        return None
    return Period(begin[0], end[1])


def _between_named(match: re.Match[str], today: date, words: PeriodWords) -> Period | None:
    """ "from last Monday to yesterday": each end by itself."""
    first, last = (_read(match[end], today, words) for end in ("first", "last"))
    return Period(first.start, last.end) if first and last and first.start < last.end else None


def _point_said(said: str, words: PeriodWords) -> Point | None:
    said = words.lead.sub("", said)
    for rule, pattern in words.patterns:
        match = pattern.fullmatch(said)
        if match is not None and rule in ("point", "bare_day"):
            return _as_point(match, words)
    return None


def _as_point(match: re.Match[str], words: PeriodWords) -> Point:
    said = match.groupdict()
    weekday = said.get("weekday")
    day, year = said.get("day"), said.get("year")
    return Point(
        day=words.day(day),
        month=words.month(said.get("month")),
        year=int(year) if year else None,
        weekday=words.weekdays[weekday] if weekday else None,
        previous=bool(said.get("previous")),
    )


def _point(match: re.Match[str], today: date, words: PeriodWords) -> Period | None:
    span = _latest(_as_point(match, words), today)
    return Period(*span) if span else None


def _latest(point: Point, today: date) -> tuple[date, date] | None:
    """ "Monday" on a Monday is the one a week ago: of today they say "today"."""
    return point.latest(today - _DAY if point.weekday is not None else today)


def _quarter(match: re.Match[str], today: date, _: PeriodWords) -> Period | None:
    month = 3 * int(match["quarter"]) - 2
    span = Point(month=month, year=int(match["year"]) if match["year"] else None).latest(today)
    return Period(span[0], months_later(span[0], 3)) if span else None


def _year(match: re.Match[str], today: date, _: PeriodWords) -> Period | None:
    year = int(match["year"])
    return _years(today, today.year - year) if OLDEST_YEAR <= year <= today.year else None


_RULES: dict[str, Callable[[re.Match[str], date, PeriodWords], Period | None]] = {
    "between": _between,
    "since": _since,
    "inner": _inner,
    "ago": _ago,
    "rolling": _rolling,
    "point": _point,
    "quarter": _quarter,
    "year": _year,
}
