"""How often something happens, read from the days on which it did, and when it will happen next.

Bills and pay fall due on a day of the month and are booked on a business day near it, so a day may
lie a little beside its due date. A subscription may also miss a time without losing its rhythm.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from fulfillment.bank.period_points import months_later

_BESIDE = 3
"""The most days between a due date and its booking: a weekend and a holiday."""
_WEEKS = (7, 14)
_CLOSEST = 6
"""Days from one time to the next, on average, below which it is a habit."""
_MONTHS = (1, 2, 3, 6, 12)
_MOST_MISSED = 2
_REGULAR = 0.75
_SATURDAY = 5
_LEAST_FOR_WEEKS = 4


class Shift(StrEnum):
    """Where a due date on a weekend is booked."""

    NONE = "none"
    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Every so many days, or every so many months on `on`: days of the month, one or two.

    Exactly one of `days` and `months` is positive.
    """

    days: int = 0
    months: int = 0
    on: tuple[int, ...] = ()
    shift: Shift = Shift.NONE

    @property
    def length(self) -> float:
        """About how many days pass from one time to the next."""
        return float(self.days) if self.days else self.months * 30.44 / len(self.on)

    @property
    def per_year(self) -> int:
        """How many times in a year."""
        return 364 // self.days if self.days else 12 * len(self.on) // self.months

    def due(self, day: date) -> date:
        """The due date that a booking on `day` is for."""
        if self.days:
            return day
        return min(self._dues(day), key=lambda due: (abs((due - day).days), due < day))

    def following(self, due: date) -> date:
        """The due date after `due`, which is one."""
        if self.days:
            return due + timedelta(days=self.days)
        if len(self.on) == 1:
            return _on(months_later(due.replace(day=1), self.months), self.on[0])
        return min(one for one in self._dues(due) if one > due)

    def booked(self, due: date) -> date:
        """The day on which what is due on `due` is booked."""
        weekend = max(0, due.weekday() - _SATURDAY + 1)
        if not weekend or self.shift is Shift.NONE:
            return due
        return due + timedelta(days=-weekend if self.shift is Shift.BEFORE else 3 - weekend)

    def to_come(self, last: date, until: date) -> Iterator[date]:
        """The days of its bookings after one on `last`, up to and with `until`."""
        due = self.following(self.due(last))
        while self.booked(due) <= until:
            yield self.booked(due)
            due = self.following(due)

    def _dues(self, day: date) -> list[date]:
        first = day.replace(day=1)
        return [_on(months_later(first, by), one) for by in (-1, 0, 1) for one in self.on]


def rhythm_of(days: Sequence[date]) -> Rhythm | None:
    """The rhythm of these days (two or more, in any order), or None when there is none to see."""
    seen = sorted(set(days))
    if len(seen) < 2 or (seen[-1] - seen[0]).days < _CLOSEST * (len(seen) - 1):
        return None
    return _in_weeks(seen) or _in_months(seen) or _twice_a_month(seen)


def _in_weeks(days: Sequence[date]) -> Rhythm | None:
    gaps = [(later - day).days for day, later in pairwise(days)]
    if len(days) < _LEAST_FOR_WEEKS:
        return None
    for length in _WEEKS:
        regular = sum(abs(gap - length) <= 1 for gap in gaps)
        times = [round(gap / length) for gap in gaps]
        beside = (abs(gap - n * length) for gap, n in zip(gaps, times, strict=True))
        if regular >= _REGULAR * len(gaps) and max(beside) <= 2 and max(times) <= 1 + _MOST_MISSED:
            return Rhythm(days=length)
    return None


def _in_months(days: Sequence[date]) -> Rhythm | None:
    """The day of the month that lies nearest to all; of equal ones the latest, since what is due on
    a weekend is mostly booked before it."""
    anchors = sorted({day.day for day in days}, reverse=True)
    best = min(anchors, key=lambda anchor: sum(abs(by) for by in _beside(days, (anchor,))))
    beside = _beside(days, (best,))
    if sum(abs(by) > _BESIDE for by in beside) > len(days) // 8:
        return None
    once = Rhythm(months=1, on=(best,))
    months = [due.year * 12 + due.month for due in map(once.due, days)]
    steps = [later - month for month, later in pairwise(months)]
    every, times = Counter(steps).most_common(1)[0]
    if every not in _MONTHS or times < _REGULAR * len(steps):
        return None
    if any(step % every or step > (1 + _MOST_MISSED) * every for step in steps):
        return None
    return Rhythm(months=every, on=(best,), shift=_shift(days, once))


def _twice_a_month(days: Sequence[date]) -> Rhythm | None:
    if len(days) < _LEAST_FOR_WEEKS:
        return None
    common = [day for day, _ in Counter(day.day for day in days).most_common(6)]
    pairs = [(a, b) for a in common for b in common if 10 <= b - a <= 20]
    if not pairs:
        return None
    best = min(pairs, key=lambda pair: sum(abs(by) for by in _beside(days, pair)))
    found = Rhythm(months=1, on=best)
    if max(abs(by) for by in _beside(days, best)) > _BESIDE:
        return None
    dues = [found.due(day) for day in days]
    in_turn = sum(found.following(due) == later for due, later in pairwise(dues))
    if len(set(dues)) < len(dues) or in_turn < _REGULAR * (len(dues) - 1):
        return None
    return Rhythm(months=1, on=best, shift=_shift(days, found))


def _beside(days: Sequence[date], on: tuple[int, ...]) -> list[int]:
    rhythm = Rhythm(months=1, on=on)
    return [(day - rhythm.due(day)).days for day in days]


def _shift(days: Sequence[date], rhythm: Rhythm) -> Shift:
    """What became of the due dates that were on a weekend."""
    moved = [(day - due).days for day in days if (due := rhythm.due(day)).weekday() >= _SATURDAY]
    if not moved or any(day.weekday() >= _SATURDAY for day in days):
        return Shift.NONE
    return Shift.BEFORE if sum(moved) < 0 else Shift.AFTER


def _on(month: date, day: int) -> date:
    """`day` of `month`, or its last day when it is shorter."""
    return min(month + timedelta(days=day - 1), months_later(month, 1) - timedelta(days=1))
