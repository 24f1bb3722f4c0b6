"""The append-only record of what the bank's security team has to know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from fulfillment.store import keys
from fulfillment.store.wire import encode

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

CODES_LOCKED_OUT = "codes_locked_out"
"""Too many wrong codes for one customer number, or in one session."""


@dataclass(frozen=True, slots=True)
class SecurityEvents:
    """Writes security events. May raise botocore's own errors."""

    client: DynamoDBClient
    table: str

    def record(
        self, what: str, customer_id: str, session: str, now: datetime, event_id: str
    ) -> None:
        """`what` happened to `customer_id` in `session` (its key, which is a hash)."""
        self.client.put_item(
            TableName=self.table,
            Item=encode(
                {
                    **keys.security_event(now, event_id),
                    "what": what,
                    "cid": customer_id,
                    "session": session,
                }
            ),
        )
