"""A customer's order as the facts that fraud features see."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from fulfillment.bank.payments import PaymentOrder
from fulfillment.fraud.facts import PaymentFacts
from fulfillment.fraud.scam_stories import Story

TRANSFER = "transfer"
"""The category of a payment to a payee: what is bought is not known."""


def facts_of(
    order: PaymentOrder, payment_id: str, now: datetime, zone: str, story: Story | None = None
) -> PaymentFacts:
    """The facts of `order` at `now`, with the `story` that the customer told of it. The
    counterparty is the account behind the payee, which other customers may know by another name.
    The payee's name stands for a memo: people are told to save a thief's account under words such
    as "safe account".

    Amounts are in the order's own currency: the bank's books are in one.
    """
    offset = now.astimezone(ZoneInfo(zone)).utcoffset()
    return PaymentFacts(
        payment_id=payment_id,
        at=int(now.timestamp()),
        customer=order.customer_id,
        counterparty=order.destination_ref,
        minor=order.total.minor,
        category=TRANSFER,
        payee=order.destination_id,
        memo=order.destination_name,
        offset_s=int(offset.total_seconds()) if offset else 0,
        story=story,
    )
