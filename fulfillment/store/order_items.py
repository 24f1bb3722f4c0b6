"""How the figures and parties of a payment are laid down, in whatever item carries them."""

from __future__ import annotations

from fulfillment.bank.money import Money
from fulfillment.bank.payments import PaymentKind, PaymentOrder
from fulfillment.store.wire import Record, Scalar


def order_fields(order: PaymentOrder) -> dict[str, Scalar]:
    """The attributes of `order`; whose it is stands in the item's key or beside them."""
    return {
        "kind": order.kind,
        "src": order.source_account_id,
        "dst": order.destination_id,
        "ref": order.destination_ref,
        "amt": order.amount.minor,
        "fee": order.fee.minor,
        "ccy": order.amount.currency,
        "src_name": order.source_name,
        "dst_name": order.destination_name,
    }


def read_order(record: Record, customer_id: str) -> PaymentOrder:
    """The order that `order_fields` laid down in the item."""
    currency = record.text("ccy")
    return PaymentOrder(
        kind=PaymentKind(record.text("kind")),
        customer_id=customer_id,
        source_account_id=record.text("src"),
        destination_id=record.text("dst"),
        destination_ref=record.text("ref"),
        amount=Money(record.number("amt"), currency),
        fee=Money(record.number("fee"), currency),
        source_name=record.text("src_name"),
        destination_name=record.text("dst_name"),
    )
