"""Place holds and bring each to its one end, and give the same answer however often it is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from fulfillment.bank.books import AccountStatus, Hold
from fulfillment.bank.holds import (
    Authorisation,
    HoldRefusal,
    HoldRefused,
    digest,
    ended,
    malformed,
    may_post,
    most_that_can_be_posted,
)
from fulfillment.bank.money import Money
from fulfillment.bank.payments import TransferState, Unknown
from fulfillment.store import keys
from fulfillment.store.errors import BooksError
from fulfillment.store.hold_items import PENDING_HOLDS, read_authorisation, read_hold
from fulfillment.store.hold_transactions import (
    Ending,
    HoldStep,
    PlannedStep,
    plan_authorisation,
    plan_ending,
)
from fulfillment.store.items import read_account
from fulfillment.store.reading import Reader, due_items
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
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

    from fulfillment.store.wire import Item

Answer = Authorisation | HoldRefused | Unknown
"""The hold as it is now, why not, or that no answer came: asking again is safe."""


@dataclass(frozen=True, slots=True)
class HoldDesk:
    """Writes holds to `table`. `shard` draws the item that takes the bank's side of a posting."""

    client: DynamoDBClient
    table: str
    patience: Patience
    shard: Callable[[int], int]
    new_id: Callable[[], str]

    def authorise(self, hold: Hold, now: datetime) -> Answer:
        """Hold money on an account for a merchant, once for each hold id.

        Raises `BooksBusyError` when others wrote to the same account at every attempt.
        """
        hold = replace(hold, placed_at=hold.placed_at.astimezone(UTC).replace(microsecond=0))
        wrong = malformed(hold, now)
        if wrong is not None:
            return HoldRefused(wrong)
        ids = (hold.customer_id, hold.account_id, hold.hold_id, hold.card_id or "-")
        if hold.order is not None or not keys.addressable(*ids):
            return HoldRefused(HoldRefusal.UNKNOWN_ACCOUNT)
        attempt_id = self.new_id()
        steps = plan_authorisation(self.table, hold, now, attempt_id)
        failed = self._send(steps, attempt_id)
        if failed is None:
            return Authorisation(hold, TransferState.PENDING)
        if isinstance(failed, Lost) or failed[0] is HoldStep.RECORD_OF_IT:
            return self._known(hold, attempt_id)
        return HoldRefused(*_why_not_authorised(hold, *failed))

    def find(self, hold_id: str) -> Authorisation | None:
        """The record of a hold, whatever has become of it, or None when there never was one."""
        item = keys.addressable(hold_id) and Reader(self.client, self.table).one(
            keys.transfer(hold_id)
        )
        return read_authorisation(item) if item else None

    def post(
        self,
        hold_id: str,
        now: datetime,
        amount: Money | None = None,
        consent: Sequence[TransactWriteItemTypeDef] = (),
    ) -> Answer:
        """Take the money: all that was held, or `amount` of it, which gives the rest back.

        A payment's fee is taken besides its amount. `consent` is written along with it, or nothing
        is: `NOT_CONFIRMED` when one of its conditions does not hold. Raises `BooksBusyError` as
        `authorise` does.
        """
        known = self.find(hold_id)
        if known is None:
            return HoldRefused(HoldRefusal.UNKNOWN)
        if known.state is not TransferState.PENDING:
            return ended(known, TransferState.POSTED, amount)
        taken = amount if amount is not None else most_that_can_be_posted(known.hold)
        refused = may_post(known, taken)
        return refused or self._end(known, TransferState.POSTED, now, taken, consent)

    def release(
        self, hold_id: str, now: datetime, consent: Sequence[TransactWriteItemTypeDef] = ()
    ) -> Answer:
        """Give back all that is held, before any of it was taken. `consent` as in `post`."""
        return self._give_back(hold_id, TransferState.RELEASED, now, consent)

    def expire(self, hold_id: str, now: datetime) -> Answer:
        """Give back a hold that nobody asked for in time. Safe to run twice, and beside `post`."""
        return self._give_back(hold_id, TransferState.EXPIRED, now, ())

    def due(self, now: datetime) -> Iterator[Hold]:
        """Open holds whose time is over: an index's view, which may lag behind the books."""
        for item in due_items(self.client, self.table, PENDING_HOLDS, now):
            yield read_hold(item)

    def _give_back(
        self,
        hold_id: str,
        state: TransferState,
        now: datetime,
        consent: Sequence[TransactWriteItemTypeDef],
    ) -> Answer:
        known = self.find(hold_id)
        if known is None:
            return HoldRefused(HoldRefusal.UNKNOWN)
        if known.state is not TransferState.PENDING:
            return ended(known, state)
        return self._end(known, state, now, None, consent)

    def _end(
        self,
        known: Authorisation,
        state: TransferState,
        now: datetime,
        taken: Money | None,
        consent: Sequence[TransactWriteItemTypeDef] = (),
    ) -> Answer:
        attempt_id = self.new_id()
        shard = self.shard(keys.SHARDS)
        zone = "UTC"
        if taken is not None:
            zone = Reader(self.client, self.table).zone_of(known.hold.customer_id)
        ending = Ending(known.hold, state, now, attempt_id, taken, shard, zone, tuple(consent))
        failed = self._send(plan_ending(self.table, ending), attempt_id)
        if failed is None:
            posted = ending.paid if taken is not None else None
            return Authorisation(known.hold, state, posted, now)
        if isinstance(failed, Lost):
            return self._after_silence(ending)
        step, item = failed
        if step is HoldStep.CONSENT:
            return HoldRefused(HoldRefusal.NOT_CONFIRMED)
        if step is HoldStep.DESTINATION:
            return HoldRefused(HoldRefusal.DESTINATION_NOT_ACTIVE)
        found = read_authorisation(item) if step is HoldStep.RECORD_OF_IT and item else None
        if found is None:
            raise BooksError(f"a hold's {step.name.lower()} is not as its record says")
        if found.state is TransferState.PENDING:
            # It is too late to post it, or too soon to let it expire.
            too_late = state is TransferState.POSTED
            reason = HoldRefusal.EXPIRED if too_late else HoldRefusal.SETTLED
            return HoldRefused(reason, state=found.state)
        return ended(found, state, taken)

    def _after_silence(self, ending: Ending) -> Answer:
        unknown = Unknown(ending.hold.hold_id)
        try:
            item = Reader(self.client, self.table).one(keys.transfer(ending.hold.hold_id))
        except NO_ANSWER:
            return unknown
        found = read_authorisation(item) if item else None
        if item is None or found is None or found.state is TransferState.PENDING:
            return unknown
        if Record(item).optional_text("ending") == ending.attempt_id:
            return found
        return ended(found, ending.state, ending.taken)

    def _known(self, hold: Hold, attempt_id: str) -> Answer:
        """The answer that the record holds to an authorisation that may have been made."""
        try:
            item = Reader(self.client, self.table).one(keys.transfer(hold.hold_id))
        except NO_ANSWER:
            return Unknown(hold.hold_id)
        if item is None:
            return Unknown(hold.hold_id)
        record = Record(item)
        found = read_authorisation(item, replayed=record.text("attempt") != attempt_id)
        if found is None or record.text("dg") != digest(hold):
            return HoldRefused(HoldRefusal.CHANGED)
        return found

    def _send(
        self, steps: Sequence[PlannedStep], token: str
    ) -> Lost | tuple[HoldStep, Item | None] | None:
        """None when it is written, else that no answer came, or the step that failed first."""
        sent = send(self.client, [item for _, item in steps], token, self.patience)
        if isinstance(sent, Committed):
            return None
        if isinstance(sent, Lost):
            return sent
        return _first_failure([step for step, _ in steps], sent.reasons)


def _first_failure(
    steps: Sequence[HoldStep], reasons: Sequence[Reason]
) -> tuple[HoldStep, Item | None]:
    for step, reason in zip(steps, reasons, strict=False):
        if reason.code == CONDITION_FAILED:
            return step, reason.item
    raise BooksError("a hold was cancelled without a reason")


def _why_not_authorised(
    hold: Hold, step: HoldStep, item: Item | None
) -> tuple[HoldRefusal, Money | None]:
    if step is HoldStep.CARD:
        return HoldRefusal.CARD_NOT_ACTIVE, None
    if step is not HoldStep.ACCOUNT:
        raise BooksError("a pending line of this hold is already there")
    if item is None:
        return HoldRefusal.UNKNOWN_ACCOUNT, None
    account = read_account(item)
    if account.status is not AccountStatus.ACTIVE:
        return HoldRefusal.ACCOUNT_NOT_ACTIVE, None
    if account.posted.currency != hold.amount.currency:
        return HoldRefusal.CURRENCY_MISMATCH, None
    return HoldRefusal.INSUFFICIENT_FUNDS, account.available
