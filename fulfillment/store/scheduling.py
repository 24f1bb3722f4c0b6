"""Agree on payments for later, change and cancel them, and answer the same however often asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from fulfillment.bank.payments import Refusal, Unknown
from fulfillment.bank.scheduled_payments import (
    NotScheduled,
    Scheduled,
    ScheduledPayment,
    ScheduleRefusal,
    ScheduleStatus,
    agreed,
    cancelled,
    change_of,
)
from fulfillment.bank.standing import Standing
from fulfillment.store import keys
from fulfillment.store.errors import BooksError
from fulfillment.store.reading import AFTER, Reader
from fulfillment.store.schedule_items import read_schedule
from fulfillment.store.schedule_transactions import (
    AGREED,
    Agreement,
    PlannedItem,
    ScheduleStep,
    plan_change,
    plan_end,
    plan_new,
)
from fulfillment.store.sending import (
    CONDITION_FAILED,
    NO_ANSWER,
    Committed,
    Lost,
    Patience,
    Reason,
    send,
)
from fulfillment.store.wire import Record

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

    from fulfillment.store.wire import Item

VERIFIED = Standing()
"""A verified customer in the bank's own chat."""

Answer = Scheduled | NotScheduled | Unknown
"""The schedule as it now is, why not, or that no answer came: asking again is safe."""


@dataclass(frozen=True, slots=True)
class ScheduleDesk:
    """Writes scheduled payments to `table`.

    What the customer was shown is a quote whose digest is that of the schedule (`agreed`), so a
    quote of a payment can schedule nothing and that of a schedule can pay nothing. Every method may
    raise `BooksBusyError` when others wrote to the same items at every attempt.
    """

    client: DynamoDBClient
    table: str
    patience: Patience
    new_id: Callable[[], str]

    def active(self, customer_id: str) -> list[ScheduledPayment]:
        """The schedules that go on, the one that is due next first. One query."""
        found = [one for one in self.all_of(customer_id) if one.status is ScheduleStatus.ACTIVE]
        return sorted(found, key=lambda one: (one.due or one.recurrence.start, one.schedule_id))

    def all_of(self, customer_id: str) -> list[ScheduledPayment]:
        """Every schedule there ever was."""
        if not keys.addressable(customer_id):
            return []
        partition = keys.customer_partition(customer_id)
        items = Reader(self.client, self.table).between(partition, "O#", f"O#{AFTER}")
        return [read_schedule(item) for item in items]

    def find(self, customer_id: str, schedule_id: str) -> ScheduledPayment | None:
        if not keys.addressable(customer_id, schedule_id):
            return None
        item = Reader(self.client, self.table).one(keys.schedule(customer_id, schedule_id))
        return read_schedule(item) if item else None

    def set_up(
        self,
        payment: ScheduledPayment,
        session_id: str,
        now: datetime,
        standing: Standing = VERIFIED,
    ) -> Answer:
        """Schedule what the quote with the schedule's id was shown for, once."""
        if not keys.addressable(payment.customer_id, payment.schedule_id):
            return NotScheduled(Refusal.QUOTE_UNKNOWN)
        yes = Agreement(payment.schedule_id, payment.digest, session_id, now, standing)
        return self._carry_out(plan_new(self.table, payment, yes), payment, yes)

    def change(
        self,
        before: ScheduledPayment,
        after: ScheduledPayment,
        quote_id: str,
        session_id: str,
        now: datetime,
        standing: Standing = VERIFIED,
    ) -> Answer:
        """Give a schedule the terms that the quote was shown for, if it is still as it was."""
        if not keys.addressable(quote_id):
            return NotScheduled(Refusal.QUOTE_UNKNOWN)
        digest = agreed(after.order, after.recurrence, after.zone, change_of(before))
        yes = Agreement(quote_id, digest, session_id, now, standing)
        return self._carry_out(plan_change(self.table, after, yes), after, yes)

    def cancel(self, payment: ScheduledPayment, now: datetime) -> Answer:
        """End a schedule. What is paid at this very moment is paid, and the answer says so."""
        after = cancelled(payment)
        return self._carry_out(plan_end(self.table, after, now, self.new_id()), after)

    def _carry_out(
        self,
        steps: Sequence[PlannedItem],
        wanted: ScheduledPayment,
        yes: Agreement | None = None,
    ) -> Answer:
        sent = send(self.client, [item for _, item in steps], self.new_id(), self.patience)
        if isinstance(sent, Committed):
            return Scheduled(wanted)
        if isinstance(sent, Lost):
            return self._as_stored(wanted, Unknown(wanted.schedule_id))
        step, item = _first_failure([step for step, _ in steps], sent.reasons)
        match step:
            case ScheduleStep.QUOTE if yes is not None:
                return self._quote_answer(wanted, item, yes)
            case ScheduleStep.SCHEDULE:
                return self._as_stored(wanted, _why_not(item))
            case ScheduleStep.SOURCE:
                return NotScheduled(Refusal.ACCOUNT_NOT_ACTIVE)
            case ScheduleStep.DESTINATION:
                return NotScheduled(Refusal.UNKNOWN_PAYEE)
            case _:
                raise BooksError("a record of this change of a schedule is already there")

    def _quote_answer(self, wanted: ScheduledPayment, item: Item | None, yes: Agreement) -> Answer:
        record = Record(item or {})
        if item is None or record.text("sid") != yes.session_id:
            return NotScheduled(Refusal.QUOTE_UNKNOWN)
        if record.text("dg") != yes.digest:
            return NotScheduled(Refusal.QUOTE_CHANGED)
        if record.text("st") == AGREED:
            return self._as_stored(wanted, NotScheduled(Refusal.QUOTE_UNKNOWN), ever=True)
        if record.text("exp") <= keys.exact_instant(yes.now):
            return NotScheduled(Refusal.QUOTE_EXPIRED)
        return NotScheduled(Refusal.STEP_UP_REQUIRED)

    def _as_stored(
        self, wanted: ScheduledPayment, otherwise: Answer, *, ever: bool = False
    ) -> Answer:
        """The schedule if it is as it was to be; with `ever`, whatever has become of it since."""
        try:
            found = self.find(wanted.customer_id, wanted.schedule_id)
        except NO_ANSWER:
            return Unknown(wanted.schedule_id)
        if found is None or not (ever or found == wanted):
            return otherwise
        return Scheduled(found, replayed=True)


def _why_not(item: Item | None) -> NotScheduled:
    if item is None:
        return NotScheduled(ScheduleRefusal.UNKNOWN)
    active = read_schedule(item).status is ScheduleStatus.ACTIVE
    return NotScheduled(ScheduleRefusal.CHANGED if active else ScheduleRefusal.NOT_ACTIVE)


def _first_failure(
    steps: Sequence[ScheduleStep], reasons: Sequence[Reason]
) -> tuple[ScheduleStep, Item | None]:
    for step, reason in zip(steps, reasons, strict=False):
        if reason.code == CONDITION_FAILED:
            return step, reason.item
    raise BooksError("a schedule was cancelled without a reason")
