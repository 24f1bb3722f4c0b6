"""How much a customer may move in one payment and in one UTC day, per kind and currency."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from fulfillment.bank.money import Money
from fulfillment.bank.payments import PaymentKind

LimitKey = tuple[PaymentKind, str]
"""What a limit is kept for: the kind of payment and its ISO 4217 currency."""

# Largest payment to a payee, in major units. A day holds two and a half of them, and transfers
# between a customer's own accounts, which do not leave the bank, may be ten times as large.
_LARGEST_PAYMENT = {
    "USD": 10_000, "EUR": 10_000, "GBP": 10_000, "CHF": 10_000,
    "CAD": 15_000, "AUD": 15_000, "MXN": 200_000, "JPY": 1_500_000,
}  # fmt: skip
_OWN_TRANSFER_FACTOR = 10
_PAYMENTS_PER_DAY = 50


@dataclass(frozen=True, slots=True)
class Limit:
    """The ceiling of one payment, of a day's sum, and of a day's number of payments."""

    per_payment: Money
    per_day: Money
    payments_per_day: int


@dataclass(frozen=True, slots=True)
class Usage:
    """What one customer has already moved on `day`."""

    day: date
    spent: Money
    payments: int


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits in force and, when it has been read, what is used of them.

    A kind and currency without a limit is one this bank does not pay in: nothing is allowed.
    """

    ceilings: Mapping[LimitKey, Limit]
    used: Mapping[LimitKey, Usage] = field(default_factory=dict)

    def ceiling(self, kind: PaymentKind, currency: str) -> Limit:
        """The limit for this kind and currency; zero when there is none."""
        nothing = Limit(Money.zero(currency), Money.zero(currency), 0)
        return self.ceilings.get((kind, currency), nothing)

    def allowed(self, kind: PaymentKind, currency: str, now: datetime) -> Money:
        """The largest single payment that today's limits still allow; never negative."""
        limit = self.ceiling(kind, currency)
        usage = self.used.get((kind, currency))
        if usage is None or usage.day != now.astimezone(UTC).date():
            return min(limit.per_payment, limit.per_day)
        if usage.payments >= limit.payments_per_day:
            return Money.zero(currency)
        left = max(limit.per_day - usage.spent, Money.zero(currency))
        return min(limit.per_payment, left)


def standard_limits() -> Limits:
    """The limits every customer starts with, in each currency the bank pays in."""
    ceilings: dict[LimitKey, Limit] = {}
    for currency, largest in _LARGEST_PAYMENT.items():
        for kind in PaymentKind:
            factor = _OWN_TRANSFER_FACTOR if kind is PaymentKind.OWN_TRANSFER else 1
            ceilings[kind, currency] = Limit(
                per_payment=Money.of(str(largest * factor), currency),
                per_day=Money.of(str(largest * factor * 5 // 2), currency),
                payments_per_day=_PAYMENTS_PER_DAY,
            )
    return Limits(ceilings)
