"""Counts what may be done only so often in a while, before it is done, and forgets on success."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from fulfillment.store import keys
from fulfillment.store.wire import Record, encode

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

# Several first comers may race for a new window: each loses to at most one other at a time.
_TRIES = 4


@dataclass(frozen=True, slots=True)
class Allowance:
    """`most` times within `window`, counted from the first of them."""

    most: int
    window: timedelta


@dataclass(frozen=True, slots=True)
class Allowances:
    """The counters, one item each. Every method may raise botocore's own errors."""

    client: DynamoDBClient
    table: str

    def spend(self, name: str, allowance: Allowance, now: datetime) -> int:
        """Count one of `name` and say which it was, from 1; 0 when none is left (none counted).

        The count is a conditional write, so of many at once no more than `most` get a number.
        """
        opened = now - allowance.window
        for _ in range(_TRIES):
            count = self._count(name, allowance.most, opened)
            if count is not None:
                return count
            if self._begin(name, now, opened, allowance):
                return 1
        return 0

    def forgive(self, name: str) -> None:
        """Forget what was counted of `name`."""
        self.client.delete_item(TableName=self.table, Key=encode(keys.allowance(name)))

    def _count(self, name: str, most: int, opened: datetime) -> int | None:
        """The next number in the running window, 0 when it is full, None when there is none."""
        try:
            answer = self.client.update_item(
                TableName=self.table,
                Key=encode(keys.allowance(name)),
                UpdateExpression="ADD cnt :one",
                ConditionExpression="since > :opened AND cnt < :most",
                ExpressionAttributeValues=encode(
                    {":one": 1, ":most": most, ":opened": keys.exact_instant(opened)}
                ),
                ReturnValues="UPDATED_NEW",
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )
        except ClientError as error:
            if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
                raise
            old = error.response.get("Item")
            # The stubs do not know that a failed condition may bring the item.
            is_running = bool(old) and Record(old).text("since") > keys.exact_instant(opened)  # type: ignore[arg-type]
            return 0 if is_running else None
        return Record(answer["Attributes"]).number("cnt")

    def _begin(self, name: str, now: datetime, opened: datetime, allowance: Allowance) -> bool:
        try:
            self.client.put_item(
                TableName=self.table,
                Item=encode(
                    {
                        **keys.allowance(name),
                        "cnt": 1,
                        "since": keys.exact_instant(now),
                        "ttl": int((now + 2 * allowance.window).timestamp()),
                    }
                ),
                ConditionExpression="attribute_not_exists(PK) OR since <= :opened",
                ExpressionAttributeValues=encode({":opened": keys.exact_instant(opened)}),
            )
        except ClientError as error:
            if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
                raise
            return False
        return True
