"""Scheduling, changing and cancelling a payment, each as one transaction of conditions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, auto
from typing import TYPE_CHECKING

from fulfillment.bank.books import AccountStatus
from fulfillment.bank.payments import PaymentKind, PaymentOrder
from fulfillment.bank.rules import PAYMENT_ACCOUNTS
from fulfillment.bank.scheduled_payments import ScheduledPayment, ScheduleStatus
from fulfillment.bank.standing import Standing
from fulfillment.bank.step_up import step_up_for
from fulfillment.store import keys
from fulfillment.store.payment_items import QUOTED, STEP_UP, audit_item
from fulfillment.store.schedule_items import schedule_item
from fulfillment.store.transactions import marked_by_a_code
from fulfillment.store.wire import encode
from fulfillment.store.writes import check, put_new, update

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

AGREED = "agreed"
"""What a quote is once the customer has agreed to be charged later: nothing has moved by it."""
SCHEDULE_RECORD = "schedule"
"""The audit entries of schedules."""


class ScheduleStep(Enum):
    """What an item of the transaction is for: the first whose condition fails is the reason."""

    QUOTE = auto()
    SCHEDULE = auto()
    SOURCE = auto()
    DESTINATION = auto()
    RECORD = auto()


@dataclass(frozen=True, slots=True)
class Agreement:
    """The customer's yes: to the quote of this id and digest, in this session, at `now`.

    `standing` is who says it and through what: above its threshold a payment needs a quote that
    carries a one-time code's mark, now or later.
    """

    quote_id: str
    digest: str
    session_id: str
    now: datetime
    standing: Standing


PlannedItem = tuple[ScheduleStep, "TransactWriteItemTypeDef"]


def plan_new(table: str, payment: ScheduledPayment, yes: Agreement) -> list[PlannedItem]:
    """The schedule that a live quote was shown for."""
    return [
        (ScheduleStep.QUOTE, _agree(table, payment, yes)),
        (ScheduleStep.SCHEDULE, put_new(table, schedule_item(payment))),
        *_parties(table, payment.order),
        (ScheduleStep.RECORD, _record(table, payment, yes.now, yes.quote_id)),
    ]


def plan_change(table: str, after: ScheduledPayment, yes: Agreement) -> list[PlannedItem]:
    """Other terms for a schedule that is still as the customer was shown it."""
    return [
        (ScheduleStep.QUOTE, _agree(table, after, yes)),
        (ScheduleStep.SCHEDULE, replace_active(table, after)),
        *_parties(table, after.order),
        (ScheduleStep.RECORD, _record(table, after, yes.now, yes.quote_id)),
    ]


def plan_end(
    table: str, after: ScheduledPayment, now: datetime, request_id: str
) -> list[PlannedItem]:
    """The end of a schedule that nothing has happened to since it was read."""
    return [
        (ScheduleStep.SCHEDULE, replace_active(table, after)),
        (ScheduleStep.RECORD, _record(table, after, now, request_id)),
    ]


def replace_active(table: str, after: ScheduledPayment) -> TransactWriteItemTypeDef:
    """The schedule's next version, if the one before it is what is stored and active."""
    return {
        "Put": {
            "TableName": table,
            "Item": schedule_item(after),
            "ConditionExpression": "ver = :before AND st = :active",
            "ExpressionAttributeValues": encode(
                {":before": after.version - 1, ":active": ScheduleStatus.ACTIVE}
            ),
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }
    }


def not_paid_after_all(
    table: str, customer_id: str, schedule_id: str, due: date
) -> TransactWriteItemTypeDef:
    """Takes the payment of `due`, which was held and given back, out of those that were paid.

    The schedule's version rises, so that nobody who has read it before writes this over.
    """
    return update(
        table,
        keys.schedule(customer_id, schedule_id),
        "SET returned_due = :due ADD paid :less, returned :one, ver :one",
        {":due": due.isoformat(), ":less": -1, ":one": 1},
        condition="attribute_exists(PK)",
    )


def _agree(table: str, payment: ScheduledPayment, yes: Agreement) -> TransactWriteItemTypeDef:
    marked, values = marked_by_a_code(step_up_for(payment.order, yes.standing))
    return update(
        table,
        keys.quote(payment.customer_id, yes.quote_id),
        "SET st = :agreed",
        {
            ":agreed": AGREED,
            ":quoted": QUOTED,
            ":digest": yes.digest,
            ":session": yes.session_id,
            ":now": keys.exact_instant(yes.now),
            **values,
        },
        condition=(
            f"st = :quoted AND dg = :digest AND sid = :session AND #exp > :now AND {marked}"
        ),
        names={"#exp": "exp", "#step": STEP_UP},
    )


def _parties(table: str, order: PaymentOrder) -> Iterator[PlannedItem]:
    kinds = {f":kind{index}": kind for index, kind in enumerate(sorted(PAYMENT_ACCOUNTS))}
    source = check(
        table,
        keys.account(order.customer_id, order.source_account_id),
        f"st = :active AND ccy = :ccy AND kind IN ({', '.join(kinds)})",
        {":active": AccountStatus.ACTIVE, ":ccy": order.amount.currency, **kinds},
    )
    yield ScheduleStep.SOURCE, source
    if order.kind is PaymentKind.TO_PAYEE:
        destination = check(
            table,
            keys.payee(order.customer_id, order.destination_id),
            "active = :yes AND target = :target",
            {":yes": True, ":target": order.destination_ref},
        )
    else:
        destination = check(
            table,
            keys.account(order.customer_id, order.destination_id),
            "st = :active AND ccy = :ccy",
            {":active": AccountStatus.ACTIVE, ":ccy": order.amount.currency},
        )
    yield ScheduleStep.DESTINATION, destination


def _record(
    table: str, payment: ScheduledPayment, now: datetime, request_id: str
) -> TransactWriteItemTypeDef:
    entry = audit_item(
        payment.customer_id,
        now,
        request_id,
        SCHEDULE_RECORD,
        payment.schedule_id,
        after=payment.status,
        version=payment.version,
        dg=payment.digest,
    )
    return put_new(table, entry)
