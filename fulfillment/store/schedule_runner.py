"""Pays what is due today: each due day once, whoever runs it, however often and after whatever.

The transfer of a due day has one id that follows from the schedule and the day, and the very
transaction that pays moves the schedule on, if it is still as it was read and active. So two
schedulers, a retry, a change or a cancellation at the same moment leave one winner.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from fulfillment.bank.limits import Limits
from fulfillment.bank.notices import MissedPayment
from fulfillment.bank.payments import PaymentOrder, Refusal, Refused
from fulfillment.bank.rules import malformed
from fulfillment.bank.scheduled_payments import (
    ScheduledPayment,
    ScheduleStatus,
    after_failing,
    after_paying,
    gives_up,
    passed_over,
    transfer_id,
)
from fulfillment.store import keys
from fulfillment.store.companions import ALONE, Companions
from fulfillment.store.diagnosis import diagnose
from fulfillment.store.errors import BooksError
from fulfillment.store.notices import announce
from fulfillment.store.reading import Reader, due_items
from fulfillment.store.schedule_items import DUE_SCHEDULES, read_schedule
from fulfillment.store.schedule_transactions import plan_end, replace_active
from fulfillment.store.sending import CONDITION_FAILED, Committed, Lost, Patience, send
from fulfillment.store.transactions import Payment, Step, plan
from fulfillment.store.wire import Record

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

    from fulfillment.store.books import Books

_MOST_MADE_UP_FOR = 60
"""How many due days of one schedule one run makes up for; the next run goes on."""


@dataclass(slots=True)
class Run:
    """How many due days were `paid`, put off to be `retried`, `missed` for good, found `already`
    settled by somebody else, and `left` for the next run.
    """

    paid: int = 0
    retried: int = 0
    missed: int = 0
    already: int = 0
    left: int = 0

    def as_json(self) -> dict[str, int]:
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True, slots=True)
class DueRuling:
    """What a judge makes of a due payment: it goes with its `companions`, is only held with
    `hold_until`, or is not made when it is `blocked`, and these are written of it.
    """

    companions: Companions = ALONE
    hold_until: datetime | None = None
    blocked: tuple[TransactWriteItemTypeDef, ...] | None = None


PASSED = DueRuling()
DueJudge = Callable[[PaymentOrder, str, datetime, str], DueRuling]
"""Judges an order by its transfer's id, the time and the customer's zone."""


def unjudged(*_: object) -> DueRuling:
    """Nobody judges: every due payment is paid."""
    return PASSED


@dataclass(frozen=True, slots=True)
class ScheduleRunner:
    """Pays scheduled payments in `table`, under the same limits as any other payment, as `judge`
    rules on each.
    """

    client: DynamoDBClient
    table: str
    limits: Limits
    patience: Patience
    shard: Callable[[int], int]
    new_id: Callable[[], str]
    judge: DueJudge

    @classmethod
    def of(cls, books: Books, judge: DueJudge = unjudged) -> ScheduleRunner:
        """The runner of these books."""
        chance = books.chance
        return cls(
            books.client, books.table, books.standing_limits, books.patience,
            chance.shard, chance.new_id, judge,
        )  # fmt: skip

    def run(self, now: datetime, may_go_on: Callable[[], bool] = lambda: True) -> Run:
        """Pay all that is due at `now`. A schedule that fails does not stop the others."""
        done = Run()
        for seen in self._due(now):
            if not may_go_on():
                done.left += 1
                continue
            try:
                self._run_one(seen, now, done, may_go_on)
            except (BooksError, BotoCoreError, ClientError):
                done.left += 1
        return done

    def _due(self, now: datetime) -> Iterator[ScheduledPayment]:
        for item in due_items(self.client, self.table, DUE_SCHEDULES, now):
            yield read_schedule(item)

    def _run_one(
        self, seen: ScheduledPayment, now: datetime, done: Run, may_go_on: Callable[[], bool]
    ) -> None:
        # The index may lag behind: what is done is decided by the schedule as it is now.
        item = Reader(self.client, self.table).one(
            keys.schedule(seen.customer_id, seen.schedule_id)
        )
        payment = read_schedule(item) if item else None
        if payment is None or not _is_due(payment, now):
            done.already += 1
            return
        for _ in range(_MOST_MADE_UP_FOR):
            payment = self._pay(payment, now, done)
            if payment is None or not _is_due(payment, now):
                return
            if not may_go_on():
                break
        done.left += 1

    def _pay(self, payment: ScheduledPayment, now: datetime, done: Run) -> ScheduledPayment | None:
        """One due day; the schedule as it is then, or None when there is no more to do now."""
        due = payment.due
        if due is None:
            raise BooksError("a schedule is waiting for no day")
        wrong = malformed(payment.order)
        if wrong is not None:
            raise BooksError(f"a schedule's order is {wrong}")
        after = after_paying(payment)
        payment_id = transfer_id(payment.schedule_id, due)
        ruling = self.judge(payment.order, payment_id, now, payment.zone)
        if ruling.blocked is not None:
            refusal = Refused(Refusal.SUSPECTED_FRAUD)
            return self._fail(payment, refusal, now, done, ruling.blocked)
        attempt = Payment(
            transfer_id=payment_id,
            order=payment.order,
            session_id=payment.schedule_id,
            now=now,
            limit=self.limits.ceiling(payment.order.kind, payment.order.amount.currency),
            shard=self.shard(keys.SHARDS),
            attempt_id=self.new_id(),
            zone=payment.zone,
            hold_until=ruling.hold_until,
            consent=replace_active(self.table, after),
            companions=ruling.companions,
        )
        planned = plan(self.table, attempt)
        sent = send(self.client, [item for _, item in planned], attempt.attempt_id, self.patience)
        if isinstance(sent, Committed):
            done.paid += 1
            return after
        if isinstance(sent, Lost):
            # The next run finds out: either the schedule has moved on, or it is due still.
            done.left += 1
            return None
        failed = [step for (step, _), reason in zip(planned, sent.reasons, strict=False)
                  if reason.code == CONDITION_FAILED]  # fmt: skip
        if failed[0] is Step.QUOTE:
            done.already += 1
            return None
        if failed[0] is Step.TRANSFER:
            self._raise_unless_own(payment, payment_id)
            done.already += 1
            return self._settle(passed_over(payment), now)
        if failed[0] is Step.COMPANION:
            # Somebody was counted in between: the next run judges it with that one known.
            done.left += 1
            return None
        refused = diagnose(attempt, [step for step, _ in planned], sent.reasons)
        if not isinstance(refused, Refused):
            raise BooksError("a scheduled payment was refused without a reason")
        return self._fail(payment, refused, now, done)

    def _raise_unless_own(self, payment: ScheduledPayment, payment_id: str) -> None:
        """The day's id is taken: by this schedule's own payment, or else no day is passed over."""
        item = Reader(self.client, self.table).one(keys.transfer(payment_id))
        record = Record(item) if item else None
        owner = (record.text("cid"), record.optional_text("sid")) if record else None
        if owner != (payment.customer_id, payment.schedule_id):
            raise BooksError("the id of a due payment is that of another movement")

    def _fail(
        self,
        payment: ScheduledPayment,
        refused: Refused,
        now: datetime,
        done: Run,
        record: Sequence[TransactWriteItemTypeDef] = (),
    ) -> ScheduledPayment | None:
        after = after_failing(payment, refused.reason, now)
        notices: Sequence[TransactWriteItemTypeDef] = ()
        if gives_up(payment, after):
            notices = announce(self.table, _notice(payment, after, refused, now))
        settled = self._settle(after, now, [*record, *notices])
        if settled is None:
            done.already += 1
        elif notices:
            done.missed += 1
        else:
            done.retried += 1
        return settled

    def _settle(
        self,
        after: ScheduledPayment,
        now: datetime,
        notices: Sequence[TransactWriteItemTypeDef] = (),
    ) -> ScheduledPayment | None:
        """Store what became of a due day that was not paid; None when somebody was faster."""
        steps = plan_end(self.table, after, now, self.new_id())
        items = [*(item for _, item in steps), *notices]
        sent = send(self.client, items, self.new_id(), self.patience)
        return after if isinstance(sent, Committed) else None


def _is_due(payment: ScheduledPayment, now: datetime) -> bool:
    waits = payment.next_try
    return payment.status is ScheduleStatus.ACTIVE and waits is not None and waits <= now


def _notice(
    payment: ScheduledPayment, after: ScheduledPayment, refused: Refused, now: datetime
) -> MissedPayment:
    return MissedPayment(
        notice_id=f"{payment.schedule_id}.{payment.index}",
        customer_id=payment.customer_id,
        at=now,
        amount=payment.order.amount,
        to=payment.order.destination_name,
        due=payment.due or payment.recurrence.start,
        reason=refused.reason,
        goes_on=after.status is ScheduleStatus.ACTIVE,
    )
