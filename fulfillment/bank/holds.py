"""Holds: money authorised and then posted, in full or in part, or released, at most once."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from fulfillment.bank.books import Hold
from fulfillment.bank.money import Money
from fulfillment.bank.payments import PaymentOrder, TransferState

CARD_HOLD_LIFE = timedelta(days=7)
"""How long a merchant may wait before it asks for what was authorised."""
PAYMENT_HOLD_LIFE = timedelta(days=3)
"""How long a payment may wait to be let through."""


class HoldRefusal(StrEnum):
    """Why a hold was not placed, or not settled as asked."""

    NOT_POSITIVE = "not_positive"
    ALREADY_EXPIRED = "already_expired"
    UNKNOWN_ACCOUNT = "unknown_account"
    ACCOUNT_NOT_ACTIVE = "account_not_active"
    CURRENCY_MISMATCH = "currency_mismatch"
    INSUFFICIENT_FUNDS = "insufficient_funds"
    CARD_NOT_ACTIVE = "card_not_active"
    CHANGED = "changed"
    """The id was used before, for other figures."""
    UNKNOWN = "unknown"
    SETTLED = "settled"
    """It came to another end before; `HoldRefused.state` says which."""
    EXPIRED = "expired"
    MORE_THAN_HELD = "more_than_held"
    DESTINATION_NOT_ACTIVE = "destination_not_active"
    NOT_CONFIRMED = "not_confirmed"
    """The customer has not said yes to this, or too long ago."""


@dataclass(frozen=True, slots=True)
class HoldRefused:
    """`available` is what there was instead, `state` the end that the hold had come to."""

    reason: HoldRefusal
    available: Money | None = None
    state: TransferState | None = None


@dataclass(frozen=True, slots=True)
class Authorisation:
    """The record of a hold, for ever: what was held and what has become of it.

    `posted` is what was taken in the end, less than was held when it was posted in part; None while
    it is pending and when it was given back.
    """

    hold: Hold
    state: TransferState
    posted: Money | None = None
    settled_at: datetime | None = None
    replayed: bool = False
    """True when it had been so before and nothing changed this time."""

    @property
    def rest(self) -> Money:
        """What went back to the customer out of the hold."""
        if self.state is TransferState.PENDING:
            return Money.zero(self.hold.amount.currency)
        return self.hold.amount - self.posted if self.posted else self.hold.amount


def digest(hold: Hold) -> str:
    """What the hold is for, as one SHA-256; its dates are no part of it."""
    if hold.order is not None:
        return hold.order.digest
    parts = (
        "card", hold.customer_id, hold.account_id, hold.card_id or "",
        str(hold.amount.minor), hold.amount.currency, hold.merchant or "",
    )  # fmt: skip
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def hold_of(order: PaymentOrder, hold_id: str, placed_at: datetime, expires_at: datetime) -> Hold:
    """The hold of a payment that is not let through at once."""
    name = order.destination_name
    return Hold(
        customer_id=order.customer_id,
        account_id=order.source_account_id,
        hold_id=hold_id,
        placed_at=placed_at,
        expires_at=expires_at,
        amount=order.total,
        description=f"Payment to {name}" if name else "Payment",
        order=order,
    )


def malformed(hold: Hold, now: datetime) -> HoldRefusal | None:
    """What is wrong with a hold whatever the books say, or None."""
    if not hold.amount.is_positive:
        return HoldRefusal.NOT_POSITIVE
    if hold.expires_at <= now:
        return HoldRefusal.ALREADY_EXPIRED
    return None


def may_post(known: Authorisation, taken: Money) -> HoldRefused | None:
    """Why `taken` (without a payment's fee) cannot be posted out of a pending hold, or None.

    Whether there is still time for it is decided where it is posted.
    """
    whole = most_that_can_be_posted(known.hold)
    if taken.currency != whole.currency:
        return HoldRefused(HoldRefusal.CURRENCY_MISMATCH)
    if not taken.is_positive:
        return HoldRefused(HoldRefusal.NOT_POSITIVE)
    if taken > whole:
        return HoldRefused(HoldRefusal.MORE_THAN_HELD, available=whole)
    return None


def most_that_can_be_posted(hold: Hold) -> Money:
    """The amount of a payment, whose fee comes on top; all that is held of a card."""
    return hold.order.amount if hold.order is not None else hold.amount


def ended(
    known: Authorisation, wanted: TransferState, taken: Money | None = None
) -> HoldRefused | (Authorisation):
    """The answer to asking for an end that the hold has come to already, or for another one."""
    same = known.state is wanted and (taken is None or _taken(known) == taken)
    if same:
        return replace(known, replayed=True)
    return HoldRefused(HoldRefusal.SETTLED, state=known.state)


def _taken(known: Authorisation) -> Money | None:
    order = known.hold.order
    if order is None or known.posted is None:
        return known.posted
    return known.posted - order.fee
