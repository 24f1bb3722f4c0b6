"""Reverse a booked movement once, in one transaction that books its lines the other way round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum, auto
from typing import TYPE_CHECKING

from fulfillment.bank.books import AccountStatus
from fulfillment.bank.payments import TransferState, Unknown
from fulfillment.bank.reversals import Reversal, ReversalRefusal, ReversalRefused, reversal_id
from fulfillment.store import keys
from fulfillment.store.errors import BooksError
from fulfillment.store.items import read_account
from fulfillment.store.payment_items import audit_item
from fulfillment.store.reading import Reader
from fulfillment.store.reversal_items import (
    REVERSAL,
    Lines,
    opposite_lines,
    read_reversal,
    reversal_item,
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
from fulfillment.store.writes import book, check, put_new, update

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

    from fulfillment.store.wire import Item


class _Step(Enum):
    RECORD = auto()
    ORIGINAL = auto()
    PAID_BACK = auto()
    TAKEN_BACK = auto()
    CONSEQUENCE = auto()


_PlannedStep = tuple[_Step, "TransactWriteItemTypeDef"]


@dataclass(frozen=True, slots=True)
class Corrector:
    """Writes reversals to `table`; `shard` takes the bank's side."""

    client: DynamoDBClient
    table: str
    patience: Patience
    shard: int
    attempt_id: str

    def reverse(
        self, transfer_id: str, reason: str, by: str, now: datetime
    ) -> Reversal | ReversalRefused | Unknown:
        """Book the opposite of `transfer_id`, once; asking again tells the first reversal.

        `by` is who decided it and `reason` why, in the bank's words: both stay in the record.
        """
        original = self._item(transfer_id) if keys.addressable(transfer_id) else None
        if original is None:
            return ReversalRefused(ReversalRefusal.UNKNOWN)
        record = Record(original)
        if record.text("kind") == REVERSAL:
            return ReversalRefused(ReversalRefusal.IS_A_REVERSAL)
        if record.text("st") != TransferState.POSTED:
            return ReversalRefused(ReversalRefusal.NOT_POSTED)
        booked_at = now.astimezone(UTC).replace(microsecond=0)
        decided = {"why": reason, "by": by, "attempt": self.attempt_id}
        item = reversal_item(original, booked_at, decided)
        lines = opposite_lines(original, booked_at, self.shard)
        steps = self._plan(record, transfer_id, item, lines, now)
        sent = send(self.client, [one for _, one in steps], self.attempt_id, self.patience)
        if isinstance(sent, Committed):
            return read_reversal(item, replayed=False)
        if isinstance(sent, Lost):
            return self._recorded(transfer_id)
        return self._why_not(transfer_id, [step for step, _ in steps], sent.reasons)

    def _plan(
        self, record: Record, transfer_id: str, item: Item, lines: Lines, now: datetime
    ) -> list[_PlannedStep]:
        customer_id, source = record.text("cid"), record.text("src")
        steps: list[_PlannedStep] = [
            (_Step.RECORD, put_new(self.table, dict(item))),
            (
                _Step.ORIGINAL,
                check(
                    self.table,
                    keys.transfer(transfer_id),
                    "st = :posted",
                    {":posted": TransferState.POSTED},
                ),
            ),
        ]
        sums: dict[str, int] = {}
        for line in lines[0]:
            sums[line.account_id] = sums.get(line.account_id, 0) + line.amount.minor
        # The account that is paid back comes first: whose money is missing is the second question.
        for account_id in sorted(sums, key=lambda name: name != source):
            step = _Step.PAID_BACK if sums[account_id] > 0 else _Step.TAKEN_BACK
            change = self._change(
                customer_id, account_id, sums[account_id], reversal_id(transfer_id)
            )
            steps.append((step, change))
        entry = audit_item(
            customer_id,
            now,
            self.attempt_id,
            REVERSAL,
            reversal_id(transfer_id),
            of=transfer_id,
        )
        zone = Reader(self.client, self.table).zone_of(customer_id)
        records = [*book(self.table, *lines, zone), put_new(self.table, entry)]
        return [*steps, *((_Step.CONSEQUENCE, one) for one in records)]

    def _change(
        self, customer_id: str, account_id: str, minor: int, transfer_id: str
    ) -> TransactWriteItemTypeDef:
        """A frozen account may be corrected, a closed one not, nor one that is gone; nothing is
        taken below zero.
        """
        condition = "attribute_exists(st) AND st <> :closed"
        values: dict[str, str | int | bool | None] = {
            ":amount": minor,
            ":one": 1,
            ":transfer": transfer_id,
            ":closed": AccountStatus.CLOSED,
        }
        if minor < 0:
            condition += " AND avail >= :taken"
            values[":taken"] = -minor
        return update(
            self.table,
            keys.account(customer_id, account_id),
            "SET avail = avail + :amount, posted = posted + :amount, ver = ver + :one,"
            " lt = :transfer",
            values,
            condition=condition,
        )

    def _why_not(
        self, transfer_id: str, steps: Sequence[_Step], reasons: Sequence[Reason]
    ) -> Reversal | ReversalRefused | Unknown:
        failed = zip(steps, reasons, strict=False)
        step, item = next((s, r.item) for s, r in failed if r.code == CONDITION_FAILED)
        if step is _Step.RECORD:
            return self._recorded(transfer_id)
        if step is _Step.ORIGINAL:
            return ReversalRefused(ReversalRefusal.NOT_POSTED)
        if step is _Step.CONSEQUENCE or item is None:
            raise BooksError("a movement's accounts or lines are not as its record says")
        account = read_account(item)
        if account.status is AccountStatus.CLOSED:
            return ReversalRefused(ReversalRefusal.ACCOUNT_CLOSED)
        return ReversalRefused(ReversalRefusal.MONEY_IS_SPENT, available=account.available)

    def _recorded(self, transfer_id: str) -> Reversal | Unknown:
        try:
            item = self._item(reversal_id(transfer_id))
        except NO_ANSWER:
            return Unknown(transfer_id)
        if item is None:
            return Unknown(transfer_id)
        return read_reversal(item, replayed=Record(item).text("attempt") != self.attempt_id)

    def _item(self, transfer_id: str) -> Item | None:
        return Reader(self.client, self.table).one(keys.transfer(transfer_id))
