"""How a demo life is described: accounts, what recurs, and what happens now and then."""

from __future__ import annotations

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Recurring:
    """Once a month on `day`, cents; negative is money out. Months count from the first, 0 to 17.

    `raised_to` from month `raised_in` on is a price rise; a late `first` is a subscription that began,
    as a free trial does when it turns into a paid one.
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


@dataclass(frozen=True, slots=True)
class Pending:
    """A card authorisation that is not posted yet."""

    account: str
    hours_ago: int
    merchant: str
    amount: int
    category: str


@dataclass(frozen=True, slots=True)
class Life:
    """One demo customer."""

    customer_id: str
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
