"""Decisions about a payment before anything is written: may it be quoted, and at what terms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from fulfillment.bank.books import Account, AccountKind, AccountStatus, Payee
from fulfillment.bank.limits import Limits
from fulfillment.bank.money import Money
from fulfillment.bank.new_payees import left_for_new
from fulfillment.bank.payments import (
    PaymentKind,
    PaymentOrder,
    Quote,
    Refusal,
    Refused,
    StepUp,
)

QUOTE_LIFETIME = timedelta(minutes=5)

PAYMENT_ACCOUNTS = frozenset({AccountKind.CHECKING, AccountKind.SAVINGS})
"""The kinds of account money may be paid from: a card or a loan is borrowed money."""


def malformed(order: PaymentOrder) -> Refusal | None:
    """What is wrong with an order whatever the books say, or None."""
    if not order.amount.is_positive or order.fee.minor < 0:
        return Refusal.AMOUNT_NOT_POSITIVE
    if order.fee.currency != order.amount.currency:
        return Refusal.CURRENCY_MISMATCH
    if order.exchange is not None and not _is_sound(order):
        return Refusal.CURRENCY_MISMATCH
    if order.kind is not PaymentKind.OWN_TRANSFER:
        return None
    if order.destination_id == order.source_account_id:
        return Refusal.SAME_ACCOUNT
    if order.destination_ref != order.destination_id:
        return Refusal.UNKNOWN_ACCOUNT
    return None


def _is_sound(order: PaymentOrder) -> bool:
    """Whether what arrives is what the rate makes of the amount, and more than nothing.

    Only between a customer's own accounts: where another bank's account is, and in which currency,
    this bank does not know.
    """
    own = order.kind is PaymentKind.OWN_TRANSFER
    rate = order.exchange.rate if order.exchange else None
    if rate is None or not own or rate.sells != order.amount.currency:
        return False
    return order.arrives.is_positive and order.of(order.amount) == order


def check_order(
    order: PaymentOrder,
    accounts: Iterable[Account],
    payees: Sequence[Payee],
    now: datetime,
    limits: Limits,
) -> Refused | None:
    """Why `order` cannot be quoted, or None when it can.

    `accounts` and `payees` are the customer's own; whatever is not among them is unknown. The same
    conditions are written into the transaction that pays, so a None here promises nothing: it only
    spares the customer a confirmation that would be refused.
    """
    own = {account.account_id: account for account in accounts}
    reason = check_parties(order, own, payees)
    source = own.get(order.source_account_id)
    if reason is not None or source is None:
        return Refused(reason or Refusal.UNKNOWN_ACCOUNT)
    allowed = limits.allowed(order.kind, order.amount.currency, now)
    if order.amount > allowed:
        return Refused(Refusal.OVER_LIMIT, allowed=allowed)
    left = _left_for_new_payee(order, payees, now)
    if left is not None and order.amount > left:
        return Refused(Refusal.NEW_PAYEE_LIMIT, allowed=left)
    if order.total > source.available:
        return Refused(Refusal.INSUFFICIENT_FUNDS, available=source.available)
    return None


def check_parties(
    order: PaymentOrder, own: Mapping[str, Account], payees: Iterable[Payee]
) -> Refusal | None:
    """Why `order` could not be paid on any day, or None. `own` are the customer's accounts."""
    return (
        malformed(order)
        or _source_problem(order, own.get(order.source_account_id))
        or _destination_problem(order, own, payees)
    )


def quote(
    order: PaymentOrder,
    session_id: str,
    quote_id: str,
    now: datetime,
    step_up: StepUp = StepUp.NOT_NEEDED,
) -> Quote:
    """The figures of `order`, held for `QUOTE_LIFETIME` for a "yes" from the same session.

    `step_up` is what the rule said when they were shown; paying applies the rule again.
    """
    return Quote(
        quote_id=quote_id,
        customer_id=order.customer_id,
        session_id=session_id,
        digest=order.digest,
        order=order,
        created_at=now,
        expires_at=now + QUOTE_LIFETIME,
        step_up=step_up,
    )


def _source_problem(order: PaymentOrder, source: Account | None) -> Refusal | None:
    if source is None:
        return Refusal.UNKNOWN_ACCOUNT
    if source.status is not AccountStatus.ACTIVE:
        return Refusal.ACCOUNT_NOT_ACTIVE
    if source.kind not in PAYMENT_ACCOUNTS:
        return Refusal.NOT_A_PAYMENT_ACCOUNT
    if source.posted.currency != order.amount.currency:
        return Refusal.CURRENCY_MISMATCH
    return None


def _destination_problem(
    order: PaymentOrder, own: Mapping[str, Account], payees: Iterable[Payee]
) -> Refusal | None:
    if order.kind is PaymentKind.TO_PAYEE:
        return _payee_problem(order, payees)
    destination = own.get(order.destination_id)
    if destination is None:
        return Refusal.UNKNOWN_ACCOUNT
    if destination.status is not AccountStatus.ACTIVE:
        return Refusal.ACCOUNT_NOT_ACTIVE
    if destination.posted.currency != order.arrives.currency:
        return Refusal.CURRENCY_MISMATCH
    return None


def _left_for_new_payee(
    order: PaymentOrder, payees: Iterable[Payee], now: datetime
) -> Money | None:
    payee = next((payee for payee in payees if payee.payee_id == order.destination_id), None)
    if order.kind is not PaymentKind.TO_PAYEE or payee is None:
        return None
    return left_for_new(payee, order.amount.currency, now)


def _payee_problem(order: PaymentOrder, payees: Iterable[Payee]) -> Refusal | None:
    payee = next((payee for payee in payees if payee.payee_id == order.destination_id), None)
    if payee is None or not payee.active:
        return Refusal.UNKNOWN_PAYEE
    if payee.target != order.destination_ref:
        return Refusal.QUOTE_CHANGED
    return None
