"""Why a payment was cancelled, told from the first condition that failed, without a read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fulfillment.bank.books import AccountStatus
from fulfillment.bank.limits import Limits, Usage
from fulfillment.bank.money import Money
from fulfillment.bank.new_payees import left_for_new
from fulfillment.bank.payments import PaymentKind, PaymentOrder, Refusal, Refused
from fulfillment.bank.rules import PAYMENT_ACCOUNTS
from fulfillment.bank.step_up import most_without_code
from fulfillment.store import keys
from fulfillment.store.errors import BooksError, StaleCompanionError
from fulfillment.store.items import read_account, read_payee
from fulfillment.store.payment_items import (
    CONSUMED,
    WITHDRAWN,
    count_attribute,
    spent_attribute,
)
from fulfillment.store.sending import CONDITION_FAILED, Reason
from fulfillment.store.transactions import Payment, Step
from fulfillment.store.wire import Record

if TYPE_CHECKING:
    from fulfillment.store.wire import Item


@dataclass(frozen=True, slots=True)
class Settled:
    """This quote may have been paid before: its transfer item, if there is one, is the answer.

    `otherwise` is what to answer when there is none.
    """

    otherwise: Refused


def diagnose(
    payment: Payment, steps: Sequence[Step], reasons: Sequence[Reason]
) -> Refused | Settled:
    """The business answer behind a cancelled payment.

    Raises `BooksError` when what failed cannot fail in books that are whole, and
    `StaleCompanionError` when nothing stands in the payment's way but what was to go with it.
    """
    for step, reason in zip(steps, reasons, strict=False):
        if reason.code == CONDITION_FAILED:
            return _answer(payment, step, reason.item)
    raise BooksError("the payment was cancelled without a reason")


def _answer(payment: Payment, step: Step, item: Item | None) -> Refused | Settled:
    order = payment.order
    match step:
        case Step.QUOTE:
            return _quote_answer(payment, item)
        case Step.TRANSFER:
            return Settled(otherwise=Refused(Refusal.QUOTE_UNKNOWN))
        case Step.PAYER:
            return _payer_answer(order, item)
        case Step.DESTINATION:
            if order.kind is PaymentKind.TO_PAYEE:
                return _payee_answer(payment, item)
            return Refused(
                _account_reason(order.arrives.currency, item) or Refusal.ACCOUNT_NOT_ACTIVE
            )
        case Step.LIMIT:
            return _limit_answer(payment, item)
        case Step.RECORD:
            raise BooksError("a booked line of this payment is already there")
        case Step.COMPANION:
            raise StaleCompanionError("what was read for this payment has changed since")


def _quote_answer(payment: Payment, item: Item | None) -> Refused | Settled:
    if item is None:
        return Settled(otherwise=Refused(Refusal.QUOTE_UNKNOWN))
    record = Record(item)
    # A quote of another session is answered as one that never was.
    if record.text("sid") != payment.session_id:
        return Refused(Refusal.QUOTE_UNKNOWN)
    if record.text("dg") != payment.order.digest:
        return Refused(Refusal.QUOTE_CHANGED)
    if record.text("st") == CONSUMED:
        return Settled(otherwise=Refused(Refusal.QUOTE_UNKNOWN))
    if record.text("st") == WITHDRAWN or record.text("exp") <= keys.exact_instant(payment.now):
        return Refused(Refusal.QUOTE_EXPIRED)
    currency = payment.order.amount.currency
    free = most_without_code(currency, payment.standing)
    return Refused(Refusal.STEP_UP_REQUIRED, allowed=free)


def _payer_answer(order: PaymentOrder, item: Item | None) -> Refused:
    reason = _account_reason(order.amount.currency, item)
    if reason is not None or item is None:
        return Refused(reason or Refusal.UNKNOWN_ACCOUNT)
    account = read_account(item)
    if account.kind not in PAYMENT_ACCOUNTS:
        return Refused(Refusal.NOT_A_PAYMENT_ACCOUNT)
    return Refused(Refusal.INSUFFICIENT_FUNDS, available=account.available)


def _account_reason(currency: str, item: Item | None) -> Refusal | None:
    if item is None:
        return Refusal.UNKNOWN_ACCOUNT
    account = read_account(item)
    if account.status is not AccountStatus.ACTIVE:
        return Refusal.ACCOUNT_NOT_ACTIVE
    if account.posted.currency != currency:
        return Refusal.CURRENCY_MISMATCH
    return None


def _payee_answer(payment: Payment, item: Item | None) -> Refused:
    payee = read_payee(item) if item is not None else None
    if payee is None or not payee.active:
        return Refused(Refusal.UNKNOWN_PAYEE)
    if payee.target != payment.order.destination_ref:
        return Refused(Refusal.QUOTE_CHANGED)
    left = left_for_new(payee, payment.order.amount.currency, payment.now)
    return Refused(Refusal.NEW_PAYEE_LIMIT, allowed=left)


def _limit_answer(payment: Payment, item: Item | None) -> Refused:
    kind, currency = payment.order.kind, payment.order.amount.currency
    record = Record(item or {})
    usage = Usage(
        day=payment.booked_at.date(),
        spent=Money(record.number_or_zero(spent_attribute(kind, currency)), currency),
        payments=record.number_or_zero(count_attribute(kind, currency)),
    )
    limits = Limits({(kind, currency): payment.limit}, {(kind, currency): usage})
    return Refused(Refusal.OVER_LIMIT, allowed=limits.allowed(kind, currency, payment.now))
