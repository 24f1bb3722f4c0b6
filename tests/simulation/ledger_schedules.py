"""Payments for later: agreed to once, and each due day paid at most once, in order."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial

from fulfillment.bank.payments import PaymentOrder
from fulfillment.bank.scheduled_payments import (
    TRIES,
    ScheduledPayment,
    ScheduleStatus,
    after_paying,
    transfer_id,
)
from tests.simulation.ledger_payments import Payments
from tests.simulation.plain import Verdict


class Schedules(Payments):
    """What was agreed on for later, and what became of each due day."""

    def agree(
        self,
        payment: ScheduledPayment,
        quote_id: str,
        digest: str,
        session_id: str,
        now: datetime,
        before: ScheduledPayment | None = None,
    ) -> Verdict:
        """A yes to a schedule, or to other terms for the one that was as `before`."""
        quote = self.quotes.get((payment.customer_id, quote_id))
        key = payment.customer_id, payment.schedule_id
        if quote is None or quote.state != "quoted":
            return Verdict("no such quote")
        if (quote.session_id, quote.digest) != (session_id, digest):
            return Verdict("another quote")
        if self.quote_refusal(quote, payment.order, now) is not None:
            return Verdict("not in force")
        known = self.schedules.get(key)
        if before is None and known is not None:
            return Verdict("is there")
        if before is not None and not _is_as_it_was(known, before):
            return Verdict("has changed")
        if self.parties_refusal(payment.order) is not None:
            return Verdict("cannot be paid")

        def agreed() -> None:
            quote.state = "agreed"
            self.schedules[key] = payment

        return Verdict("agreed", agreed)

    def call_off(self, payment: ScheduledPayment) -> Verdict:
        key = payment.customer_id, payment.schedule_id
        known = self.schedules.get(key)
        if known is None or not _is_as_it_was(known, payment):
            return Verdict("has changed")
        off = replace(
            known, status=ScheduleStatus.CANCELLED, next_try=None, version=known.version + 1
        )
        return Verdict("off", partial(self.schedules.__setitem__, key, off))

    def pay_due(self, seen: ScheduledPayment, now: datetime) -> Verdict:
        """The payment of the next due day, by a scheduler that has `seen` the schedule so."""
        key = seen.customer_id, seen.schedule_id
        known, due = self.schedules.get(key), seen.due
        if known is None or due is None or not _is_as_it_was(known, seen):
            return Verdict("has changed")
        name = transfer_id(seen.schedule_id, due)
        if name in self.movements:
            return Verdict("was paid")
        refused = self.order_refusal(known.order, now)
        if refused is not None:
            return Verdict(refused)

        def paid() -> None:
            self.move(name, known.order, seen.schedule_id, now)
            self.schedules[key] = after_paying(known)

        return Verdict("paid", paid)

    def pass_over(self, after: ScheduledPayment) -> Verdict:
        """A due day that is not paid now: put off, missed, or paid for earlier."""
        key = after.customer_id, after.schedule_id
        known = self.schedules.get(key)
        if known is None or known.due is None or known.version != after.version - 1:
            return Verdict("has changed")
        if known.status is not ScheduleStatus.ACTIVE:
            return Verdict("is over")
        was_paid = transfer_id(known.schedule_id, known.due) in self.movements
        gone, missed = after.index - known.index, after.missed - known.missed
        if after.paid != known.paid or gone not in (0, 1) or missed > gone:
            return Verdict("not so")
        if gone and not missed and not was_paid:
            return Verdict("a due day would be lost")
        stopped = after.status is ScheduleStatus.STOPPED
        if missed and not stopped and known.tries + 1 < TRIES:
            return Verdict("given up too soon")
        return Verdict("settled", partial(self.schedules.__setitem__, key, after))

    def days_paid(self, payment: ScheduledPayment) -> int:
        """How many payments were made for a schedule."""
        start = f"S-{payment.schedule_id}."
        return sum(name.startswith(start) for name in self.movements)

    def parties_refusal(self, order: PaymentOrder) -> object | None:
        """Why an order could not be paid on any day: what it costs is not asked."""
        return self.payer_reason(order) or self.destination_reason(order)


def _is_as_it_was(known: ScheduledPayment | None, seen: ScheduledPayment) -> bool:
    if known is None or known.status is not ScheduleStatus.ACTIVE:
        return False
    return known.version == seen.version
