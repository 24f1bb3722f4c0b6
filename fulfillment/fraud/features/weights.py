"""How much a day that lies back still counts: sliding windows and decays over day buckets.

A window of W days reaches back exactly so far: of its oldest day it takes the share that is left.
A decay weighs a day by its age in days, with time constants of 1, 7 and 30 days.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import exp
from operator import mul
from typing import Final

from fulfillment.fraud.features.state import EMPTY_DAY, EntityState

TIME_CONSTANTS: Final = (1, 7, 30)

Columns = tuple[tuple[int, ...], ...]
"""Payments, sums, squares, frauds and genuine by age in days, today first."""


def by_age(state: EntityState, today: int, ages: int) -> Columns:
    """The day counters of the last `ages` days."""
    get = state.days.get
    return tuple(zip(*[get(day, EMPTY_DAY) for day in range(today, today - ages, -1)], strict=True))


def window(values: Sequence[float], days: int, left: float) -> float:
    """The sum over the last `days` days; `left` is the share of today that is still to come."""
    return sum(values[:days]) + left * values[days]


def weighed(values: Sequence[float], weights: Sequence[float]) -> float:
    """The sum of values times weights, as far as both go."""
    return sum(map(mul, values, weights), 0.0)


@cache
def decay(days: int, ages: int, flat: int = 0) -> tuple[float, ...]:
    """The weights of `ages` days for a time constant; the first `flat` days count in full."""
    return tuple(exp(-max(0, age - flat) / days) for age in range(ages))
