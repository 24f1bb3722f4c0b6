"""The bank's desks of quotes, holds and schedules under watch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from fulfillment.bank.books import Hold
from fulfillment.bank.holds import Authorisation, HoldRefusal, HoldRefused
from fulfillment.bank.money import Money
from fulfillment.bank.payments import NotMade, Outcome, Receipt, TransferState, Unknown
from fulfillment.bank.scheduled_payments import ScheduledPayment, agreed, change_of
from fulfillment.bank.standing import Standing
from fulfillment.store import scheduling
from fulfillment.store.holding import Answer, HoldDesk
from fulfillment.store.schedule_runner import Run, ScheduleRunner
from fulfillment.store.scheduling import ScheduleDesk
from fulfillment.store.withdrawing import QuoteDesk
from tests.simulation.plain import Held, Paid
from tests.simulation.watching import Watch, Watcher

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

_VERIFIED = Standing()


@dataclass(frozen=True)
class WatchedQuoteDesk(QuoteDesk):
    """The production desk of quotes; what is withdrawn is announced before."""

    watcher: Watcher

    def withdraw(
        self,
        customer_id: str,
        quote_id: str,
        session_id: str,
        now: datetime,
        besides: Sequence[TransactWriteItemTypeDef] = (),
    ) -> Receipt | NotMade | Unknown:
        watch = Watch(
            f"withdraw {quote_id}",
            lambda ledger: ledger.withdraw(customer_id, quote_id, session_id),
            told_of_payment,
            # It answers that nobody knows, too, when others were in the way each time.
            may_not_know=True,
            along=besides,
        )
        return self.watcher.during(
            watch,
            lambda: QuoteDesk.withdraw(self, customer_id, quote_id, session_id, now, besides),
        )


@dataclass(frozen=True)
class WatchedHoldDesk(HoldDesk):
    """The production desk of holds; every request is announced before it is made."""

    watcher: Watcher

    def authorise(self, hold: Hold, now: datetime) -> Answer:
        watch = Watch(
            f"authorise {hold.hold_id}", lambda ledger: ledger.authorise(hold), _told_of_hold
        )
        return self.watcher.during(watch, lambda: HoldDesk.authorise(self, hold, now))

    def post(
        self,
        hold_id: str,
        now: datetime,
        amount: Money | None = None,
        consent: Sequence[TransactWriteItemTypeDef] = (),
    ) -> Answer:
        watch = _ending(f"post {hold_id}", hold_id, TransferState.POSTED, now, amount, consent)
        return self.watcher.during(
            watch, lambda: HoldDesk.post(self, hold_id, now, amount, consent)
        )

    def release(
        self, hold_id: str, now: datetime, consent: Sequence[TransactWriteItemTypeDef] = ()
    ) -> Answer:
        watch = _ending(f"release {hold_id}", hold_id, TransferState.RELEASED, now, None, consent)
        return self.watcher.during(watch, lambda: HoldDesk.release(self, hold_id, now, consent))

    def expire(self, hold_id: str, now: datetime) -> Answer:
        watch = _ending(f"expire {hold_id}", hold_id, TransferState.EXPIRED, now)
        return self.watcher.during(watch, lambda: HoldDesk.expire(self, hold_id, now))


def _ending(
    name: str,
    hold_id: str,
    state: TransferState,
    now: datetime,
    amount: Money | None = None,
    consent: Sequence[TransactWriteItemTypeDef] = (),
) -> Watch:
    return Watch(
        name,
        lambda ledger: ledger.end(hold_id, state, now, amount),
        _told_of_hold,
        along=consent,
        out_of_date=HoldRefused(HoldRefusal.NOT_CONFIRMED),
    )


@dataclass(frozen=True)
class WatchedScheduleDesk(ScheduleDesk):
    """The production desk of schedules; every yes and every end is announced before."""

    watcher: Watcher

    def set_up(
        self,
        payment: ScheduledPayment,
        session_id: str,
        now: datetime,
        standing: Standing = _VERIFIED,
    ) -> scheduling.Answer:
        name = payment.schedule_id
        watch = Watch(
            f"schedule {name}",
            lambda ledger: ledger.agree(payment, name, payment.digest, session_id, now),
            may_not_know=True,
        )
        return self.watcher.during(
            watch, lambda: ScheduleDesk.set_up(self, payment, session_id, now, standing)
        )

    def change(
        self,
        before: ScheduledPayment,
        after: ScheduledPayment,
        quote_id: str,
        session_id: str,
        now: datetime,
        standing: Standing = _VERIFIED,
    ) -> scheduling.Answer:
        digest = agreed(after.order, after.recurrence, after.zone, change_of(before))
        watch = Watch(
            f"reschedule {before.schedule_id}",
            lambda ledger: ledger.agree(after, quote_id, digest, session_id, now, before),
            may_not_know=True,
        )
        return self.watcher.during(
            watch,
            lambda: ScheduleDesk.change(self, before, after, quote_id, session_id, now, standing),
        )

    def cancel(self, payment: ScheduledPayment, now: datetime) -> scheduling.Answer:
        watch = Watch(
            f"unschedule {payment.schedule_id}",
            lambda ledger: ledger.call_off(payment),
            may_not_know=True,
        )
        return self.watcher.during(watch, lambda: ScheduleDesk.cancel(self, payment, now))


@dataclass(frozen=True)
class WatchedRunner(ScheduleRunner):
    """The production scheduler; each due day that it pays or passes over is announced before."""

    watcher: Watcher

    def _pay(self, payment: ScheduledPayment, now: datetime, done: Run) -> ScheduledPayment | None:
        watch = Watch(f"due {payment.schedule_id}", lambda ledger: ledger.pay_due(payment, now))
        return self.watcher.during(watch, lambda: ScheduleRunner._pay(self, payment, now, done))

    def _settle(
        self,
        after: ScheduledPayment,
        now: datetime,
        notices: Sequence[TransactWriteItemTypeDef] = (),
    ) -> ScheduledPayment | None:
        watch = Watch(
            f"past {after.schedule_id}", lambda ledger: ledger.pass_over(after), along=notices
        )
        return self.watcher.during(watch, lambda: ScheduleRunner._settle(self, after, now, notices))


def told_of_payment(outcome: Outcome | NotMade) -> object:
    if not isinstance(outcome, Receipt):
        return outcome
    return Paid(outcome.transfer_id, outcome.amount, outcome.fee, outcome.replayed, outcome.state)


def _told_of_hold(answer: Answer) -> object:
    if isinstance(answer, Authorisation):
        return Held(answer.state, answer.replayed)
    return answer
