"""What many payers try at once: payments from few accounts, some more than there is, some again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from fulfillment.bank.books import Account, AccountKind
from fulfillment.bank.money import Money
from fulfillment.bank.payments import PaymentOrder
from tests.unit.bank.values import account, between, to_anna

OPENING = {"checking": "300.00", "savings": "300.00", "spare": "0.00"}
AGAIN = 0.25
"""The share of attempts that send another payer's quote once more."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One yes to a quote that was shown."""

    quote_id: str
    order: PaymentOrder


def opening_accounts() -> list[Account]:
    """The few accounts that everybody pays from and to."""
    return [
        account(
            name, amount, kind=AccountKind.SAVINGS if name == "savings" else AccountKind.CHECKING
        )
        for name, amount in OPENING.items()
    ]


def attempts(rng: Random, workers: int, each: int, largest: int = 12_000) -> list[list[Attempt]]:
    """For each worker its attempts in turn; amounts are from a cent to `largest` cents."""
    fresh = [
        [Attempt(f"q-{worker}-{number}", _order(rng, largest)) for number in range(each)]
        for worker in range(workers)
    ]
    everyone = [attempt for own in fresh for attempt in own]
    return [
        [rng.choice(everyone) if rng.random() < AGAIN else attempt for attempt in own]
        for own in fresh
    ]


def distinct(plan: Sequence[Sequence[Attempt]]) -> list[Attempt]:
    """Every attempt once, however many send it."""
    return list({one.quote_id: one for own in plan for one in own}.values())


def _order(rng: Random, largest: int) -> PaymentOrder:
    source, destination = rng.sample(sorted(OPENING), 2)
    # Little leaves the three accounts, so that there is money to move to the end.
    if rng.random() < 0.05:
        amount = str(Money(rng.randint(1, 10), "USD").amount)
        return to_anna(amount, fee=rng.choice(["0", "0.01"]), source=source)
    return between(source, destination, str(Money(rng.randint(1, largest), "USD").amount))
