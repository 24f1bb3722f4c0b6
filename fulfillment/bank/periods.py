"""Reads a period as customers name it, in whole days of their own calendar."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MONTHS = (
    "january february march april may june july august september october november december"
).split()
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_COUNTS = {
    "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "few": 3, "couple of": 2,
}  # fmt: skip
_MAX_COUNT = 1000


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` to the day before `end`, both in the customer's zone."""

    start: date
    end: date

    def instants(self, zone: str) -> tuple[datetime, datetime]:
        """Its bounds as UTC instants, `end` exclusive."""
        begin, stop = (
            datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)
            for day in (self.start, self.end)
        )
        return begin, stop


def parse_period(text: str, today: date) -> Period | None:
    """The period that `text` names, or None. Weeks begin on Monday; months lie in the past."""
    said = re.sub(r"[^\w\s/-]", " ", text.casefold())
    said = re.sub(
        r"^(?:in|for|during|over|from|the|on|of|since the|just)\s+", "", " ".join(said.split())
    )
    said = re.sub(r"^(?:in|the|past)\s+(?=the|past|last)", "", said)
    said = re.sub(r"\s+(?:so far|to date)$", "", said).removeprefix("so far ")
    said = re.sub(r"^(?:the )?(?:past|previous)\b", "last", said)
    for read in _READERS:
        period = read(said, today)
        if period is not None:
            return period
    return None


def month_of(day: date) -> Period:
    """The calendar month of `day`."""
    start = day.replace(day=1)
    return Period(start, _months_later(start, 1))


def _months_later(first: date, count: int) -> date:
    index = first.year * 12 + first.month - 1 + count
    return date(index // 12, index % 12 + 1, 1)


def _named(said: str, today: date) -> Period | None:
    tomorrow = today + timedelta(days=1)
    monday = today - timedelta(days=today.weekday())
    january = today.replace(month=1, day=1)
    this_month = today.replace(day=1)
    periods = {
        "today": (today, tomorrow),
        "yesterday": (today - timedelta(days=1), today),
        "this week": (monday, tomorrow),
        "current week": (monday, tomorrow),
        "last week": (monday - timedelta(days=7), monday),
        "last weekend": (monday - timedelta(days=2), monday),
        "weekend": (monday - timedelta(days=2), monday),
        "this month": (this_month, tomorrow),
        "current month": (this_month, tomorrow),
        "last month": (_months_later(this_month, -1), this_month),
        "last quarter": (_months_later(this_month, -3), this_month),
        "this year": (january, tomorrow),
        "current year": (january, tomorrow),
        "year": (january, tomorrow),
        "last year": (january.replace(year=today.year - 1), january),
    }
    return Period(*periods[said]) if said in periods else None


def _counted(said: str, today: date) -> Period | None:
    match = re.fullmatch(r"last (\d+|[a-z ]+?) (day|week|month|year)s?", said)
    if match is None:
        return None
    count = int(match[1]) if match[1].isdigit() else _COUNTS.get(match[1], 0)
    if not 0 < count <= _MAX_COUNT:
        return None
    tomorrow = today + timedelta(days=1)
    if match[2] in ("day", "week"):
        days = count * (7 if match[2] == "week" else 1)
        return Period(tomorrow - timedelta(days=days), tomorrow)
    months = count * (12 if match[2] == "year" else 1)
    return Period(_same_day(today, -months), tomorrow)


def _same_day(day: date, months: int) -> date:
    first = _months_later(day.replace(day=1), months)
    last = _months_later(first, 1) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))


def _month(said: str, today: date) -> Period | None:
    match = re.fullmatch(r"([a-z]+)(?: (?:of )?(\d{4}))?", said)
    number = _month_number(match[1]) if match else None
    if match is None or number is None:
        return None
    year = int(match[2]) if match[2] else today.year - (number > today.month)
    return month_of(date(year, number, 1)) if 1900 < year < 9999 else None


def _since(said: str, today: date) -> Period | None:
    match = re.fullmatch(r"since (.+)", said)
    if match is None:
        return None
    inner = parse_period(match[1], today)
    return (
        Period(inner.start, today + timedelta(days=1)) if inner and inner.start <= today else None
    )


def _weekday(said: str, today: date) -> Period | None:
    name = said.removeprefix("last ")
    if name not in WEEKDAYS:
        return None
    back = (today.weekday() - WEEKDAYS.index(name)) % 7 or 7
    day = today - timedelta(days=back)
    return Period(day, day + timedelta(days=1))


def _day(said: str, today: date) -> Period | None:
    iso = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", said)
    spoken = re.fullmatch(r"([a-z]+) (\d{1,2})(?:st|nd|rd|th)?(?: (\d{4}))?", said)
    try:
        if iso:
            day = date(int(iso[1]), int(iso[2]), int(iso[3]))
        elif spoken and (number := _month_number(spoken[1])):
            day = date(int(spoken[3] or today.year), number, int(spoken[2]))
            if not spoken[3] and day > today:
                day = day.replace(year=day.year - 1)
        else:
            return None
    except ValueError:
        return None
    return Period(day, day + timedelta(days=1))


def _month_number(word: str) -> int | None:
    if len(word) < 3:
        return None
    return next((i for i, name in enumerate(MONTHS, 1) if name == word or name[:3] == word), None)


_READERS: tuple[Callable[[str, date], Period | None], ...] = (
    _named, _counted, _since, _weekday, _day, _month,
)  # fmt: skip
