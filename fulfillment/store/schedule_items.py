"""How a scheduled payment is laid down: one item, in the index of what is due while it waits."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from fulfillment.bank.payments import Refusal
from fulfillment.bank.recurrence import Frequency, Recurrence
from fulfillment.bank.scheduled_payments import ScheduledPayment, ScheduleStatus
from fulfillment.store import keys
from fulfillment.store.order_items import order_fields, read_order
from fulfillment.store.wire import Record, encode

if TYPE_CHECKING:
    from fulfillment.store.wire import Item, MutableItem

DUE_SCHEDULES = "SCHEDULED"
"""The queues of the index in which an active schedule waits for its next try."""


def schedule_item(payment: ScheduledPayment) -> MutableItem:
    when = payment.recurrence
    waits = payment.next_try is not None
    queue = keys.due(DUE_SCHEDULES, keys.queue_of(payment.schedule_id))
    return encode(
        {
            **keys.schedule(payment.customer_id, payment.schedule_id),
            **order_fields(payment.order),
            "st": payment.status,
            "every": when.frequency,
            "start": when.start.isoformat(),
            "day": when.day,
            "until": when.until.isoformat() if when.until else None,
            "times": when.times,
            "zone": payment.zone,
            "n": payment.index,
            "paid": payment.paid,
            "missed": payment.missed,
            "returned": payment.returned,
            "returned_due": payment.returned_due.isoformat() if payment.returned_due else None,
            "tries": payment.tries,
            "trouble": payment.trouble,
            "ver": payment.version,
            "at": keys.exact_instant(payment.created_at),
            "G1PK": queue if waits else None,
            "G1SK": keys.exact_instant(payment.next_try) if payment.next_try else None,
        }
    )


def read_schedule(item: Item) -> ScheduledPayment:
    record = Record(item)
    customer_id = record.tail("PK")
    until, times = record.optional_text("until"), record.number_or_zero("times")
    returned_due = record.optional_text("returned_due")
    trouble, waits = record.optional_text("trouble"), record.optional_text("G1SK")
    return ScheduledPayment(
        schedule_id=record.tail("SK"),
        order=read_order(record, customer_id),
        recurrence=Recurrence(
            frequency=Frequency(record.text("every")),
            start=date.fromisoformat(record.text("start")),
            day=record.number("day"),
            until=date.fromisoformat(until) if until else None,
            times=times or None,
        ),
        zone=record.text("zone"),
        created_at=keys.moment(record.text("at")),
        next_try=keys.moment(waits) if waits else None,
        status=ScheduleStatus(record.text("st")),
        index=record.number("n"),
        paid=record.number("paid"),
        missed=record.number("missed"),
        returned=record.number_or_zero("returned"),
        returned_due=date.fromisoformat(returned_due) if returned_due else None,
        tries=record.number("tries"),
        trouble=Refusal(trouble) if trouble else None,
        version=record.number("ver"),
    )
