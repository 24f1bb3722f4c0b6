"""What the bank keeps: customers, accounts, cards, payees, postings and holds, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from fulfillment.bank.money import Money
from fulfillment.bank.payments import PaymentOrder


class AccountKind(StrEnum):
    CHECKING = "checking"
    SAVINGS = "savings"
    CREDIT_CARD = "credit_card"
    LOAN = "loan"


class AccountStatus(StrEnum):
    ACTIVE = "active"
    FROZEN = "frozen"
    CLOSED = "closed"


class CardStatus(StrEnum):
    """`ordered`: made and sent, not yet activated by its holder. `blocked` is for good."""

    ORDERED = "ordered"
    ACTIVE = "active"
    FROZEN = "frozen"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class Customer:
    """A person or business. `locale` is a Lex locale id, `time_zone` an IANA name.

    `news` counts what the bank still has to tell them. `messages` is the number of the last message
    of the bank's own, `heard` the last one they heard. `speaks_with` names the case whose analyst
    has taken the conversation over. `tips`: agreed to personal offers and tips. `born` and
    `residence` (an ISO 3166 country) are for limits of law and bank alone; None and empty when
    they are not known.
    """

    customer_id: str
    name: str
    short_name: str
    locale: str
    time_zone: str
    news: int = 0
    messages: int = 0
    heard: int = 0
    speaks_with: str | None = None
    tips: bool = False
    born: date | None = field(default=None, repr=False)
    residence: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """A customer's account and its stored figures.

    `posted` is the ledger balance, `held` the sum of open holds, `available` what may be spent:
    `posted - held`, plus `credit_limit` on a credit card (where `posted` is negative when owed).
    `number` is the whole account number or IBAN: told only after a step-up, and empty for a card.
    """

    customer_id: str
    account_id: str
    kind: AccountKind
    name: str
    last4: str
    status: AccountStatus
    posted: Money
    held: Money
    available: Money
    credit_limit: Money
    version: int
    number: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Card:
    """A payment card on an account; `product` reads "Visa debit", `kind` is debit or credit.

    The limits are its holder's own: what may be spent with it in a calendar day and month.
    """

    customer_id: str
    card_id: str
    account_id: str
    kind: str
    product: str
    last4: str
    status: CardStatus
    daily_limit: Money | None = None
    monthly_limit: Money | None = None


@dataclass(frozen=True, slots=True)
class Payee:
    """Somebody the customer pays; `target`, the receiving account, is never shown whole.

    `new_until` ends the first hours of one that was added in a conversation; `paid` is what has
    been sent or held for it in all, by currency. `bank_name` is empty when nobody said it.
    """

    customer_id: str
    payee_id: str
    name: str
    nickname: str | None
    bank_name: str
    target: str
    active: bool
    new_until: datetime | None = None
    paid: tuple[Money, ...] = ()

    def paid_in(self, currency: str) -> Money:
        """What has been sent or held for it in `currency`."""
        nothing = Money.zero(currency)
        return next((sum_ for sum_ in self.paid if sum_.currency == currency), nothing)


@dataclass(frozen=True, slots=True)
class Posting:
    """One booked line on a customer's account: immutable; `amount` is negative for money out.

    `kind` is one of card, transfer, payment, salary, direct_debit, refund, fee, interest, cash,
    opening.
    `merchant` and `category` are set for purchases. `booked_at` is aware, UTC.
    """

    customer_id: str
    account_id: str
    posting_id: str
    transfer_id: str
    booked_at: datetime
    amount: Money
    kind: str
    description: str
    merchant: str | None = None
    category: str | None = None
    counterparty: str | None = None


@dataclass(frozen=True, slots=True)
class Hold:
    """Money authorised, not yet posted: lowers `available`, not `posted`; `amount` is positive.

    A merchant's authorisation names the `card_id` it was made with; a payment of the customer's
    own, held back, has its `order`, whose total is the amount. `placed_at` is to the second, UTC.
    `counted_on` is the customer's day on which a card's spending counts it, if it does.
    """

    customer_id: str
    account_id: str
    hold_id: str
    placed_at: datetime
    expires_at: datetime
    amount: Money
    description: str
    merchant: str | None = None
    category: str | None = None
    card_id: str | None = None
    order: PaymentOrder | None = None
    counted_on: date | None = None
