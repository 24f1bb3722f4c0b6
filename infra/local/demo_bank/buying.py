"""One purchase out of a habit: where, when and for how much."""

from __future__ import annotations

from datetime import date
from random import Random

from infra.local.demo_bank.calendar import at
from infra.local.demo_bank.life import Habit
from infra.local.demo_bank.lines import Lines


def buy(lines: Lines, habit: Habit, day: date, rng: Random) -> None:
    """Books a purchase of `habit` on `day`."""
    merchant = rng.choice(habit.merchants)
    amount = -_price(habit.low, habit.high, rng)
    when = at(day, rng, lines.zone)
    lines.book(habit.account, when, merchant, amount, habit.kind, habit.category)


def _price(low: int, high: int, rng: Random) -> int:
    """Small prices are commoner than large ones; most end in 9."""
    cents = int(rng.triangular(low, high, low + (high - low) * 0.3))
    return cents if rng.random() < 0.4 else cents // 10 * 10 + 9
