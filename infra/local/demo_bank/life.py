"""How a demo life is described: accounts, what recurs, and what happens now and then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fulfillment.bank.books import AccountKind


@dataclass(frozen=True, slots=True)
class AccountPlan:
    """An account; `cushion` (cents) is the least it ever holds, `limit` a card's credit limit."""

    key: str
    kind: AccountKind
    name: str
    last4: str
    cushion: int = 0
    limit: int = 0
    currency: str = "USD"


@dataclass(frozen=True, slots=True)
class CardPlan:
    key: str
    account: str
    kind: str
    product: str
    last4: str


@dataclass(frozen=True, slots=True)
class PayeePlan:
    key: str
    name: str
    nickname: str | None
    bank_name: str
    target: str


# How much of a bill's usual amount falls in each month, January first.
EVEN = (1.0,) * 12
HEATING = (1.5, 1.45, 1.3, 1.05, 0.9, 0.9, 0.95, 0.95, 0.9, 1.0, 1.2, 1.4)
COOLING = (0.85, 0.85, 0.85, 0.9, 1.15, 1.5, 1.7, 1.65, 1.4, 1.0, 0.85, 0.85)


@dataclass(frozen=True, slots=True)
class Recurring:
    """Once a month on `day`, cents; negative is money out. Months count from the first, 0 to 17.

    `raised_to` from month `raised_in` on is a price rise. A late `first` is a subscription that
    began; with `trial` its first month cost that much, as a trial does that turns into a paid one.
    """

    account: str
    day: int
    text: str
    amount: int
    kind: str
    category: str
    merchant: bool = True
    jitter: int = 0
    first: int = 0
    last: int = 17
    raised_in: int | None = None
    raised_to: int = 0
    every: int = 1
    trial: int | None = None
    seasons: tuple[float, ...] = EVEN

    def is_due(self, index: int) -> bool:
        """Whether it falls in the month that is `index` months after the first."""
        return self.first <= index <= self.last and (index - self.first) % self.every == 0

    def amount_in(self, index: int, month: int) -> int:
        """Cents, before jitter; `month` is that of the calendar, 1 to 12."""
        if self.trial is not None and index == self.first:
            return self.trial
        raised = self.raised_in is not None and index >= self.raised_in
        return round((self.raised_to if raised else self.amount) * self.seasons[month - 1])


@dataclass(frozen=True, slots=True)
class Habit:
    """Purchases at `merchants` about `per_month` times a month, between `low` and `high` cents."""

    account: str
    merchants: tuple[str, ...]
    category: str
    per_month: float
    low: int
    high: int
    kind: str = "card"
    weekend: float = 1.0
    """How much likelier on a weekend day; December doubles shopping by itself."""
    at_least: int = 0
    """Visits in every month, however the dice fall."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Between own accounts on `day`: `amount` cents, or what the card owes when `clears_card`."""

    source: str
    destination: str
    day: int
    amount: int = 0
    clears_card: bool = False


@dataclass(frozen=True, slots=True)
class Mishap:
    """Something that happened once, `days_ago`: a refund, a double charge, a fee, a windfall."""

    account: str
    days_ago: int
    text: str
    amount: int
    kind: str
    category: str
    merchant: bool = True
    twice: bool = False


@dataclass(frozen=True, slots=True)
class PayeePayment:
    """`amount` cents to a payee on `day` of every `every`th month from the month `first` on."""

    payee: str
    account: str
    day: int
    amount: int
    category: str
    every: int = 1
    first: int = 0


@dataclass(frozen=True, slots=True)
class Pending:
    """A card authorisation that is not posted yet."""

    account: str
    hours_ago: int
    merchant: str
    amount: int
    category: str


@dataclass(frozen=True, slots=True)
class HeldPayment:
    """A payment to a payee that the bank has not let through yet."""

    account: str
    hours_ago: int
    payee: str
    amount: int


@dataclass(frozen=True, slots=True)
class Life:
    """One demo customer. `phone` is of the numbers that are kept for fiction (555-01xx).

    `returns` are the months in which the dearest purchase went back to the shop. `payday_spree` is
    how much more is spent on treats in the days after money came in: 0 not at all, 1 twice as much.
    """

    customer_id: str
    number: str
    phone: str
    name: str
    short_name: str
    description: str
    time_zone: str
    accounts: tuple[AccountPlan, ...]
    cards: tuple[CardPlan, ...]
    payees: tuple[PayeePlan, ...]
    recurring: tuple[Recurring, ...]
    habits: tuple[Habit, ...]
    standing: tuple[Standing, ...]
    mishaps: tuple[Mishap, ...]
    pending: tuple[Pending, ...]
    payments: tuple[PayeePayment, ...] = ()
    returns: tuple[int, ...] = ()
    payday_spree: float = 0.0
    held: tuple[HeldPayment, ...] = ()
    born: date | None = None
    residence: str = "US"
