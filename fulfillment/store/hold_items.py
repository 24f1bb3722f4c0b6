"""How a hold is laid down twice: on its account while it is open, and for ever as its record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from fulfillment.bank.books import Hold
from fulfillment.bank.holds import Authorisation, digest
from fulfillment.bank.money import Money
from fulfillment.bank.payments import PaymentKind, TransferState
from fulfillment.store import keys
from fulfillment.store.order_items import order_fields, read_order
from fulfillment.store.wire import Record, Scalar, encode

if TYPE_CHECKING:
    from fulfillment.store.wire import Item, MutableItem

PENDING_HOLDS = "PENDING"
"""The queues of the index in which an open hold waits for its expiry."""
CARD = "card"
"""The kind of record that a merchant's authorisation has, beside the kinds of payments."""


def hold_key(hold: Hold) -> keys.Key:
    return keys.hold(hold.customer_id, hold.account_id, hold.placed_at, hold.hold_id)


def hold_item(hold: Hold) -> MutableItem:
    """What shows as pending. It is there as long as the hold is open, and so is its index entry."""
    return encode(
        {
            **hold_key(hold),
            **_fields(hold),
            "amt": hold.amount.minor,
            "G1PK": keys.due(PENDING_HOLDS, keys.queue_of(hold.hold_id)),
            "G1SK": keys.exact_instant(hold.expires_at),
        }
    )


def read_hold(item: Item) -> Hold:
    record = Record(item)
    _, customer_id, _, account_id = record.text("PK").split("#")
    _, placed_at, hold_id = record.text("SK").split("#")
    hold = _read(record, customer_id, account_id, hold_id, placed_at)
    if hold.order is None:
        return hold
    # Here the amount is all that is held, a payment's fee with it.
    return replace(hold, order=replace(hold.order, amount=hold.order.amount - hold.order.fee))


def authorisation_item(hold: Hold, session_id: str, attempt_id: str) -> MutableItem:
    """The idempotency key of a hold and the record of it, for ever: a transfer not yet posted.

    `attempt_id` names the request that wrote it, as it does in a payment's own record.
    """
    order = hold.order
    return encode(
        {
            **keys.transfer(hold.hold_id),
            "st": TransferState.PENDING,
            "kind": CARD,
            "src": hold.account_id,
            "amt": order.amount.minor if order else hold.amount.minor,
            "fee": 0,
            **_fields(hold),
            "cid": hold.customer_id,
            "dg": digest(hold),
            "sid": session_id or None,
            "at": keys.instant(hold.placed_at),
            "attempt": attempt_id,
        }
    )


def read_authorisation(item: Item, *, replayed: bool = False) -> Authorisation | None:
    """The record of a hold, or None when the transfer never was one."""
    record = Record(item)
    if record.optional_text("exp") is None:
        return None
    hold = _read(
        record,
        record.text("cid"),
        record.text("src"),
        record.tail("PK"),
        record.text("at"),
    )
    if hold.order is not None:
        hold = replace(hold, amount=hold.order.total)
    settled = record.optional_text("settled")
    state = TransferState(record.text("st"))
    taken = Money(record.number("paid"), hold.amount.currency) if _is_posted(state) else None
    return Authorisation(
        hold=hold,
        state=state,
        posted=taken,
        settled_at=keys.moment(settled) if settled else None,
        replayed=replayed,
    )


def _is_posted(state: TransferState) -> bool:
    return state is TransferState.POSTED


def _fields(hold: Hold) -> dict[str, Scalar]:
    return {
        **(order_fields(hold.order) if hold.order else {}),
        "exp": keys.exact_instant(hold.expires_at),
        "ccy": hold.amount.currency,
        "text": hold.description,
        "merchant": hold.merchant,
        "category": hold.category,
        "card": hold.card_id,
        "counted": hold.counted_on.isoformat() if hold.counted_on else None,
    }


def _read(record: Record, customer_id: str, account_id: str, hold_id: str, placed_at: str) -> Hold:
    counted = record.optional_text("counted")
    is_payment = (record.optional_text("kind") or CARD) in list(PaymentKind)
    return Hold(
        customer_id=customer_id,
        account_id=account_id,
        hold_id=hold_id,
        placed_at=keys.moment(placed_at),
        expires_at=keys.moment(record.text("exp")),
        amount=Money(record.number("amt"), record.text("ccy")),
        description=record.text("text"),
        merchant=record.optional_text("merchant"),
        category=record.optional_text("category"),
        card_id=record.optional_text("card"),
        order=read_order(record, customer_id) if is_payment else None,
        counted_on=date.fromisoformat(counted) if counted else None,
    )
