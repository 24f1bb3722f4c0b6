"""Money of one currency for money of another: a dated rate, and what it makes of a sum.

A result is rounded once, to the minor unit of what is received, half to the even one: over many
exchanges neither side gains by the rounding (ISO 80000-1, annex B, rule A).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from fulfillment.bank.money import Money, exponent


@dataclass(frozen=True, slots=True)
class Rate:
    """How much of `buys` one unit of `sells` is worth, from when on, and by whose word."""

    sells: str
    buys: str
    value: Decimal
    since: datetime
    set_by: str

    def __post_init__(self) -> None:
        if not self.value.is_finite() or self.value <= 0 or self.sells == self.buys:
            raise ValueError("a rate is a positive number between two currencies")


@dataclass(frozen=True, slots=True)
class Exchange:
    """What a payment's amount is turned into: part of what the customer says yes to."""

    received: Money
    rate: Rate

    @property
    def parts(self) -> tuple[str, ...]:
        """What the digest of an order has of it."""
        return (
            str(self.received.minor), self.received.currency, str(self.rate.value),
            self.rate.since.isoformat(),
        )  # fmt: skip


def exchanged(amount: Money, rate: Rate) -> Exchange:
    """`amount` at `rate`. Raises ValueError for another currency than the rate's.

    >>> from datetime import UTC
    >>> rate = Rate("USD", "EUR", Decimal("0.5"), datetime(2026, 1, 1, tzinfo=UTC), "treasury")
    >>> exchanged(Money(5, "USD"), rate).received, exchanged(Money(7, "USD"), rate).received
    (Money(minor=2, currency='EUR'), Money(minor=4, currency='EUR'))
    """
    if amount.currency != rate.sells:
        raise ValueError(f"a rate for {rate.sells} is none for {amount.currency}")
    scale = Fraction(10) ** (exponent(rate.buys) - exponent(rate.sells))
    # Python rounds a fraction half to even; as a Decimal it would be rounded twice.
    minor = round(amount.minor * Fraction(rate.value) * scale)
    return Exchange(Money(minor, rate.buys), rate)
