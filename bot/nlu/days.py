"""Arithmetic on calendar days: weeks begin on Monday, months end where they end."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from decimal import Decimal

_MONTH_NAMES = (
    "january february march april may june july august september october november december".split()
)
MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES, 1)} | {
    name[:3]: number for number, name in enumerate(_MONTH_NAMES, 1)
} | {"sept": 9}  # fmt: skip
FULL_MONTHS = "|".join(name for name in _MONTH_NAMES if name not in ("march", "may"))
FULL_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
WEEKDAYS = {name: number for number, name in enumerate(FULL_DAYS)} | {
    "mon": 0, "tue": 1, "tues": 1, "wed": 2, "weds": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4,
}  # fmt: skip
FARTHEST = 40_000
"""More days, weeks or months than this are not meant."""
_PIVOT = 70
"""Years of two digits from here on belong to the last century."""
_BEFORE = {"last", "past", "previous"}
_AFTER = {"next", "coming", "following"}


def relative(said: str, today: date) -> date:
    """ "today", "the day after tomorrow", "last night" and their kin."""
    if said.endswith("day after tomorrow"):
        return today + timedelta(days=2)
    if said.endswith("day before yesterday"):
        return today - timedelta(days=2)
    if said.startswith("tomorrow") or said.endswith(("day after", "following day")):
        return today + timedelta(days=1)
    if said in ("yesterday", "last night") or said.endswith(("day before", "previous day")):
        return today - timedelta(days=1)
    return today


def shifted(start: date, count: Decimal, unit: str) -> date:
    """`start` moved by `count` of D, W, 2W, MO or Y; a month later is at most its last day."""
    if unit in ("MO", "Y"):
        months = start.month - 1 + int(count * (12 if unit == "Y" else 1))
        year, month = start.year + months // 12, months % 12 + 1
        return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))
    return start + timedelta(days=int(count * {"D": 1, "W": 7, "2W": 14}[unit]))


def working_days_from(start: date, count: int) -> date:
    """`count` working days later, or earlier when negative: Saturdays and Sundays do not count."""
    weeks, rest = divmod(abs(count), 5)
    step = timedelta(days=1 if count >= 0 else -1)
    found = start + 7 * weeks * step
    while rest or found.weekday() > 4:
        found += step
        rest -= rest > 0 and found.weekday() < 5
    return found


def dated(day: int, month: int, year: str | None, today: date) -> date:
    """A day of a month, in the year given or the next on or after today. Raises ValueError."""
    if year:
        number = int(year)
        century = 0 if len(year) > 2 else 1900 if number >= _PIVOT else 2000
        return date(number + century, month, day)
    coming = [
        date(number, month, day)
        for number in range(today.year, today.year + 9)
        if day <= calendar.monthrange(number, month)[1] and date(number, month, day) >= today
    ]
    if not coming:
        raise ValueError("no such day")
    return coming[0]


def next_of_month(today: date, day: int, weekday: int | None = None) -> date:
    """The next day of that number on or after today; with a weekday, one that falls on it."""
    if not 1 <= day <= 31:
        raise ValueError("no such day")
    first, coming = today.replace(day=1), []
    for _ in range(12):
        if day <= _length(first) and first.replace(day=day) >= today:
            coming.append(first.replace(day=day))
        first = _next_month(first)
    return next((d for d in coming if d.weekday() == weekday), coming[0])


def nth_weekday(first: date, weekday: int, count: int) -> date:
    """The `count`th such weekday of the month that begins with `first`; -1 is its last."""
    if count < 0:
        return before(_next_month(first), weekday)
    found = on_or_after(first, weekday) + timedelta(days=7 * (count - 1))
    if found.month != first.month:
        raise ValueError("no such day")
    return found


def on_or_after(today: date, weekday: int) -> date:
    return today + timedelta(days=(weekday - today.weekday()) % 7)


def before(today: date, weekday: int) -> date:
    return today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)


def of_week(today: date, weekday: int, week: str) -> date:
    """That weekday of this, next or last calendar week."""
    shift = {"next": 7, "last": -7}.get(week.split()[0], 0)
    return today + timedelta(days=weekday - today.weekday() + shift)


def month_of(today: date, which: str) -> date:
    """The first of this, next or last month."""
    first = today.replace(day=1)
    if which in _AFTER:
        return _next_month(first)
    return (first - timedelta(days=1)).replace(day=1) if which in _BEFORE else first


def of_period(today: date, which: str, unit: str) -> date:
    """The one day that Lex takes for a week, month or year; a weekend is its Saturday."""
    if unit == "weekend":
        if which in _BEFORE:
            return before(today, 5)
        return of_week(today, 5, "next" if which == "next" else "this")
    if unit == "week":
        monday = today - timedelta(days=today.weekday())
        # The guide's table: "next week" is the last day of the current week.
        return monday + timedelta(days=6 if which in _AFTER else -7 if which in _BEFORE else 0)
    if unit == "month":
        first = month_of(today, which)
        return first.replace(day=_length(first)) if which in _AFTER else first
    if which in _AFTER:
        return date(today.year + 1, 12, 31)
    return date(today.year - (which in _BEFORE), 1, 1)


def edge_of(today: date, edge: str, which: str, unit: str) -> date:
    """The first or last day of this, next or last week, month or year."""
    last = edge in ("end", "close", "last", "last day")
    if unit == "week":
        return of_week(today, 6 if last else 0, which)
    if unit == "month":
        first = month_of(today, which)
        return first.replace(day=_length(first)) if last else first
    year = today.year + {"next": 1, "last": -1}.get(which, 0)
    return date(year, 12, 31) if last else date(year, 1, 1)


def _length(first: date) -> int:
    return calendar.monthrange(first.year, first.month)[1]


def _next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)
