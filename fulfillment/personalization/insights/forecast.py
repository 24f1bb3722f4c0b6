"""What an account will hold: known events at their dates, everyday money as it has been, and how
sure that is.

A forecast draws many possible futures from the customer's own past and reads its figures off them,
so that an interval is as wide as the account is restless. The draws begin from a fixed seed: the
same lines give the same forecast.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from random import Random

from fulfillment.personalization.insights.entries import Entry
from fulfillment.personalization.insights.recurring import Recurring

_FUTURES = 300
_LOOKED_BACK = timedelta(days=182)
_DAY = timedelta(days=1)
_SATURDAY = 5
_SEED = 20
_AMOUNTS_KEPT = 6
_LEAST_DAYS = 28
_WIDTHS = ((0, 100), (2, 100), (4, 102), (7, 105), (10, 113), (14, 118), (30, 122))
"""By days ahead, how many percent of its drawn width an interval has: drawn days carry no spree
over to the next, so far ahead they lie too close together. Conformal: the 80th percentile of how
far off 150 forecasts of invented lives were (seed 2), in half widths; judged on another draw
(docs/models/personalization.md)."""


@dataclass(frozen=True, slots=True)
class Expected:
    """Something known to come: `minor` (signed) on `day`, for or from `party`; `amounts` are those
    it may be, when it varies."""

    day: date
    minor: int
    party: str
    amounts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """Eight of ten futures lie from `low` to `high`, half of them above `middle`. Minor units."""

    low: int
    middle: int
    high: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """Possible balances at the end of each day from the day after `today` on."""

    today: date
    balance: int
    expected: tuple[Expected, ...]
    futures: tuple[tuple[int, ...], ...]

    def on(self, day: date) -> Span:
        """The balance at the end of `day`, which is within the horizon."""
        ahead = (day - self.today).days
        return _widened(_span([future[ahead - 1] for future in self.futures]), ahead)

    def lowest(self, until: date) -> tuple[date, Span]:
        """The day before `until`, today included, whose middle is the lowest, and its span."""
        days = [self.today + _DAY * n for n in range(1, (until - self.today).days)]
        now = Span(self.balance, self.balance, self.balance)
        spans = [(self.today, now), *((day, self.on(day)) for day in days)]
        return min(spans, key=lambda one: (one[1].middle, one[0]))

    def chance_below(self, minor: int, until: date) -> float:
        """The share of futures that are below `minor` on some day before `until`."""
        days = (until - self.today).days - 1
        if self.balance < minor:
            return 1.0
        below = sum(any(held < minor for held in future[:days]) for future in self.futures)
        return below / len(self.futures)


def expected_from(found: Iterable[Recurring], today: date, days: int) -> list[Expected]:
    """What the series under way will bring and take within `days` days, by day.

    What is late is expected tomorrow.
    """
    until = today + days * _DAY
    coming: list[Expected] = []
    for one in found:
        if not one.is_active:
            continue
        amounts = tuple(entry.minor for entry in one.entries[-_AMOUNTS_KEPT:]) if one.varies else ()
        coming += [
            Expected(max(day, today + _DAY), one.amount, one.party, amounts)
            for day in one.rhythm.to_come(one.last.day, until)
        ]
    return sorted(coming, key=lambda event: (event.day, event.minor, event.party))


def forecast(
    entries: Sequence[Entry],
    found: Sequence[Recurring],
    balance: int,
    today: date,
    days: int,
    scheduled: Sequence[Expected] = (),
) -> Forecast | None:
    """The next `days` days of one account; None on a history of less than four weeks.

    `entries` and `found` are that account's lines and series, in one currency; `balance` is what it
    holds now, `scheduled` what has been ordered besides.
    """
    known = {entry.entry_id for one in found if one.is_active for entry in one.entries}
    everyday = _everyday(entries, known, today)
    if len(everyday) < _LEAST_DAYS:
        return None
    expected = tuple(
        sorted(
            (*expected_from(found, today, days), *scheduled),
            key=lambda event: (event.day, event.minor, event.party),
        )
    )
    dice = Random(_SEED)  # noqa: S311 - possible futures, not secrets
    weekend = [minor for day, minor in everyday if day.weekday() >= _SATURDAY]
    week = [minor for day, minor in everyday if day.weekday() < _SATURDAY]
    coming = [today + _DAY * n for n in range(1, days + 1)]
    pools = [weekend if day.weekday() >= _SATURDAY else week for day in coming]
    events = [[event for event in expected if event.day == day] for day in coming]
    futures = []
    for _ in range(_FUTURES):
        held, future = balance, []
        for pool, due in zip(pools, events, strict=True):
            held += dice.choice(pool)
            held += sum(dice.choice(e.amounts) if e.amounts else e.minor for e in due)
            future.append(held)
        futures.append(tuple(future))
    return Forecast(today, balance, expected, tuple(futures))


def _everyday(entries: Sequence[Entry], known: set[str], today: date) -> list[tuple[date, int]]:
    """Each day's net movement without what recurs, days without any too; today is not over yet."""
    if not entries:
        return []
    first = max(min(one.day for one in entries), today - _LOOKED_BACK)
    sums = {first + _DAY * n: 0 for n in range((today - first).days)}
    for one in entries:
        if one.day in sums and one.entry_id not in known and one.kind != "opening":
            sums[one.day] += one.minor
    return sorted(sums.items())


def _span(values: list[int]) -> Span:
    ordered = sorted(values)
    at = len(ordered) - 1
    return Span(ordered[at // 10], ordered[at // 2], ordered[at - at // 10])


def _widened(span: Span, ahead: int) -> Span:
    """The interval at the width that it needs `ahead` days ahead, around the same middle."""
    percent = _width(ahead)
    low = span.middle - round((span.middle - span.low) * percent / 100)
    high = span.middle + round((span.high - span.middle) * percent / 100)
    return Span(low, span.middle, high)


def _width(ahead: int) -> float:
    """Between two rows of the table in proportion; as wide as the last beyond it."""
    for (before, narrow), (after, wide) in pairwise(_WIDTHS):
        if ahead <= after:
            return narrow + (wide - narrow) * (ahead - before) / (after - before)
    return _WIDTHS[-1][1]
