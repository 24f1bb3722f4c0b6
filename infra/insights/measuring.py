"""Recurring charges found and missed; forecasts beside a naive one, and what intervals cover."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from fulfillment.personalization.insights.entries import Entry
from fulfillment.personalization.insights.forecast import forecast
from fulfillment.personalization.insights.recurring import find_recurring, going_out
from infra.insights.seeded import AS_OF, WINDOW, History

HORIZONS = (7, 30)
_EVERY = timedelta(days=11)
_FIRST_AFTER = timedelta(days=240)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Found:
    """How many recurring charges were found rightly, wrongly, and not."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 1 where there was nothing to find."""
        asked = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / asked if asked else 1.0

    def __add__(self, other: Found) -> Found:
        return Found(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)


@dataclass(frozen=True, slots=True)
class Told:
    """A forecast of `days` days: how far off, how far off the naive one, and whether within."""

    days: int
    error: int
    naive_error: int
    is_within: bool


def recurring_found(history: History) -> Found:
    """What goes out again and again, found against the plan of the life."""
    found = {
        (one.last.account_id, one.party)
        for one in going_out(find_recurring(history.recent, AS_OF.date()))
    }
    right = found & history.recurring
    return Found(len(right), len(found - right), len(history.recurring - right))


def forecasts(entries: Sequence[Entry]) -> Iterator[Told]:
    """One account's forecasts from a day every eleven, against what came and against the same days
    a month before."""
    first, last = entries[0].day, entries[-1].day
    day = first + _FIRST_AFTER
    while day + HORIZONS[-1] * _DAY < last:
        past = [one for one in entries if day - WINDOW < one.day <= day]
        found = find_recurring(past, day)
        told = forecast(past, found, 0, day, HORIZONS[-1])
        if told is not None:
            for days in HORIZONS:
                came = _net(entries, day, days)
                span = told.on(day + days * _DAY)
                naive = _net(entries, _month_before(day), days)
                yield Told(
                    days, abs(span.middle - came), abs(naive - came), span.low <= came <= span.high
                )
        day += _EVERY


def _net(entries: Iterable[Entry], after: date, days: int) -> int:
    until = after + days * _DAY
    return sum(one.minor for one in entries if after < one.day <= until)


def _month_before(day: date) -> date:
    last = day.replace(day=1) - _DAY
    return last.replace(day=min(day.day, last.day))
