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
    """Somebody proved to be `customer_id`, to the level, at a moment.

    `by_code` says that they did so in the session itself; else a token did, and must in each turn.
    """

    customer_id: str
    level: int
    at: datetime
    by_code: bool = False


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """`proved_at` is when the customer proved who they are, `heard_at` when they last spoke.

    `ended` says that the session is over: the customer logged out, or was told that it lapsed.
    `by_code` says that a one-time code opened it, as in a `Proof`.
    """

    customer_id: str
    level: int
    proved_at: datetime
    heard_at: datetime
    ended: bool
    by_code: bool = False


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

        A record counts for who brings its own proof again, and one that a code opened also for who
        brings none, or an older one: what a token opened is nobody's without the token.
        """
        since = keys.exact_instant(proof.at) if proof else ""
        of = proof.customer_id if proof else ""
        try:
            answer = self.client.update_item(
                TableName=self.table,
                Key=encode(keys.session(session)),
                UpdateExpression="SET heard = :now",
                ConditionExpression=(
                    "attribute_not_exists(ended) AND heard > :quiet AND proved > :oldest AND"
                    " ((cid = :of AND proved >= :since) OR (by_code = :yes AND proved > :since))"
                ),
                ExpressionAttributeValues=encode(
                    {
                        ":now": keys.exact_instant(now),
                        ":quiet": keys.exact_instant(now - self.idle),
                        ":oldest": keys.exact_instant(now - self.absolute),
                        ":since": since,
                        ":of": of,
                        ":yes": True,
                    }
                ),
                ReturnValues="ALL_NEW",
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )
        except ClientError as error:
            if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
                raise
            old: Item | None = error.response.get("Item")  # type: ignore[assignment]  # not typed
            return Lapsed(_read(old)) if old and _counts(Record(old), since, of) else None
        return _read(answer["Attributes"])

    def overheard(
        self, session: str, now: datetime, token: tuple[str, datetime] | None = None
    ) -> str | None:
        """The customer who is verified in the session now, for who listens and says nothing. One
        read: listening keeps no session open.

        `token` is whom the channel's token of this moment proves, and since when. It counts until
        the session was ended, as long as the token itself does; a code counts as in `hear`.
        """
        found = self.client.get_item(
            TableName=self.table, Key=encode(keys.session(session)), ConsistentRead=True
        )
        record = _read(found["Item"]) if "Item" in found else None
        if record is not None and record.by_code and (token is None or record.proved_at > token[1]):
            is_quiet = record.heard_at <= now - self.idle
            is_old = record.proved_at <= now - self.absolute
            return None if record.ended or is_quiet or is_old else record.customer_id
        if token is None:
            return None
        customer_id, since = token
        is_over = record is not None and record.ended and record.proved_at >= since
        return None if is_over else customer_id

    def begin(self, session: str, proof: Proof, now: datetime) -> bool:
        """Open the session for `proof`; False when there is a later one.

        The same request may arrive twice, when its first answer was lost: it opens what it opened.
        """
        try:
            self.client.put_item(
                TableName=self.table,
                Item=session_item(session, proof, now),
                ConditionExpression=(
                    "attribute_not_exists(PK) OR proved < :proved"
                    " OR (proved = :proved AND cid <> :of)"
                    " OR (proved = :proved AND heard = :now AND attribute_not_exists(ended))"
                ),
                ExpressionAttributeValues=encode(
                    {
                        ":proved": keys.exact_instant(proof.at),
                        ":of": proof.customer_id,
                        ":now": keys.exact_instant(now),
                    }
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
            "by_code": proof.by_code,
            "proved": keys.exact_instant(proof.at),
            "heard": keys.exact_instant(now),
            "ttl": int((now + _KEPT).timestamp()),
        }
    )


def _counts(record: Record, since: str, of: str) -> bool:
    """The last condition of `hear`, of a record that failed it or an earlier one."""
    proved, by_code = record.text("proved"), record.flag("by_code")
    return (record.text("cid") == of and proved >= since) or (by_code and proved > since)


def _read(item: Item) -> SessionRecord:
    record = Record(item)
    return SessionRecord(
        customer_id=record.text("cid"),
        level=record.number("lvl"),
        proved_at=keys.moment(record.text("proved")),
        heard_at=keys.moment(record.text("heard")),
        ended=record.optional_text("ended") is not None,
        by_code=record.flag("by_code"),
    )
