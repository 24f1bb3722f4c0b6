"""A payment from its quote to its receipt, and every way in which the bank may refuse it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from fulfillment.bank.exchange import Exchange, Rate, exchanged
from fulfillment.bank.money import Money


class PaymentKind(StrEnum):
    OWN_TRANSFER = "own_transfer"
    TO_PAYEE = "to_payee"


class TransferState(StrEnum):
    """Where a movement stands. `pending` is money held; every other state is final.

    `released` was given back before it moved, `expired` was given back because nobody asked for it.
    """

    PENDING = "pending"
    POSTED = "posted"
    RELEASED = "released"
    EXPIRED = "expired"


class StepUp(StrEnum):
    """Whether a quote needs a one-time code besides a yes, and whether a right one was given."""

    NOT_NEEDED = "not_needed"
    REQUIRED = "required"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class PaymentOrder:
    """What the customer asks for, fully resolved.

    `destination_id` is the customer's own account id (own transfer) or a payee id;
    `destination_ref` is what the money really goes to (an account id or the payee's target), so
    that a payee edited after the quote no longer matches it. The two names are what the booked
    lines read like ("Transfer to Savings"); they decide nothing and are not part of the digest.
    With an `exchange` what arrives is of another currency; the fee is of the amount's.
    """

    kind: PaymentKind
    customer_id: str
    source_account_id: str
    destination_id: str
    destination_ref: str
    amount: Money
    fee: Money
    source_name: str = ""
    destination_name: str = ""
    exchange: Exchange | None = None

    @property
    def arrives(self) -> Money:
        """What the other side gets."""
        return self.amount if self.exchange is None else self.exchange.received

    def of(self, amount: Money) -> PaymentOrder:
        """The same order of another amount, exchanged at the same rate."""
        other = replace(self, amount=amount)
        return other if self.exchange is None else other.exchange_at(self.exchange.rate)

    def exchange_at(self, rate: Rate) -> PaymentOrder:
        """The same order, its amount exchanged at `rate`."""
        return replace(self, exchange=exchanged(self.amount, rate))

    @property
    def total(self) -> Money:
        """What leaves the source account: the amount and its fee."""
        return self.amount + self.fee

    @property
    def digest(self) -> str:
        """What the customer confirms, as one SHA-256: another figure or party, another digest."""
        parts = (
            self.kind, self.customer_id, self.source_account_id, self.destination_id,
            self.destination_ref, str(self.amount.minor), self.amount.currency,
            str(self.fee.minor), self.fee.currency,
            *(self.exchange.parts if self.exchange else ()),
        )  # fmt: skip
        # As JSON, so that no character inside one part can pass for the border of two.
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Quote:
    """The figures shown for a "yes", stored: money moves only on a live quote with an equal digest.

    Its id becomes the transfer id, so it exists before anything moves and makes a retry harmless.
    `warned_at`: when the customer was warned of a scam, and asked for a second yes to them.
    """

    quote_id: str
    customer_id: str
    session_id: str
    digest: str
    order: PaymentOrder
    created_at: datetime
    expires_at: datetime
    step_up: StepUp = StepUp.NOT_NEEDED
    warned_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """A movement that exists in the ledger, or is held for it (`state` is `pending`).

    `receipt_id` is what the customer is told.
    """

    receipt_id: str
    transfer_id: str
    kind: PaymentKind
    amount: Money
    fee: Money
    source_account_id: str
    destination_id: str
    booked_at: datetime
    replayed: bool = False
    """True when the same quote had been paid before and nothing moved this time."""
    state: TransferState = TransferState.POSTED
    arrived: Money | None = None
    """What the other side got, where it is of another currency."""


class Refusal(StrEnum):
    """Why no money moved: a business answer, not a fault."""

    INSUFFICIENT_FUNDS = "insufficient_funds"
    ACCOUNT_NOT_ACTIVE = "account_not_active"
    SAME_ACCOUNT = "same_account"
    UNKNOWN_ACCOUNT = "unknown_account"
    UNKNOWN_PAYEE = "unknown_payee"
    AMOUNT_NOT_POSITIVE = "amount_not_positive"
    CURRENCY_MISMATCH = "currency_mismatch"
    NOT_A_PAYMENT_ACCOUNT = "not_a_payment_account"
    OVER_LIMIT = "over_limit"
    NEW_PAYEE_LIMIT = "new_payee_limit"
    """More than a payee may get in the first hours after being added."""
    STEP_UP_REQUIRED = "step_up_required"
    """A yes is not enough for this sum: a one-time code for this very quote is missing."""
    SUSPECTED_FRAUD = "suspected_fraud"
    """A scheduled payment that the fraud policy blocks; in a chat it never comes this far."""
    QUOTE_EXPIRED = "quote_expired"
    QUOTE_CHANGED = "quote_changed"
    QUOTE_UNKNOWN = "quote_unknown"


@dataclass(frozen=True, slots=True)
class Refused:
    """`reason`, and the figure that fell short: what may be spent, or what a limit still allows."""

    reason: Refusal
    available: Money | None = None
    allowed: Money | None = None


@dataclass(frozen=True, slots=True)
class Unknown:
    """The write may or may not have happened (a timeout): look it up, never call it failed."""

    transfer_id: str


@dataclass(frozen=True, slots=True)
class NotMade:
    """Nothing moved on this quote, and nothing ever will: it is out of force."""

    transfer_id: str


Outcome = Receipt | Refused | Unknown
