"""Counters by name on items, added to once for each event, however often it is delivered.

An event has an item of its own that must not be there yet; it is written in the same transaction
as what the event adds, so a redelivered event adds nothing. (The transaction's own token would
remember for ten minutes only.) One BatchGetItem reads, one TransactWriteItems writes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import uuid4

from fulfillment.store.errors import BooksUnreachableError
from fulfillment.store.keys import Key
from fulfillment.store.sending import (
    CONDITION_FAILED,
    NO_ANSWER,
    Cancelled,
    Committed,
    Patience,
    send,
)
from fulfillment.store.wire import decode_value, encode, encode_value
from fulfillment.store.writes import put_new

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

    from fulfillment.store.wire import Item, MutableItem

Counters = Mapping[str, int]
LAST_AT = "lt"
_KEY_NAMES = frozenset({"PK", "SK"})


@dataclass(frozen=True, slots=True)
class Tally:
    """What is added to one item: numbers by name, a later `last_at`, and names to take away."""

    key: Key
    add: Counters
    last_at: int | None = None
    forget: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CounterTable:
    """The counters and events of `table`."""

    client: DynamoDBClient
    table: str
    patience: Patience = field(default_factory=Patience)
    new_token: Callable[[], str] = lambda: uuid4().hex

    def read(self, keys: Sequence[Key]) -> list[dict[str, int]]:
        """The counters of each key, in order: none for an item that is not there.

        Raises `BooksUnreachableError`.
        """
        return [counters_in(item) for item in self.items(keys)]

    def items(self, keys: Sequence[Key]) -> list[Item]:
        """The item of each key, in order, empty where there is none. One BatchGetItem.

        Raises `BooksUnreachableError`.
        """
        found: dict[tuple[str, str], Item] = {}
        wanted = [encode(key) for key in {tuple(key.items()): key for key in keys}.values()]
        for attempt in range(self.patience.attempts):
            if attempt:
                self.patience.pause(attempt - 1)
            try:
                response = self.client.batch_get_item(
                    RequestItems={self.table: {"Keys": wanted, "ConsistentRead": True}}
                )
            except NO_ANSWER as fault:
                raise BooksUnreachableError("the counters could not be read") from fault
            for item in response["Responses"].get(self.table, ()):
                found[item["PK"]["S"], item["SK"]["S"]] = item
            # What a busy table left out is asked for again.
            left = response.get("UnprocessedKeys", {}).get(self.table)
            if not left:
                return [found.get((key["PK"], key["SK"]), {}) for key in keys]
            wanted = [dict(key) for key in left["Keys"]]
        raise BooksUnreachableError("the counters could not be read: the table is busy")

    def record(self, event: MutableItem, tallies: Sequence[Tally]) -> Item | None:
        """Write the event and add its tallies; None, or the event as it was recorded before.

        Raises `StaleTallyError` when an item has meanwhile seen something later, and
        `BooksBusyError` or `BooksUnreachableError`: recording it again is safe in any case.
        """
        items = self.writes(event, tallies)
        sent = send(self.client, items, self.new_token(), self.patience)
        if isinstance(sent, Committed):
            return None
        if isinstance(sent, Cancelled):
            known = sent.reasons[0]
            if known.code == CONDITION_FAILED:
                return known.item or self.event(_key(event))
            raise StaleTallyError("another payment was counted first")
        recorded = self.event(_key(event))
        if recorded is None:
            raise BooksUnreachableError("the event was not recorded")
        return recorded

    def writes(
        self, event: MutableItem, tallies: Sequence[Tally] = ()
    ) -> list[TransactWriteItemTypeDef]:
        """What `record` writes, for a transaction of somebody else's."""
        return [put_new(self.table, event), *(_addition(self.table, tally) for tally in tallies)]

    def amend(self, change: TransactWriteItemTypeDef, tallies: Sequence[Tally]) -> bool:
        """Make a conditional change of an event and add its tallies; False if the event is not as
        the condition wants it. Raises as `record` does."""
        items = [change, *(_addition(self.table, tally) for tally in tallies)]
        sent = send(self.client, items, self.new_token(), self.patience)
        if isinstance(sent, Committed):
            return True
        if isinstance(sent, Cancelled):
            return False
        raise BooksUnreachableError("nobody answered whether the change was written")

    def event(self, key: Key) -> Item | None:
        """An event as it is recorded. Raises `BooksUnreachableError`."""
        try:
            answer = self.client.get_item(
                TableName=self.table, Key=encode(key), ConsistentRead=True
            )
        except NO_ANSWER as fault:
            raise BooksUnreachableError("the event could not be read") from fault
        return answer.get("Item")


class StaleTallyError(Exception):
    """A tally was made from counters that somebody has moved on since: read them again."""


def _addition(table: str, tally: Tally) -> TransactWriteItemTypeDef:
    """One update. Names are placeholders throughout: counters are called what events call them."""
    names = {f"#a{n}": name for n, name in enumerate(tally.add)}
    values = {f":a{n}": encode_value(amount) for n, amount in enumerate(tally.add.values())}
    parts = ["ADD " + ", ".join(f"#a{n} :a{n}" for n in range(len(tally.add)))]
    if tally.forget:
        names |= {f"#r{n}": name for n, name in enumerate(tally.forget)}
        parts.append("REMOVE " + ", ".join(f"#r{n}" for n in range(len(tally.forget))))
    if tally.last_at is None:
        return {
            "Update": {
                "TableName": table,
                "Key": encode(tally.key),
                "UpdateExpression": " ".join(parts),
                "ExpressionAttributeNames": names,
                "ExpressionAttributeValues": values,
            }
        }
    names["#lt"] = LAST_AT
    values[":lt"] = encode_value(tally.last_at)
    return {
        "Update": {
            "TableName": table,
            "Key": encode(tally.key),
            "UpdateExpression": " ".join([*parts, "SET #lt = :lt"]),
            # It only ever grows, whoever writes first.
            "ConditionExpression": "attribute_not_exists(#lt) OR #lt < :lt",
            "ExpressionAttributeNames": names,
            "ExpressionAttributeValues": values,
        }
    }


def counters_in(item: Item) -> dict[str, int]:
    """The counters of an item: its whole numbers, by name."""
    read = {name: decode_value(value) for name, value in item.items() if name not in _KEY_NAMES}
    return {name: value for name, value in read.items() if isinstance(value, int)}


def _key(item: MutableItem) -> Key:
    return {"PK": item["PK"]["S"], "SK": item["SK"]["S"]}
