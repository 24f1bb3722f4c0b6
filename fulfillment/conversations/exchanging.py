"""Money moved between two currencies: the bank's rate of the moment, and the one that was shown."""

from __future__ import annotations

from fulfillment.bank.books import Account
from fulfillment.bank.exchange import Exchange
from fulfillment.bank.payments import PaymentOrder
from fulfillment.conversations.desk import Desk
from fulfillment.lex import Turn
from fulfillment.replies import formats
from fulfillment.store.rates import RateTable


def with_exchange(desk: Desk, order: PaymentOrder, destination: Account) -> PaymentOrder | None:
    """`order` as it arrives in the destination's currency; None without a rate between the two."""
    sells, buys = order.amount.currency, destination.posted.currency
    if sells == buys:
        return order
    rate = RateTable(desk.books.client, desk.books.table).at(sells, buys, desk.now)
    return order.exchange_at(rate) if rate else None


def at_quoted_rate(turn: Turn, order: PaymentOrder, quote_id: str) -> PaymentOrder:
    """`order` at the rate that was shown for a yes, which holds as long as the quote does.

    Only the rate is taken from the quote: any other difference leaves its digest another one.
    """
    if order.exchange is None:
        return order
    desk = Desk.of(turn)
    shown = desk.books.quote(desk.customer_id, quote_id, turn.session_id)
    if shown is None or shown.order.exchange is None:
        return order
    quoted = order.exchange_at(shown.order.exchange.rate)
    return quoted if quoted.digest == shown.digest else order


def rate_view(desk: Desk, exchange: Exchange) -> dict[str, object]:
    """How a confirmation tells an exchange: what arrives, at which rate, and of which day."""
    rate = exchange.rate
    value = formats.rate(rate.value, desk.speech.locale)
    return {
        "received": exchange.received,
        "rate": desk.speech.words("payment.rate", sells=rate.sells, value=value, buys=rate.buys),
        "day": desk.speech.day(rate.since),
    }
