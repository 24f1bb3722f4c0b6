"""How many customers wait for a person: the desk's open hand-offs, by the index of deadlines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from fulfillment.store import keys
from fulfillment.store.analyst_cases import OPEN_CASES
from fulfillment.store.wire import encode

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """Counts in `table`. Raises botocore's own errors."""

    client: DynamoDBClient
    table: str

    def ahead_of(self, customer_id: str, kind: str, now: datetime, deadline: datetime) -> int:
        """Others whose case of `kind` must be answered by `deadline`, and is not yet.

        Those whose deadline has passed are with the person whom an escalation calls, and whoever
        speaks with an analyst waits no longer. One query for each queue, of a page at most: what
        is counted was opened within the desk's own deadline.
        """
        queues = range(keys.DUE_QUEUES)
        return sum(self._in_queue(queue, customer_id, kind, now, deadline) for queue in queues)

    def _in_queue(
        self, queue: int, customer_id: str, kind: str, now: datetime, deadline: datetime
    ) -> int:
        values = {
            ":queue": keys.due(OPEN_CASES, queue),
            ":now": keys.exact_instant(now),
            ":mine": keys.exact_instant(deadline),
            ":kind": kind,
            ":me": keys.desk_partition(customer_id),
        }
        found = self.client.query(
            TableName=self.table,
            IndexName=keys.DUE_INDEX,
            KeyConditionExpression="G1PK = :queue AND G1SK BETWEEN :now AND :mine",
            FilterExpression="kind = :kind AND PK <> :me AND attribute_not_exists(taken)",
            ExpressionAttributeValues=encode(values),
        )
        return len(found["Items"])
