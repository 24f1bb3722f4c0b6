"""When a scheduled payment is due: once, or again and again from its first day on.

Every due day is counted from the first one, never from the one before, so that a month of 28 days
does not move the 31st for good.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import count
from zoneinfo import ZoneInfo

RUNS_AT = time(6)
"""When a payment leaves on its due day, by the customer's clock; weekends and holidays as well."""
LAST_DAY = 31
"""The day of the month that stands for its last day."""
FURTHEST = timedelta(days=2 * 366)
"""How far ahead the first day of a payment may lie."""

_MOST_RUNS = 1_000
_MONTHS_IN = {"monthly": 1, "yearly": 12}
_DAYS_IN = {"weekly": 7, "every_two_weeks": 14}


class Frequency(StrEnum):
    ONCE = "once"
    WEEKLY = "weekly"
    EVERY_TWO_WEEKS = "every_two_weeks"
    MONTHLY = "monthly"
    YEARLY = "yearly"


@dataclass(frozen=True, slots=True)
class Recurrence:
    """The due days of a payment, in the customer's calendar.

    `start` is the first of them. `day` is the day of the month that was asked for, by month and by
    year: in a month that is shorter the last day takes its place, and the next one has it again.
    It ends after `times` due days, or with the last one that is not after `until`, or never.
    """

    frequency: Frequency
    start: date
    day: int
    until: date | None = None
    times: int | None = None

    @classmethod
    def once(cls, start: date) -> Recurrence:
        return cls(Frequency.ONCE, start, start.day)

    @property
    def repeats(self) -> bool:
        return self.frequency is not Frequency.ONCE

    def due(self, index: int) -> date | None:
        """The due day number `index`, from 0; None when it has ended by then."""
        if index < 0 or index >= self._most:
            return None
        day = self._nth(index)
        return None if day is None or (self.until is not None and day > self.until) else day

    @property
    def last(self) -> date | None:
        """The last due day, or None when there is no end to it."""
        if self.frequency is Frequency.ONCE:
            return self.start
        if self.until is None and self.times is None:
            return None
        after_end = next(number for number in count() if self.due(number) is None)
        return self.due(after_end - 1)

    @property
    def _most(self) -> int:
        if self.frequency is Frequency.ONCE:
            return 1
        return _MOST_RUNS if self.times is None else min(self.times, _MOST_RUNS)

    def _nth(self, index: int) -> date | None:
        months = _MONTHS_IN.get(self.frequency)
        if months is not None:
            return day_in_month(self.start, months * index, self.day)
        try:
            return self.start + timedelta(days=_DAYS_IN.get(self.frequency, 0) * index)
        except OverflowError:
            return None


def day_in_month(base: date, months: int, day: int) -> date | None:
    """Day `day`, or the last there is, of the month `months` after that of `base`."""
    index = base.year * 12 + base.month - 1 + months
    year, month = index // 12, index % 12 + 1
    if year > date.max.year:
        return None
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def leaves_at(due: date, zone: str) -> datetime:
    """The UTC instant at which a payment of the day `due` leaves. `zone` is an IANA name."""
    return datetime.combine(due, RUNS_AT, ZoneInfo(zone)).astimezone(UTC)
