"""Who was verified in which Lex session, since when, and when they were last heard.

The record lies under the session's key and is written by fulfillment alone: nothing that a caller
may send to Lex reaches it. What has expired is decided by conditions; TTL only collects garbage.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from fulfillment.store import keys
from fulfillment.store.wire import Record, encode

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

    from fulfillment.store.wire import Item, MutableItem

_KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Proof:
    """Somebody proved to be `customer_id`, to the level, at a moment."""

    customer_id: str
    level: int
    at: datetime


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """`proved_at` is when the customer proved who they are, `heard_at` when they last spoke.

    `ended` says that the session is over: the customer logged out, or was told that it lapsed.
    """

    customer_id: str
    level: int
    proved_at: datetime
    heard_at: datetime
    ended: bool


@dataclass(frozen=True, slots=True)
class Lapsed:
    """The session had somebody verified in it, and has no more."""

    record: SessionRecord


@dataclass(frozen=True, slots=True)
class Sessions:
    """The session records. Every method may raise botocore's own errors."""

    client: DynamoDBClient
    table: str
    idle: timedelta
    absolute: timedelta

    def hear(
        self, session: str, now: datetime, proof: Proof | None = None
    ) -> SessionRecord | Lapsed | None:
        """Note that somebody spoke, in one write: who is verified there, or was, or None: nobody.

        With `proof`, a record counts only if it is of that proof or of a later one.
        """
        since = keys.exact_instant(proof.at) if proof else ""
        of = proof.customer_id if proof else ""
        try:
            answer = self.client.update_item(
                TableName=self.table,
                Key=encode(keys.session(session)),
                UpdateExpression="SET heard = :now",
                ConditionExpression=(
                    "attribute_not_exists(ended) AND heard > :quiet AND proved > :oldest"
                    " AND (proved > :since OR (proved = :since AND cid = :of))"
                ),
                ExpressionAttributeValues=encode(
                    {
                        ":now": keys.exact_instant(now),
                        ":quiet": keys.exact_instant(now - self.idle),
                        ":oldest": keys.exact_instant(now - self.absolute),
                        ":since": since,
                        ":of": of,
                    }
                ),
                ReturnValues="ALL_NEW",
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )
        except ClientError as error:
            if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
                raise
            old: Item | None = error.response.get("Item")  # type: ignore[assignment]  # not typed
            return None if not old or _is_outdone(Record(old), since, of) else Lapsed(_read(old))
        return _read(answer["Attributes"])

    def begin(self, session: str, proof: Proof, now: datetime) -> bool:
        """Open the session for `proof`; False when there is a later one."""
        try:
            self.client.put_item(
                TableName=self.table,
                Item=session_item(session, proof, now),
                ConditionExpression=(
                    "attribute_not_exists(PK) OR proved < :proved"
                    " OR (proved = :proved AND cid <> :of)"
                ),
                ExpressionAttributeValues=encode(
                    {":proved": keys.exact_instant(proof.at), ":of": proof.customer_id}
                ),
            )
        except ClientError as error:
            if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
                raise
            return False
        return True

    def end(self, session: str, now: datetime) -> None:
        """Nobody is verified in the session any more; one that is over, or never was, stays so."""
        try:
            self.client.update_item(
                TableName=self.table,
                Key=encode(keys.session(session)),
                UpdateExpression="SET ended = :now",
                ConditionExpression="attribute_exists(PK) AND attribute_not_exists(ended)",
                ExpressionAttributeValues=encode({":now": keys.exact_instant(now)}),
            )
        except ClientError as error:
            if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
                raise


def session_item(session: str, proof: Proof, now: datetime) -> MutableItem:
    return encode(
        {
            **keys.session(session),
            "cid": proof.customer_id,
            "lvl": proof.level,
            "proved": keys.exact_instant(proof.at),
            "heard": keys.exact_instant(now),
            "ttl": int((now + _KEPT).timestamp()),
        }
    )


def _is_outdone(record: Record, since: str, of: str) -> bool:
    """Whether the record is of an earlier proof, or of somebody else's at the same moment."""
    proved = record.text("proved")
    return proved < since or (proved == since and record.text("cid") != of)


def _read(item: Item) -> SessionRecord:
    record = Record(item)
    return SessionRecord(
        customer_id=record.text("cid"),
        level=record.number("lvl"),
        proved_at=keys.moment(record.text("proved")),
        heard_at=keys.moment(record.text("heard")),
        ended=record.optional_text("ended") is not None,
    )
