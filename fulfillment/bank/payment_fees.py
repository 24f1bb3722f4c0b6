"""What a payment costs besides its amount, by the bank's schedule: part of what is said yes to."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from fulfillment.bank.account_numbers import is_iban
from fulfillment.bank.money import Money
from fulfillment.bank.payments import PaymentKind, PaymentOrder
from fulfillment.bank.schedule import PaymentFees, standard_schedule


def with_fee(order: PaymentOrder, fees: PaymentFees | None = None) -> PaymentOrder:
    """`order` with the fee of the schedule, whatever fee it had."""
    fees = fees or standard_schedule().payment_fees
    return replace(order, fee=_fee(order, fees))


def _fee(order: PaymentOrder, fees: PaymentFees) -> Money:
    currency = order.amount.currency
    if order.exchange is not None:
        # Rounded half to even, as what is exchanged is.
        share = round(order.amount.minor * Fraction(fees.exchange_percent) / 100)
        return Money(max(share, 0), currency)
    abroad = order.kind is PaymentKind.TO_PAYEE and is_iban(order.destination_ref)
    return Money(fees.abroad.get(currency, 0) if abroad else 0, currency)
