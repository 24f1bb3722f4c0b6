"""How the figures and parties of a payment are laid down, in whatever item carries them."""

from __future__ import annotations

from decimal import Decimal

from fulfillment.bank.exchange import Exchange, Rate
from fulfillment.bank.money import Money
from fulfillment.bank.payments import PaymentKind, PaymentOrder
from fulfillment.store import keys
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
        **exchange_fields(order.exchange),
    }


def exchange_fields(exchange: Exchange | None) -> dict[str, Scalar]:
    """The attributes of what an amount is exchanged for; none without an exchange."""
    if exchange is None:
        return {}
    rate = exchange.rate
    return {
        "x_amt": exchange.received.minor,
        "x_ccy": exchange.received.currency,
        "x_rate": str(rate.value),
        "x_since": keys.instant(rate.since),
        "x_by": rate.set_by,
    }


def read_exchange(record: Record) -> Exchange | None:
    """What the amount was exchanged for, or None."""
    currency = record.optional_text("x_ccy")
    if currency is None:
        return None
    rate = Rate(
        sells=record.text("ccy"),
        buys=currency,
        value=Decimal(record.text("x_rate")),
        since=keys.moment(record.text("x_since")),
        set_by=record.text("x_by"),
    )
    return Exchange(Money(record.number("x_amt"), currency), rate)


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
        exchange=read_exchange(record),
    )
