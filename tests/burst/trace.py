"""What comes in the minute in which salaries are paid: twenty times the ordinary, in bursts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random

from fulfillment.feed.transaction import AccountCredit, Amount
from infra.local.load.customers import CHECKING, CURRENCY, SAVINGS, customer_id

MORNING = datetime(2026, 11, 30, 6, 0, tzinfo=UTC)
TIMES_THE_ORDINARY = 20
_ONE_EMPLOYER, _PAYS_AT_ONCE = 0.3, 0.1
_EMPLOYERS = 40


@dataclass(frozen=True, slots=True)
class Pay:
    """Wages that come by the feed at a second of the day."""

    at: float
    sent: AccountCredit


@dataclass(frozen=True, slots=True)
class OwnPayment:
    """A customer who saw the wages come puts some of them away, by a yes in the chat."""

    at: float
    customer_id: str
    number: int
    minor: int
    source: str = CHECKING
    destination: str = SAVINGS


def salary_minute(
    rng: Random, ordinary_per_s: float, seconds: float, customers: int
) -> Iterator[Pay | OwnPayment]:
    """In the order in which they come. A third of the wages are of one employer, whose file comes
    in one piece: its wages come within a tenth of the time."""
    count = int(ordinary_per_s * TIMES_THE_ORDINARY * seconds)
    arrivals: list[Pay | OwnPayment] = []
    for number in range(count):
        is_of_the_one = rng.random() < _ONE_EMPLOYER
        at = rng.uniform(0, seconds / 10 if is_of_the_one else seconds)
        employer = "Initech" if is_of_the_one else f"Employer {rng.randrange(_EMPLOYERS)}"
        customer = customer_id(number % customers)
        minor = rng.randint(90_000, 600_000)
        arrivals.append(Pay(at, _wages(number, customer, employer, minor)))
        if rng.random() < _PAYS_AT_ONCE:
            later = at + rng.expovariate(1 / 0.05)
            arrivals.append(OwnPayment(later, customer, number, rng.randint(100, 5_000)))
    return iter(sorted(arrivals, key=lambda one: one.at))


def _wages(number: int, customer: str, employer: str, minor: int) -> AccountCredit:
    return AccountCredit(
        kind="account_credit",
        id=f"wages-{number}",
        at=MORNING,
        customer=customer,
        amount=Amount(minor=minor, currency=CURRENCY),
        account=CHECKING,
        payer=employer,
        purpose="salary",
    )
