"""Strongly consistent reads of what belongs to one customer; the work never grows with history."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fulfillment.store import keys
from fulfillment.store.errors import BooksBusyError
from fulfillment.store.wire import Record, encode

if TYPE_CHECKING:
    from datetime import datetime

    from mypy_boto3_dynamodb.client import DynamoDBClient

    from fulfillment.store.wire import Item

_BATCH, _TRIES = 100, 4
"""The most keys that one BatchGetItem takes, and how often what it left out is asked for."""
AFTER = "~"
"""Sorts after every character an id may begin with: the end of a range of sort keys."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads items of `table`."""

    client: DynamoDBClient
    table: str

    def one(self, key: keys.Key) -> Item | None:
        """The item at `key`, as of now, or None."""
        response = self.client.get_item(TableName=self.table, Key=encode(key), ConsistentRead=True)
        return response.get("Item")

    def many(self, wanted: Sequence[keys.Key]) -> Iterator[Item]:
        """Those items of `wanted` that are there. One BatchGetItem for each hundred keys.

        Raises `BooksBusyError` when the table leaves some out each time.
        """
        for start in range(0, len(wanted), _BATCH):
            left = [encode(key) for key in wanted[start : start + _BATCH]]
            for _ in range(_TRIES):
                response = self.client.batch_get_item(
                    RequestItems={self.table: {"Keys": left, "ConsistentRead": True}}
                )
                yield from response["Responses"].get(self.table, ())
                unread = response.get("UnprocessedKeys", {}).get(self.table)
                left = [dict(key) for key in unread["Keys"]] if unread else []
                if not left:
                    break
            else:
                raise BooksBusyError("the table left items out each time")

    def zone_of(self, customer_id: str) -> str:
        """The customer's time zone; UTC for somebody who is not there."""
        found = self.one(keys.customer(customer_id))
        return Record(found).text("zone") if found else "UTC"

    def between(
        self,
        partition: str,
        first: str,
        last: str,
        *,
        newest_first: bool = False,
        page_size: int | None = None,
        after: str | None = None,
    ) -> Iterator[Item]:
        """Items whose sort key lies from `first` to `last`, both included, in key order.

        A page is asked for only when it is needed; `after` is the sort key to go on from.
        """
        request: dict[str, Any] = {
            "TableName": self.table,
            "KeyConditionExpression": "PK = :partition AND SK BETWEEN :first AND :last",
            "ExpressionAttributeValues": encode(
                {":partition": partition, ":first": first, ":last": last}
            ),
            "ConsistentRead": True,
            "ScanIndexForward": not newest_first,
        }
        if page_size is not None:
            request["Limit"] = page_size
        if after is not None:
            request["ExclusiveStartKey"] = encode({"PK": partition, "SK": after})
        while True:
            response = self.client.query(**request)
            yield from response["Items"]
            position = response.get("LastEvaluatedKey")
            if not position:
                return
            request["ExclusiveStartKey"] = position


def due_items(client: DynamoDBClient, table: str, what: str, now: datetime) -> Iterator[Item]:
    """Items that the sparse index says were due at `now`, oldest first within each queue.

    An index is eventually consistent: what it shows may be settled already, and what is due may
    come a moment later. Whoever acts on it needs a condition.
    """
    for queue in range(keys.DUE_QUEUES):
        request: dict[str, Any] = {
            "TableName": table,
            "IndexName": keys.DUE_INDEX,
            "KeyConditionExpression": "G1PK = :queue AND G1SK <= :now",
            "ExpressionAttributeValues": encode(
                {":queue": keys.due(what, queue), ":now": keys.exact_instant(now)}
            ),
        }
        while True:
            response = client.query(**request)
            yield from response["Items"]
            position = response.get("LastEvaluatedKey")
            if not position:
                break
            request["ExclusiveStartKey"] = position
