"""The desk's cases: opened once for each event, changed under a version, each change on record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from fulfillment.bank.analyst_cases import Act, DeskCase, DeskState
from fulfillment.bank.money import Money
from fulfillment.store import keys
from fulfillment.store.errors import BooksUnreachableError
from fulfillment.store.reading import AFTER, Reader, due_items
from fulfillment.store.sending import Cancelled, Committed, Patience, send
from fulfillment.store.wire import Record, encode
from fulfillment.store.writes import put_new

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

    from fulfillment.store.wire import Item, MutableItem

OPEN_CASES = "desk"
"""The queues of the index that hold cases nobody has escalated, by their deadline."""
_LATEST = 50


@dataclass(frozen=True, slots=True)
class CaseEntry:
    """One line of a case's record: who did what and when, and how the case stood before and after.

    `entry_id` is the click's or event's own id, so that a retry writes nothing twice. `told`: the
    thread has it.
    """

    entry_id: str
    at: datetime
    by: str
    what: str
    before: str = ""
    after: str = ""
    note: str = ""
    told: bool = False
    version: int = 0


@dataclass(frozen=True, slots=True)
class DeskCases:
    """Reads and writes cases in `table`. Every method may raise botocore's own errors."""

    client: DynamoDBClient
    table: str
    patience: Patience

    def open(self, case: DeskCase) -> bool:
        """Put a new case on the desk; False when it was there already.

        Raises `BooksUnreachableError` when no answer came; opening it again is safe.
        """
        # The same event told at another time makes another content, which a token known to DynamoDB
        # would not stand for.
        return self._sent(self.open_writes(case), uuid4().hex)

    def open_writes(self, case: DeskCase) -> list[TransactWriteItemTypeDef]:
        """What `open` writes, for the transaction of what the case is about."""
        entry = CaseEntry("opened", case.opened_at, "event", "open", after=case.state)
        return [put_new(self.table, _item(case)), self.entry_put(case, entry)]

    def find(self, customer_id: str, case_id: str) -> DeskCase | None:
        """The case as it is now. One read."""
        if not keys.addressable(case_id) or (customer_id and not keys.addressable(customer_id)):
            return None
        item = Reader(self.client, self.table).one(keys.desk_case(customer_id, case_id))
        return _read(item) if item else None

    def of_customer(self, customer_id: str) -> list[DeskCase]:
        """The customer's latest cases. One query."""
        partition = keys.desk_partition(customer_id)
        found = Reader(self.client, self.table).between(
            partition, "Y#", f"Y#{AFTER}", page_size=_LATEST
        )
        return [_read(item) for item, _ in zip(found, range(_LATEST), strict=False)]

    def change_writes(
        self, before: DeskCase, after: DeskCase, entry: CaseEntry
    ) -> list[TransactWriteItemTypeDef]:
        """The writes of a change: both fail when the case was changed meanwhile, or by this very
        entry.
        """
        item = _item(after)
        put: TransactWriteItemTypeDef = {
            "Put": {
                "TableName": self.table,
                "Item": item,
                "ConditionExpression": "ver = :before",
                "ExpressionAttributeValues": encode({":before": before.version}),
                "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
            }
        }
        return [put, self.entry_put(after, entry)]

    def entry_put(self, case: DeskCase, entry: CaseEntry) -> TransactWriteItemTypeDef:
        """One line of the record."""
        key = keys.desk_entry(case.customer_id, case.case_id, entry.entry_id)
        fields = {
            "at": keys.exact_instant(entry.at),
            "by": entry.by,
            "what": entry.what,
            "before": entry.before or None,
            "after": entry.after or None,
            "note": entry.note or None,
            "ver": case.version,
        }
        return put_new(self.table, encode({**key, **fields}))

    def entry(self, case: DeskCase, entry_id: str) -> CaseEntry | None:
        """One line of the record, or None. One read."""
        key = keys.desk_entry(case.customer_id, case.case_id, entry_id)
        item = Reader(self.client, self.table).one(key)
        return _read_entry(item) if item else None

    def write(self, items: Sequence[TransactWriteItemTypeDef], token: str) -> bool:
        """Send writes together; False when one of their conditions did not hold.

        Raises `BooksUnreachableError` when no answer came.
        """
        return self._sent(items, token)

    def history(self, case: DeskCase) -> list[CaseEntry]:
        """The whole record of a case, oldest first. One query."""
        first = keys.desk_entry(case.customer_id, case.case_id, "")
        found = Reader(self.client, self.table).between(
            first["PK"], first["SK"], f"{first['SK']}{AFTER}"
        )
        return sorted((_read_entry(item) for item in found), key=_order)

    def told(self, case: DeskCase, entry_id: str) -> None:
        """Note that a line of the record stands in the thread."""
        self.client.update_item(
            TableName=self.table,
            Key=encode(keys.desk_entry(case.customer_id, case.case_id, entry_id)),
            UpdateExpression="SET told = :yes",
            ConditionExpression="attribute_exists(PK)",
            ExpressionAttributeValues=encode({":yes": True}),
        )

    def due(self, now: datetime) -> Iterator[DeskCase]:
        """Cases whose deadline has passed and that nobody escalated: an index's view."""
        for item in due_items(self.client, self.table, OPEN_CASES, now):
            yield _read(item)

    def _sent(self, items: Sequence[TransactWriteItemTypeDef], token: str) -> bool:
        sent = send(self.client, list(items), token[:36], self.patience)
        if isinstance(sent, Committed):
            return True
        if isinstance(sent, Cancelled):
            return False
        raise BooksUnreachableError("no answer about a change of a case")


