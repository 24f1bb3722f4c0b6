"""What an audit asks of scheduled payments: each due day paid once, and none without a schedule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from fulfillment.bank.scheduled_payments import ScheduledPayment, ScheduleStatus, schedule_of

if TYPE_CHECKING:
    from fulfillment.store.evidence import Evidence


def wrong_schedules(evidence: Evidence) -> Iterator[str]:
    """Every way in which schedules and the payments made for them do not agree."""
    made: Counter[str] = Counter()
    returned: Counter[str] = Counter()
    for transfer_id, record in sorted(evidence.transfers.items()):
        schedule_id = schedule_of(transfer_id)
        if schedule_id is None:
            continue
        (made if record.is_counted else returned)[schedule_id] += 1
        payment = evidence.schedules.get(schedule_id)
        if payment is None or payment.customer_id != record.customer_id:
            yield f"transfer {transfer_id}: it was made for a schedule that is not there"
    for schedule_id, payment in sorted(evidence.schedules.items()):
        if payment.paid != made[schedule_id]:
            yield (
                f"schedule {schedule_id}: {payment.paid} payments are counted, "
                f"{made[schedule_id]} were made"
            )
        if payment.returned != returned[schedule_id]:
            yield (
                f"schedule {schedule_id}: {payment.returned} payments are counted as given back, "
                f"{returned[schedule_id]} were"
            )
        if _waits(payment) != (payment.status is ScheduleStatus.ACTIVE):
            yield f"schedule {schedule_id}: it is {payment.status} but {_how(payment)}"
        if schedule_id not in evidence.agreed:
            yield f"schedule {schedule_id}: there is no audit entry"


def _waits(payment: ScheduledPayment) -> bool:
    return payment.next_try is not None


def _how(payment: ScheduledPayment) -> str:
    return "waits to be paid" if _waits(payment) else "waits for no day"
