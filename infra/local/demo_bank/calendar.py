"""Days and hours of a demo history, by the customer's own clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo


def first_of_months(as_of: date, months: int) -> list[date]:
    """The first days of the `months` months that end with the month of `as_of`, oldest first."""
    last = as_of.year * 12 + as_of.month - 1
    return [date(i // 12, i % 12 + 1, 1) for i in range(last - months + 1, last + 1)]


def day_of(month: date, day: int) -> date:
    """The `day` of `month`, or its last day when it is shorter."""
    following = (month + timedelta(days=32)).replace(day=1)
    return min(month + timedelta(days=day - 1), following - timedelta(days=1))


def days_of(month: date) -> Iterator[date]:
    day = month
    while day.month == month.month:
        yield day
        day += timedelta(days=1)


def at(day: date, rng: Random, zone: ZoneInfo, earliest: int = 9, latest: int = 20) -> datetime:
    """A UTC instant on `day` between two hours of `zone`, whole seconds."""
    seconds = rng.randint(earliest * 3600, latest * 3600 - 1)
    local = datetime.combine(day, time(), zone) + timedelta(seconds=seconds)
    return local.astimezone(UTC)


def business_day(day: date) -> date:
    """`day`, or the Friday before when it is a weekend: when salaries and bills are booked."""
    return day - timedelta(days=max(0, day.weekday() - 4))
