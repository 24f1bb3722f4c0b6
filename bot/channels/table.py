"""What the channel's functions share in a DynamoDB table beside the stream: see `stream/table.py`.

    S#<session>     E                 that the session was ended
    S#<session>     G                 which language it speaks
    R#<key>         <minute>          how many requests came in that minute

Everything ends with its session, or its minute; the table's TTL takes it away.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from botocore.exceptions import ClientError

from bot.channels.rates import Rate
from bot.channels.tokens import Grant

_KEPT_AFTER = timedelta(minutes=5)
Item = dict[str, dict[str, str]]


def lasting_item(pk: str, sk: str, expires: datetime, **texts: str) -> Item:
    """An item that the table forgets some minutes after `expires`."""
    ends = int((expires + _KEPT_AFTER).timestamp())
    return {
        "PK": {"S": pk},
        "SK": {"S": sk},
        "ttl": {"N": str(ends)},
        **{name: {"S": text} for name, text in texts.items()},
    }


def key_of(pk: str, sk: str) -> Item:
    """Where an item lies."""
    return {"PK": {"S": pk}, "SK": {"S": sk}}


class TableEnded:
    """See `EndedSessions`; known to all functions. May raise botocore's own errors."""

    def __init__(self, client: Any, table: str) -> None:
        self._client = client
        self._table = table

    def __contains__(self, session_id: object) -> bool:
        found = self._client.get_item(
            TableName=self._table, Key=key_of(f"S#{session_id}", "E"), ConsistentRead=True
        )
        return "Item" in found

    def add(self, grant: Grant, now: datetime) -> None:
        """End the grant's session."""
        item = lasting_item(f"S#{grant.session_id}", "E", grant.expires_at, at=now.isoformat())
        self._client.put_item(TableName=self._table, Item=item)


class TableLanguages:
    """See `SpokenLanguages`; known to all functions. May raise botocore's own errors.

    `lasts` is how long a session may: a language is not asked for after that.
    """

    def __init__(
        self, client: Any, table: str, lasts: timedelta, clock: Callable[[], datetime]
    ) -> None:
        self._client = client
        self._table = table
        self._lasts = lasts
        self._clock = clock

    def last(self, session_id: str) -> str | None:
        """One read."""
        found = self._client.get_item(
            TableName=self._table, Key=key_of(f"S#{session_id}", "G"), ConsistentRead=True
        )
        return str(found["Item"]["locale"]["S"]) if "Item" in found else None

    def note(self, session_id: str, locale_id: str) -> None:
        """One write."""
        ends = self._clock() + self._lasts
        item = lasting_item(f"S#{session_id}", "G", ends, locale=locale_id)
        self._client.put_item(TableName=self._table, Item=item)


class TableRates:
    """Counts requests a minute. A count that cannot be made lets the request through: who limits
    the address, in front of the function, still does.
    """

    def __init__(self, client: Any, table: str, clock: Callable[[], float] = time.time) -> None:
        self._client = client
        self._table = table
        self._clock = clock

    def wait(self, key: str, rate: Rate) -> float:
        """See `Rates`; a minute's count begins anew with each minute."""
        now = self._clock()
        minute = int(now // 60)
        ends = datetime.fromtimestamp((minute + 1) * 60, UTC) + _KEPT_AFTER
        try:
            self._client.update_item(
                TableName=self._table,
                Key=key_of(f"R#{key}", str(minute)),
                UpdateExpression="SET #ttl = :ends ADD asked :one",
                ConditionExpression="attribute_not_exists(asked) OR asked < :most",
                ExpressionAttributeNames={"#ttl": "ttl"},
                ExpressionAttributeValues={
                    ":one": {"N": "1"},
                    ":most": {"N": str(max(rate.per_minute, rate.burst))},
                    ":ends": {"N": str(int(ends.timestamp()))},
                },
            )
        except ClientError as error:
            refused = error.response["Error"]["Code"] == "ConditionalCheckFailedException"
            return (minute + 1) * 60 - now if refused else 0.0
        return 0.0
