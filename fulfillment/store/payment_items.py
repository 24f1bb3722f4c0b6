"""How quotes, transfers, day limits and audit entries are laid down as items."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from fulfillment.bank.limits import LimitKey, Limits, Usage
from fulfillment.bank.money import Money
from fulfillment.bank.payments import (
    PaymentKind,
    PaymentOrder,
    Quote,
    Receipt,
    StepUp,
    TransferState,
)
from fulfillment.store import keys
from fulfillment.store.order_items import order_fields, read_exchange, read_order
from fulfillment.store.wire import Record, Scalar, encode

if TYPE_CHECKING:
    from fulfillment.store.wire import Item, MutableItem

QUOTED = "quoted"
CONSUMED = "consumed"
WITHDRAWN = "withdrawn"
STEP_UP = "stepUp"
"""A quote's attribute: `not_needed`, `required`, or, once a right code was given, the digest that
the code was for. A code for other figures is none."""

# TTL only collects garbage: what has expired is decided by conditions, and a payment stays
# recognisable by its transfer item for ever.
_QUOTE_KEPT = timedelta(days=7)
DAY_LIMIT_KEPT = timedelta(days=35)

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def receipt_id(transfer_id: str, prefix: str = "TR") -> str:
    """What the customer is told: `TR-` and 8 Crockford base-32 characters, the same each time."""
    bits = int.from_bytes(hashlib.sha256(transfer_id.encode()).digest()[:5], "big")
    return f"{prefix}-" + "".join(_CROCKFORD[bits >> shift & 31] for shift in range(35, -1, -5))


def quote_item(quote: Quote) -> MutableItem:
    return encode(
        {
            **keys.quote(quote.customer_id, quote.quote_id),
            "st": QUOTED,
            "dg": quote.digest,
            "sid": quote.session_id,
            **order_fields(quote.order),
            "at": keys.exact_instant(quote.created_at),
            "exp": keys.exact_instant(quote.expires_at),
            STEP_UP: quote.digest if quote.step_up is StepUp.DONE else quote.step_up,
            "ttl": int((quote.expires_at + _QUOTE_KEPT).timestamp()),
        }
    )


def read_quote(item: Item) -> Quote:
    record = Record(item)
    customer_id = record.tail("PK")
    warned = record.optional_text("warned")
    return Quote(
        quote_id=record.tail("SK"),
        customer_id=customer_id,
        session_id=record.text("sid"),
        digest=record.text("dg"),
        order=read_order(record, customer_id),
        created_at=keys.moment(record.text("at")),
        expires_at=keys.moment(record.text("exp")),
        step_up=_read_step_up(record),
        warned_at=keys.moment(warned) if warned else None,
    )


def _read_step_up(record: Record) -> StepUp:
    stored = record.optional_text(STEP_UP) or StepUp.NOT_NEEDED
    if stored == record.text("dg"):
        return StepUp.DONE
    return StepUp.NOT_NEEDED if stored == StepUp.NOT_NEEDED else StepUp.REQUIRED


def transfer_item(
    transfer_id: str, order: PaymentOrder, session_id: str, booked_at: datetime, attempt_id: str
) -> MutableItem:
    """The idempotency key of a payment and the record of it, for ever.

    `attempt_id` names the request that wrote it: by it a caller who lost the answer recognises
    whether the money moved through its own request or an earlier one.
    """
    return encode(
        {
            **keys.transfer(transfer_id),
            "st": TransferState.POSTED,
            "cid": order.customer_id,
            "dg": order.digest,
            "sid": session_id,
            **order_fields(order),
            "at": keys.instant(booked_at),
            "attempt": attempt_id,
        }
    )


def read_receipt(item: Item, *, replayed: bool) -> Receipt:
    record = Record(item)
    transfer_id, exchange = record.tail("PK"), read_exchange(record)
    return Receipt(
        receipt_id=receipt_id(transfer_id),
        transfer_id=transfer_id,
        kind=PaymentKind(record.text("kind")),
        amount=Money(record.number("amt"), record.text("ccy")),
        fee=Money(record.number("fee"), record.text("ccy")),
        source_account_id=record.text("src"),
        destination_id=record.text("dst"),
        booked_at=keys.moment(record.text("at")),
        replayed=replayed,
        state=TransferState(record.text("st")),
        arrived=exchange.received if exchange else None,
    )


def spent_attribute(kind: PaymentKind, currency: str) -> str:
    """Where a day's bucket counts the minor units moved."""
    return f"used_{kind}_{currency}"


def count_attribute(kind: PaymentKind, currency: str) -> str:
    """Where a day's bucket counts the payments made."""
    return f"cnt_{kind}_{currency}"


def read_usage(item: Item, day: date, limits: Limits) -> dict[LimitKey, Usage]:
    """What the bucket of `day` has counted, for each limit there is."""
    record = Record(item)
    return {
        (kind, currency): Usage(
            day=day,
            spent=Money(record.number_or_zero(spent_attribute(kind, currency)), currency),
            payments=record.number_or_zero(count_attribute(kind, currency)),
        )
        for kind, currency in limits.ceilings
    }


def audit_item(
    customer_id: str, at: datetime, entry_id: str, what: str, subject: str, **details: Scalar
) -> MutableItem:
    """One line of the customer's append-only record: `what` happened to `subject`, and how."""
    key = keys.audit_entry(customer_id, at, entry_id)
    return encode({**key, "what": what, "subject": subject, **details})
