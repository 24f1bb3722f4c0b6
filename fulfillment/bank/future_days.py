"""Reads the day on which somebody wants to pay: "friday", "the 1st", "in two weeks", "12/15"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from fulfillment.bank.recurrence import LAST_DAY, day_in_month
from fulfillment.bank.timing_words import TimingWords

_DAY = timedelta(days=1)
_WEEK = 7
_RECENT = timedelta(days=90)
"""A day without its year that was over so short a time ago is meant as past, not as next year's."""


@dataclass(frozen=True, slots=True)
class SaidDay:
    """A day, where in the words it stood, and the day of the month that was asked for."""

    day: date
    start: int
    end: int
    of_month: int


def find_day(said: str, today: date, words: TimingWords) -> SaidDay | None:
    """The first day that `said` (lower case, single spaces) names, today's and past ones included.

    A weekday or a day of the month without more is the next one after today; "next friday" is that
    of the next calendar week (Monday to Sunday), as Lex reads it.
    """
    for rule, pattern in words.days:
        for match in pattern.finditer(said):
            day = _RULES[rule](match, today, words)
            if day is not None:
                return SaidDay(day, match.start(), match.end(), _asked_for(match, day, words))
    return None


def first_of(month: str, today: date, words: TimingWords) -> date | None:
    """The first day of the next `month`, which is named in lower case: "june"."""
    first = _date(today.year, words.months[month], 1)
    return first if first is None or first > today else _date(today.year + 1, first.month, 1)


def _asked_for(match: re.Match[str], day: date, words: TimingWords) -> int:
    """31 for the end of a month, and for a day that its own month does not have."""
    said = match.groupdict()
    if said.get("end"):
        return LAST_DAY
    return words.nth(said["nth"]) if said.get("nth") else day.day


def _iso(match: re.Match[str], _: date, __: TimingWords) -> date | None:
    return _date(int(match["y"]), int(match["m"]), int(match["d"]))


def _figures(match: re.Match[str], today: date, words: TimingWords) -> date | None:
    """12/15 as the United States write it, 15/12 as most others do."""
    one, two = int(match["one"]), int(match["two"])
    month, day = (two, one) if words.day_first else (one, two)
    return _with_year(match["y"], month, day, today)


def _named(match: re.Match[str], today: date, words: TimingWords) -> date | None:
    month, day = words.months[match["month"]], words.nth(match["nth"])
    return _with_year(match["y"], month, day, today)


def _of_month(match: re.Match[str], today: date, words: TimingWords) -> date | None:
    """ "the 15th", "the 1st of next month", "the last day of the month"."""
    wanted = LAST_DAY if match["end"] else words.nth(match["nth"])
    if not 1 <= wanted <= LAST_DAY:
        return None
    which = match["which"] or ""
    is_next, is_this = _has(which, words.next), _has(which, words.this)
    day = day_in_month(today, int(is_next), wanted)
    if day is None or is_this or is_next or day > today:
        return day
    return day_in_month(today, 1, wanted)


def _weekday(match: re.Match[str], today: date, words: TimingWords) -> date | None:
    said = match["weekday"]
    wanted = words.weekdays[said.removesuffix("s") if match["plural"] else said]
    which = f"{match['which'] or ''} {match['after'] or ''}"
    if _has(which, words.last):
        return today - timedelta(days=(today.weekday() - wanted - 1) % _WEEK + 1)
    if _has(which, words.following) and not match["plural"]:
        monday = today - timedelta(days=today.weekday()) + timedelta(days=_WEEK)
        return monday + timedelta(days=wanted)
    return today + timedelta(days=(wanted - today.weekday() - 1) % _WEEK + 1)


def _has(which: str, words: frozenset[str]) -> bool:
    return any(word in which for word in words)


def _relative(match: re.Match[str], today: date, words: TimingWords) -> date | None:
    return {
        "today": today, "tomorrow": today + _DAY, "day after tomorrow": today + 2 * _DAY,
        "yesterday": today - _DAY,
        "next week": today + timedelta(days=_WEEK - today.weekday()),
    }[words.relative[match["word"]]]  # fmt: skip


def _in(match: re.Match[str], today: date, words: TimingWords) -> date | None:
    base = today + _DAY if match["base"] == "tomorrow" else today
    return later(base, words.number(match["n"]), words.units[match["unit"]])


def _ago(match: re.Match[str], today: date, words: TimingWords) -> date | None:
    return later(today, -words.number(match["n"]), words.units[match["unit"]])


def _month_alone(match: re.Match[str], today: date, words: TimingWords) -> date | None:
    """ "starting in january": its first day."""
    return first_of(match["month"], today, words)


def later(day: date, count: int, unit: str) -> date | None:
    """`count` of `unit` (day, week, month or year) after `day`."""
    if unit in ("month", "year"):
        return day_in_month(day, count * (12 if unit == "year" else 1), day.day)
    return day + timedelta(days=count * (_WEEK if unit == "week" else 1))


def _with_year(year: str | None, month: int, day: int, today: date) -> date | None:
    if year:
        whole = int(year) + 2000 if len(year) == 2 else int(year)
        return _date(whole, month, day)
    this = _date(today.year, month, day)
    if this is None or this >= today:
        return this or _date(today.year + 1, month, day)
    return this if today - this <= _RECENT else _date(today.year + 1, month, day)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


_RULES: dict[str, Callable[[re.Match[str], date, TimingWords], date | None]] = {
    "iso": _iso,
    "figures": _figures,
    "named": _named,
    "relative": _relative,
    "in": _in,
    "ago": _ago,
    "of_month": _of_month,
    "weekday": _weekday,
    "month_alone": _month_alone,
}
