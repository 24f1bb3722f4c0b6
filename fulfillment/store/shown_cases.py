"""Where a case is shown in Slack: one message each, whoever comes first to post it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from fulfillment.store import keys
from fulfillment.store.reading import Reader
from fulfillment.store.wire import Record, encode

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

CLAIM = timedelta(seconds=20)
"""How long who claimed the posting of a message may take; longer than Slack is ever waited for."""


class Claim(Enum):
    """`TAKEN`: somebody else posts it now. `IN_DOUBT`: somebody tried before and may have."""

    FRESH = auto()
    IN_DOUBT = auto()
    TAKEN = auto()


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

    def claim(self, customer_id: str, case_id: str, now: datetime) -> Claim:
        """Ask to be the one who posts it. `now` is the real time, not the bank's."""
        try:
            answer = self.client.update_item(
                TableName=self.table,
                Key=encode(keys.desk_shown(customer_id, case_id)),
                UpdateExpression="SET claimed = :now",
                ConditionExpression=(
                    "attribute_not_exists(ts)"
                    " AND (attribute_not_exists(claimed) OR claimed < :before)"
                ),
                ExpressionAttributeValues=encode(
                    {
                        ":now": keys.exact_instant(now),
                        ":before": keys.exact_instant(now - CLAIM),
                    }
                ),
                ReturnValues="ALL_OLD",
            )
        except ClientError as error:
            if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
                raise
            return Claim.TAKEN
        before = answer.get("Attributes") or {}
        return Claim.IN_DOUBT if "doubt" in before or "claimed" in before else Claim.FRESH

    def give_up(self, customer_id: str, case_id: str, *, in_doubt: bool = False) -> None:
        """The claim came to nothing, or the message is gone: the next may post anew.

        `in_doubt`: it may have been posted without an answer; whoever is next has to look.
        """
        key = keys.desk_shown(customer_id, case_id)
        item = encode({**key, "doubt": True if in_doubt else None})
        self.client.put_item(TableName=self.table, Item=item)

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

    def case_of(self, channel: str, ts: str) -> tuple[str, str] | None:
        """The customer and case that a message of Slack's shows, or None."""
        item = Reader(self.client, self.table).one(keys.slack_message(channel, ts))
        if item is None:
            return None
        record = Record(item)
        return record.optional_text("cid") or "", record.text("case")
