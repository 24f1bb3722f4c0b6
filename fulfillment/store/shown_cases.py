"""Where a case is shown in Slack: one message each, whoever comes first to post it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from fulfillment.store import keys
from fulfillment.store.reading import Reader
from fulfillment.store.wire import Record, encode

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

CLAIM = timedelta(seconds=20)
"""How long who claimed the posting of a message may take; longer than Slack is ever waited for."""


@dataclass(frozen=True, slots=True)
class ShownCase:
    """The message of a case: its channel and Slack's `ts`, which is its id there."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class ShownCases:
    """Every method may raise botocore's own errors."""

    client: DynamoDBClient
    table: str

    def find(self, customer_id: str, case_id: str) -> ShownCase | None:
        """Where the case is shown, or None."""
        item = Reader(self.client, self.table).one(keys.desk_shown(customer_id, case_id))
        if item is None or "ts" not in item:
            return None
        record = Record(item)
        return ShownCase(record.text("channel"), record.text("ts"))

    def claim(self, customer_id: str, case_id: str, now: datetime) -> bool:
        """Whether the caller is the one to post it. `now` is the real time, not the bank's."""
        try:
            self.client.put_item(
                TableName=self.table,
                Item=encode(
                    {
                        **keys.desk_shown(customer_id, case_id),
                        "claimed": keys.exact_instant(now),
                    }
                ),
                ConditionExpression=(
                    "attribute_not_exists(PK) OR (attribute_not_exists(ts) AND claimed < :before)"
                ),
                ExpressionAttributeValues=encode({":before": keys.exact_instant(now - CLAIM)}),
            )
        except ClientError as error:
            if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
                raise
            return False
        return True

    def give_up(self, customer_id: str, case_id: str) -> None:
        """The claim came to nothing, or the message is gone: the next may post anew."""
        self.client.delete_item(
            TableName=self.table, Key=encode(keys.desk_shown(customer_id, case_id))
        )

    def shown(self, customer_id: str, case_id: str, where: ShownCase) -> None:
        """It was posted; from a message of Slack's, its case is found as well."""
        self.client.put_item(
            TableName=self.table,
            Item=encode(
                {
                    **keys.desk_shown(customer_id, case_id),
                    "channel": where.channel,
                    "ts": where.ts,
                }
            ),
        )
        self.client.put_item(
            TableName=self.table,
            Item=encode(
                {
                    **keys.slack_message(where.channel, where.ts),
                    "cid": customer_id or None,
                    "case": case_id,
                }
            ),
        )

    def case_at(self, where: ShownCase) -> tuple[str, str] | None:
        """The customer and case that a message of Slack's shows, or None."""
        item = Reader(self.client, self.table).one(keys.slack_message(where.channel, where.ts))
        if item is None:
            return None
        record = Record(item)
        return record.optional_text("cid") or "", record.text("case")
