"""Payments that have not gone out: what a customer may still call back.

A held payment is one of them. Whatever else waits (a payment for a later day) joins the list as a
`PendingPayment` of its own kind, and whoever made it knows how to stop it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from fulfillment.bank.books import Hold
from fulfillment.bank.money import Money
from fulfillment.bank.naming import match_name


class PendingKind(StrEnum):
    HELD = "held"


@dataclass(frozen=True, slots=True)
class PendingPayment:
    """`payment_id` is the hold's; `name` is who would get the money."""

    kind: PendingKind
    payment_id: str
    name: str
    amount: Money
    account_id: str
    made_at: datetime


def held_payments(holds: Sequence[Hold]) -> list[PendingPayment]:
    """The customer's own payments among what is held; a merchant's hold is its own to end."""
    held = [
        PendingPayment(
            kind=PendingKind.HELD,
            payment_id=hold.hold_id,
            name=hold.order.destination_name,
            amount=hold.amount,
            account_id=hold.account_id,
            made_at=hold.placed_at,
        )
        for hold in holds
        if hold.order is not None
    ]
    return sorted(held, key=lambda one: (one.made_at, one.payment_id), reverse=True)


def meant(
    pending: Sequence[PendingPayment], name: str | None, amount: Money | None
) -> list[PendingPayment]:
    """Those that fit what was said: all of them when nothing was."""
    found = [one for one in pending if amount is None or one.amount == amount]
    if name is None:
        return found
    named = match_name(name, sorted({one.name for one in found})).found
    return [one for one in found if one.name in named]
