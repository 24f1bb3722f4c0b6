"""The append-only record of what the bank's security people have to know, and their outbox.

An event is written in the transaction of what caused it; the table's stream brings it to the topic.
So what did not happen is never told, and what happened is told even when the topic is away.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol
from uuid import uuid4

from fulfillment.store import keys
from fulfillment.store.errors import BooksUnreachableError
from fulfillment.store.sending import CONDITION_FAILED, Cancelled, Committed, Patience, send
from fulfillment.store.wire import encode
from fulfillment.store.writes import put_new

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

EVENT = "event"
"""The attribute that holds the envelope, as JSON: the stream publishes every item that has it."""


class Event(Protocol):
    """What the outbox needs to know of an event (`fulfillment.alerts.events.SecurityEvent`)."""

    @property
    def id(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def time(self) -> datetime: ...
    @property
    def customer_id(self) -> str | None: ...
    def as_json(self) -> str: ...


def event_put(
    table: str, event: Event, filed_at: datetime | None = None
) -> TransactWriteItemTypeDef:
    """`event` as part of the transaction of its cause.

    The condition fails when an event of that id and time is there, as when the cause is written
    twice: give an event the time of its cause, not that of an attempt. What is told once in a while
    however often it happens is `filed_at` the beginning of that while.
    """
    item = {
        **keys.security_event(filed_at or event.time, event.id),
        "what": event.type,
        "cid": event.customer_id,
        EVENT: event.as_json(),
    }
    return put_new(table, encode(item))


@dataclass(frozen=True, slots=True)
class SecurityEvents:
    """Writes events that have no transaction of their own, such as a lockout."""

    client: DynamoDBClient
    table: str
    patience: Patience

    def record(self, event: Event, filed_at: datetime | None = None) -> bool:
        """Write `event`; False when it had been written before. `filed_at` as in `event_put`.

        Raises `BooksUnreachableError` when no answer came: recording it again is safe.
        """
        # The token names this request: the same event at another time has another content, which
        # DynamoDB refuses under a token that it knows.
        sent = send(
            self.client, [event_put(self.table, event, filed_at)], uuid4().hex, self.patience
        )
        if isinstance(sent, Committed):
            return True
        if isinstance(sent, Cancelled) and sent.reasons[0].code == CONDITION_FAILED:
            return False
        raise BooksUnreachableError("no answer about recording a security event")
