"""A payment for later: what was agreed to, what has become of it, and what happens when it is due.

Each due day is paid at most once, in order, as soon as it has come: what a stopped scheduler missed
is made up for. A payment that meets a reason that may pass is tried on `TRIES` days in a row and is
then missed, which the customer is told; one that can never be made again stops the whole schedule.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from fulfillment.bank.limits import Limits
from fulfillment.bank.payments import PaymentOrder, Refusal, Refused
from fulfillment.bank.recurrence import FURTHEST, Recurrence, leaves_at

TRIES = 3
"""On how many days a payment is tried: its due day and the two after it, at the same hour."""
MOST_ACTIVE = 50
"""How many scheduled payments one customer may have at a time."""

MAY_PASS = frozenset(
    {
        Refusal.INSUFFICIENT_FUNDS,
        Refusal.OVER_LIMIT,
        Refusal.NEW_PAYEE_LIMIT,
        Refusal.ACCOUNT_NOT_ACTIVE,
    }
)
"""Reasons that may be gone tomorrow. After any other one a payment can never be made as agreed."""

_PREFIX = "S-"


class ScheduleStatus(StrEnum):
    ACTIVE = "active"
    FINISHED = "finished"
    """Every due day has come."""
    CANCELLED = "cancelled"
    STOPPED = "stopped"
    """By the bank: the payee or an account is not what was agreed to any more."""


@dataclass(frozen=True, slots=True)
class ScheduledPayment:
    """`index` counts the due days that are over: `paid` of them were made, or wait on hold,
    `missed` were not, and `returned` were held and given back: `returned_due` is the last of them,
    None once another day was paid.

    `tries` is how often the next one has failed, `next_try` when it is tried (UTC; None once it is
    over). `zone` is the IANA name of the zone whose days count. `version` rises with every change.
    """

    schedule_id: str
    order: PaymentOrder
    recurrence: Recurrence
    zone: str
    created_at: datetime
    next_try: datetime | None
    status: ScheduleStatus = ScheduleStatus.ACTIVE
    index: int = 0
    paid: int = 0
    missed: int = 0
    returned: int = 0
    returned_due: date | None = None
    tries: int = 0
    trouble: Refusal | None = None
    """Why the last try failed; None after one that did not."""
    version: int = 1

    @property
    def customer_id(self) -> str:
        return self.order.customer_id

    @property
    def due(self) -> date | None:
        """The next due day, or None when there is none."""
        active = self.status is ScheduleStatus.ACTIVE
        return self.recurrence.due(self.index) if active else None

    @property
    def digest(self) -> str:
        return agreed(self.order, self.recurrence, self.zone)


class ScheduleRefusal(StrEnum):
    """Why a payment was not scheduled, changed or cancelled, beside the reasons of its order."""

    IN_THE_PAST = "in_the_past"
    TOO_FAR_AHEAD = "too_far_ahead"
    ENDS_BEFORE_IT_BEGINS = "ends_before_it_begins"
    TOO_MANY = "too_many"
    UNKNOWN = "unknown"
    NOT_ACTIVE = "not_active"
    CHANGED = "changed"
    """It is not as it was when the customer was shown it."""


def agreed(order: PaymentOrder, recurrence: Recurrence, zone: str, of: str = "") -> str:
    """What the customer says yes to, as one SHA-256; `of` names a schedule that is to be changed,
    and its version.
    """
    parts = [
        "schedule", order.digest, recurrence.frequency, recurrence.start.isoformat(),
        recurrence.day, str(recurrence.until), recurrence.times, zone, of,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def change_of(payment: ScheduledPayment) -> str:
    """Names a schedule as it stands, for the digest of a change of it."""
    return f"{payment.schedule_id}/{payment.version}"


def transfer_id(schedule_id: str, due: date) -> str:
    """The one id that the payment of a due day can have: it cannot be made twice."""
    return f"{_PREFIX}{schedule_id}.{due:%Y%m%d}"


def schedule_of(transfer_id: str) -> str | None:
    """The schedule that a transfer was made for, or None when it was made for none."""
    if not transfer_id.startswith(_PREFIX):
        return None
    schedule_id, dot, _ = transfer_id.removeprefix(_PREFIX).rpartition(".")
    return schedule_id if dot else None


def due_day_of(transfer_id: str) -> date | None:
    """The due day that a transfer was made for, or None when it was made for none."""
    if schedule_of(transfer_id) is None:
        return None
    return date.fromisoformat(transfer_id.rpartition(".")[2])


def new_schedule(
    schedule_id: str, order: PaymentOrder, recurrence: Recurrence, zone: str, now: datetime
) -> ScheduledPayment:
    """A schedule that begins with its first due day."""
    first = leaves_at(recurrence.start, zone)
    return ScheduledPayment(schedule_id, order, recurrence, zone, now.astimezone(UTC), first)


def check_days(recurrence: Recurrence, zone: str, now: datetime) -> ScheduleRefusal | None:
    """Why a payment may not be due on these days, or None."""
    today = now.astimezone(ZoneInfo(zone)).date()
    if recurrence.start < today:
        return ScheduleRefusal.IN_THE_PAST
    if recurrence.start - today > FURTHEST:
        return ScheduleRefusal.TOO_FAR_AHEAD
    if recurrence.due(0) is None:
        return ScheduleRefusal.ENDS_BEFORE_IT_BEGINS
    return None


def check_amount(order: PaymentOrder, limits: Limits) -> Refused | None:
    """Why no day could ever pay this much, or None. What a day has left is seen on that day."""
    ceiling = limits.ceiling(order.kind, order.amount.currency).per_payment
    return Refused(Refusal.OVER_LIMIT, allowed=ceiling) if order.amount > ceiling else None


def after_paying(payment: ScheduledPayment) -> ScheduledPayment:
    """The schedule once the payment of its due day was made."""
    return _advanced(replace(payment, paid=payment.paid + 1, trouble=None, returned_due=None))


def after_failing(payment: ScheduledPayment, reason: Refusal, now: datetime) -> ScheduledPayment:
    """The schedule once a try was refused: tried again tomorrow, missed, or stopped for good."""
    failed = replace(payment, trouble=reason)
    if reason not in MAY_PASS:
        return replace(
            failed, status=ScheduleStatus.STOPPED, missed=payment.missed + 1,
            index=payment.index + 1, tries=0, next_try=None, version=payment.version + 1,
        )  # fmt: skip
    if payment.tries + 1 >= TRIES:
        return _advanced(replace(failed, missed=payment.missed + 1))
    tomorrow = now.astimezone(ZoneInfo(payment.zone)).date() + timedelta(days=1)
    return replace(
        failed, tries=payment.tries + 1, next_try=leaves_at(tomorrow, payment.zone),
        version=payment.version + 1,
    )  # fmt: skip


def gives_up(before: ScheduledPayment, after: ScheduledPayment) -> bool:
    """Whether a failure was the last one for its due day, so that the customer has to be told."""
    return after.missed > before.missed


def changed(
    payment: ScheduledPayment, order: PaymentOrder, recurrence: Recurrence
) -> ScheduledPayment:
    """The schedule with other terms. Other days are counted anew; what was made stays counted."""
    same_days = recurrence == payment.recurrence
    return replace(
        payment,
        order=order,
        recurrence=recurrence,
        index=payment.index if same_days else 0,
        tries=0,
        trouble=None,
        next_try=payment.next_try if same_days else leaves_at(recurrence.start, payment.zone),
        version=payment.version + 1,
    )


def passed_over(payment: ScheduledPayment) -> ScheduledPayment:
    """The schedule past a due day that was paid for before its days were changed."""
    return _advanced(payment)


def cancelled(payment: ScheduledPayment) -> ScheduledPayment:
    return replace(
        payment, status=ScheduleStatus.CANCELLED, next_try=None, version=payment.version + 1
    )


def _advanced(payment: ScheduledPayment) -> ScheduledPayment:
    index = payment.index + 1
    due = payment.recurrence.due(index)
    return replace(
        payment,
        index=index,
        tries=0,
        status=ScheduleStatus.ACTIVE if due is not None else ScheduleStatus.FINISHED,
        next_try=leaves_at(due, payment.zone) if due is not None else None,
        version=payment.version + 1,
    )


@dataclass(frozen=True, slots=True)
class Scheduled:
    """The schedule as it is now stored. `replayed`: it had been so before this request."""

    payment: ScheduledPayment
    replayed: bool = False


@dataclass(frozen=True, slots=True)
class NotScheduled:
    """Why nothing was written: a reason of the schedule's own or of the payment it is for."""

    reason: ScheduleRefusal | Refusal
