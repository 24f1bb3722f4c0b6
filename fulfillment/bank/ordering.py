"""The order for a payment between two parties that are known."""

from __future__ import annotations

from fulfillment.bank.books import Account, Payee
from fulfillment.bank.money import Money
from fulfillment.bank.payments import PaymentKind, PaymentOrder


def order_to(source: Account, receiver: Account | Payee, amount: Money) -> PaymentOrder:
    """`amount` from `source` to another account of its owner's or to a payee, without a fee."""
    if isinstance(receiver, Account):
        kind, name, target = PaymentKind.OWN_TRANSFER, receiver.account_id, receiver.account_id
    else:
        kind, name, target = PaymentKind.TO_PAYEE, receiver.payee_id, receiver.target
    return PaymentOrder(
        kind=kind,
        customer_id=source.customer_id,
        source_account_id=source.account_id,
        destination_id=name,
        destination_ref=target,
        amount=amount,
        fee=Money.zero(amount.currency),
        source_name=source.name,
        destination_name=receiver.name,
    )