def case_of_entry(partition: str, sort: str) -> tuple[str, str] | None:
    """The customer and the case whose record has a line at this key; None for any other key."""
    letters, _, rest = sort.partition("#")
    if letters != "YE" or not partition.startswith("C#"):
        return None
    return keys.desk_customer(partition), rest.partition("#")[0]


def _item(case: DeskCase) -> MutableItem:
    waits = not case.state.is_final and not case.escalated
    amount = case.amount
    return encode(
        {
            **keys.desk_case(case.customer_id, case.case_id),
            "kind": case.kind,
            "sev": case.severity,
            "evt": case.event,
            "at": keys.exact_instant(case.opened_at),
            "deadline": keys.exact_instant(case.deadline),
            "st": case.state,
            "pid": case.payment_id,
            "amt": amount.minor if amount else None,
            "ccy": amount.currency if amount else None,
            "is_held": case.is_held,
            "owner": case.owner,
            "approved": case.approved_by,
            "taken": case.taken_over_by,
            "asked": case.asked,
            "question": case.question,
            "singled_out": case.singled_out,
            "frozen": case.cards_frozen,
            "escalated": case.escalated,
            "ended_by": case.ended_by,
            "ended_how": case.ended_how,
            "ver": case.version,
            "G1PK": keys.due(OPEN_CASES, keys.queue_of(case.case_id)) if waits else None,
            "G1SK": keys.exact_instant(case.deadline) if waits else None,
        }
    )


def _read(item: Item) -> DeskCase:
    record = Record(item)
    how = record.optional_text("ended_how")
    return DeskCase(
        case_id=record.tail("SK"),
        customer_id=keys.desk_customer(record.text("PK")),
        kind=record.text("kind"),
        severity=record.text("sev"),
        event=record.text("evt"),
        opened_at=keys.moment(record.text("at")),
        deadline=keys.moment(record.text("deadline")),
        state=DeskState(record.text("st")),
        payment_id=record.optional_text("pid"),
        amount=Money(record.number("amt"), record.text("ccy")) if "amt" in item else None,
        is_held=record.flag("is_held"),
        owner=record.optional_text("owner"),
        approved_by=record.optional_text("approved"),
        taken_over_by=record.optional_text("taken"),
        asked=record.flag("asked"),
        question=record.number_or_zero("question") or None,
        singled_out=record.number_or_zero("singled_out") or None,
        cards_frozen=record.flag("frozen"),
        escalated=record.flag("escalated"),
        ended_by=record.optional_text("ended_by"),
        ended_how=Act(how) if how else None,
        version=record.number("ver"),
    )


def _order(entry: CaseEntry) -> tuple[datetime, int, bool]:
    """In time; of one instant, changes by the version they made and refusals after them."""
    return entry.at, entry.version, entry.note.startswith("refused")


def _read_entry(item: Item) -> CaseEntry:
    record = Record(item)
    return CaseEntry(
        entry_id=record.tail("SK"),
        at=keys.moment(record.text("at")),
        by=record.text("by"),
        what=record.text("what"),
        before=record.optional_text("before") or "",
        after=record.optional_text("after") or "",
        note=record.optional_text("note") or "",
        told=record.flag_or_false("told"),
        version=record.number_or_zero("ver"),
    )
