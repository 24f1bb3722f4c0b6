"""The bank's exchange rates: only ever put, each with the time it holds from and who set it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from fulfillment.bank.exchange import Rate
from fulfillment.store import keys
from fulfillment.store.wire import Record, encode

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

    from fulfillment.store.wire import MutableItem

GOOD_FOR = timedelta(days=4)
"""As long as the longest weekend of the markets: an older rate is nobody's offer any more."""


class RateTakenError(ValueError):
    """Another rate holds from that very second."""


@dataclass(frozen=True, slots=True)
class RateTable:
    """The rates in `table`."""

    client: DynamoDBClient
    table: str

    def put(self, rate: Rate) -> None:
        """Have `rate` hold from its time on, once. Raises `RateTakenError`."""
        item = rate_item(rate)
        try:
            self.client.put_item(
                TableName=self.table,
                Item=item,
                ConditionExpression="attribute_not_exists(PK) OR (#rate = :rate AND #by = :by)",
                ExpressionAttributeNames={"#rate": "rate", "#by": "by"},
                ExpressionAttributeValues={":rate": item["rate"], ":by": item["by"]},
            )
        except ClientError as error:
            if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
                raise
            raise RateTakenError(f"another rate holds from {rate.since}") from None

    def at(self, sells: str, buys: str, now: datetime) -> Rate | None:
        """The latest rate that holds by `now`; None without one, or with an old one alone."""
        found = self.client.query(
            TableName=self.table,
            KeyConditionExpression="PK = :pair AND SK <= :now",
            ExpressionAttributeValues=encode(
                {":pair": _pair(sells, buys), ":now": f"R#{keys.instant(now)}"}
            ),
            ScanIndexForward=False,
            Limit=1,
            ConsistentRead=True,
        )["Items"]
        if not found:
            return None
        record = Record(found[0])
        since = keys.moment(record.tail("SK"))
        if now - since > GOOD_FOR:
            return None
        return Rate(sells, buys, Decimal(record.text("rate")), since, record.text("by"))


def rate_item(rate: Rate) -> MutableItem:
    since = keys.instant(rate.since.astimezone(UTC))
    return encode(
        {
            "PK": _pair(rate.sells, rate.buys),
            "SK": f"R#{since}",
            "rate": str(rate.value),
            "by": rate.set_by,
        }
    )


def _pair(sells: str, buys: str) -> str:
    return f"RATE#{sells}#{buys}"
