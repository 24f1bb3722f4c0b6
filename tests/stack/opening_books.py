"""The bank's table as it was opened, and the way back to it after a test changed it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from tests.running_bank import RunningBank
from tests.stack.ledger_view import books_of
from tests.stack.settling import Settling

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

_A_BATCH = 25
"""Writes that one BatchWriteItem takes."""


class OpeningBooks:
    """Hears every change of a bank that was just opened by the table's stream, and undoes it.

    What that costs follows from what a test changed, and not from how much the bank holds.
    """

    def __init__(self, bank: RunningBank) -> None:
        self._settling = Settling(bank)
        self._client: DynamoDBClient = bank.aws("dynamodb")
        self._table = books_of(bank).table
        self._streams: Any = bank.aws("dynamodbstreams")
        table = self._client.describe_table(TableName=self._table)["Table"]
        stream = table["LatestStreamArn"]
        found = self._streams.describe_stream(StreamArn=stream)["StreamDescription"]["Shards"]
        assert len(found) == 1, "one shard tells the order of all changes"
        self._position: str = self._streams.get_shard_iterator(
            StreamArn=stream, ShardId=found[0]["ShardId"], ShardIteratorType="LATEST"
        )["ShardIterator"]

    def restore(self) -> None:
        """Take away what was added since, and put back what was changed or removed; what the bank
        does of itself after a change is waited for, and undone as well.
        """
        first_seen: dict[tuple[str, str], Mapping[str, Any]] = {}
        for change in self._settled_changes():
            key = change["Keys"]["PK"]["S"], change["Keys"]["SK"]["S"]
            first_seen.setdefault(key, change)
        writes = [_undoing(change) for change in first_seen.values()]
        for start in range(0, len(writes), _A_BATCH):
            batch: Any = {self._table: writes[start : start + _A_BATCH]}
            answer = self._client.batch_write_item(RequestItems=batch)
            assert not answer["UnprocessedItems"]
        list(self._changes())  # those just made are none to undo

    def _settled_changes(self) -> Iterator[Mapping[str, Any]]:
        """Every change since the last call, in order, with those that follow from them."""
        found = list(self._changes())
        while any(self._settling.is_followed(change) for change in found):
            yield from (change["dynamodb"] for change in found)
            self._settling.wait()
            found = list(self._changes())
        yield from (change["dynamodb"] for change in found)

    def _changes(self) -> Iterator[Mapping[str, Any]]:
        while True:
            page = self._streams.get_records(ShardIterator=self._position)
            self._position = page["NextShardIterator"]
            if not page["Records"]:
                return
            yield from page["Records"]


def _undoing(change: Mapping[str, Any]) -> dict[str, Any]:
    if "OldImage" in change:
        return {"PutRequest": {"Item": change["OldImage"]}}
    return {"DeleteRequest": {"Key": change["Keys"]}}
