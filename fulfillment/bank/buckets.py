"""Which stored totals make up a period: whole months, and days where it begins or ends within one.

A period of any length is at most one run of months, and two runs of days that are fewer than 62.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from fulfillment.bank.period_points import months_later
from fulfillment.bank.periods import Period

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Buckets:
    """`months` are whole calendar months; `days` are what is left before and after them."""

    months: Period | None
    days: tuple[Period, ...]


def buckets_of(period: Period, today: date) -> Buckets:
    """How to add up `period`. Nothing is booked after `today`, so its month counts as over."""
    of_its_end = (period.end - _DAY).replace(day=1)
    next_month = months_later(of_its_end, 1)
    last = next_month if period.end in (next_month, today + _DAY) else of_its_end
    first = period.start.replace(day=1)
    if first < period.start:
        first = months_later(first, 1)
    if first >= last:
        return Buckets(None, (period,))
    days = (Period(period.start, first), Period(last, period.end))
    return Buckets(Period(first, last), tuple(one for one in days if one.start < one.end))


def months_in(months: Period) -> Iterator[date]:
    """The first day of each month of whole months."""
    month = months.start
    while month < months.end:
        yield month
        month = months_later(month, 1)
