"""What is usual for a customer, as an analyst takes it in at a glance. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fulfillment.bank.money import Money

_BARS = "▁▂▃▄▅▆▇█"


@dataclass(frozen=True, slots=True)
class UsualPattern:
    """What was spent in each of the last months, oldest first, and to this payee ever.

    `to_payee` counts the payments that were made to the same payee, `paid_payee` is their sum.
    """

    months: tuple[Money, ...] = ()
    to_payee: int = 0
    paid_payee: Money | None = None
    earlier_cases: int = 0
    earlier_frauds: int = 0

    @property
    def typical(self) -> Money | None:
        """The middle month."""
        if not self.months:
            return None
        return sorted(self.months, key=lambda one: one.minor)[len(self.months) // 2]

    def times_typical(self, amount: Money) -> float | None:
        """How many typical months `amount` is; None without anything to compare with."""
        typical = self.typical
        comparable = typical and typical.minor > 0 and typical.currency == amount.currency
        return amount.minor / typical.minor if typical and comparable else None


def sparkline(values: Sequence[int]) -> str:
    """The values as eight heights of a bar; nothing is the lowest."""
    top = max(values, default=0)
    if top <= 0:
        return _BARS[0] * len(values)
    return "".join(_BARS[round(max(value, 0) / top * (len(_BARS) - 1))] for value in values)


def gauge(score: float, cells: int = 10) -> str:
    """A score from 0 to 1 as a bar."""
    full = round(min(max(score, 0.0), 1.0) * cells)
    return "█" * full + "░" * (cells - full)
