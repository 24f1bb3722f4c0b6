"""Cases that came in a burst: told of together, in one message for each stretch of time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from fulfillment.store import keys
from fulfillment.store.reading import AFTER, Reader
from fulfillment.store.wire import Record, encode

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

_KEPT = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Digests:
    """Every method may raise botocore's own errors."""

    client: DynamoDBClient
    table: str

    def add(self, window: str, customer_id: str, case_id: str, now: datetime) -> None:
        """Tell of a case in the digest of `window`; adding it again changes nothing."""
        self.client.put_item(
            TableName=self.table,
            Item=encode(
                {
                    **keys.digest_member(window, case_id),
                    "cid": customer_id or None,
                    "ttl": int((now + _KEPT).timestamp()),
                }
            ),
        )

    def members(self, window: str) -> list[tuple[str, str]]:
        """The customer and case of each, in no order that matters. One query, paged."""
        first = keys.digest_member(window, "")
        found = Reader(self.client, self.table).between(first["PK"], "Y#", f"Y#{AFTER}")
        records = [Record(item) for item in found]
        return [(one.optional_text("cid") or "", one.tail("SK")) for one in records]
