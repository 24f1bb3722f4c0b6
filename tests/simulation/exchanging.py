"""Money changed by those who order past the chat."""

from __future__ import annotations

from fulfillment.bank.exchange import Rate
from fulfillment.bank.payments import PaymentKind, PaymentOrder
from tests.simulation import town
from tests.simulation.bank import Bank


def perhaps_exchanged(bank: Bank, order: PaymentOrder) -> PaymentOrder:
    """An order between accounts of two currencies, at the rate of the moment; others as they are.

    One in ten keeps to its own currency, and cannot arrive.
    """
    if order.kind is not PaymentKind.OWN_TRANSFER or bank.rng.random() < 0.1:
        return order
    other = town.ACCOUNTS.get(order.destination_id)
    if other is None or other[-1] == order.amount.currency:
        return order
    pair = order.amount.currency, other[-1]
    known = bank.ledger.rate_at(*pair, bank.stage.clock())
    if known is None:
        return order
    since, value = known
    return order.exchange_at(Rate(*pair, value, since, "treasury"))
