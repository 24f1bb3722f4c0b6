"""Lines, connections and counts in a DynamoDB table, for functions that share nothing else.

    S#<session>     L                 the line, as JSON: written while it is as it was read
    S#<session>     F#<number>        a frame of it
    S#<session>     C#<connection>    who listens to it
    C#<connection>  C                 the same, by connection, with what its token said
    W#<customer>    <connection>      the same, by customer
    S#<session>     E                 that the session was ended
    R#<key>         <minute>          how many requests came in that minute

Everything ends with its session; the table's TTL takes it away.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from botocore.exceptions import ClientError

from bot.channels.rates import Rate
from bot.channels.stream.journal import FRAMES_KEPT, Body, Numbered, numbered
from bot.channels.stream.line import Line
from bot.channels.tokens import Grant

_KEPT_AFTER = timedelta(minutes=5)
Item = dict[str, dict[str, str]]


def _item(pk: str, sk: str, expires: datetime, **texts: str) -> Item:
    ends = int((expires + _KEPT_AFTER).timestamp())
    return {
        "PK": {"S": pk},
        "SK": {"S": sk},
        "ttl": {"N": str(ends)},
        **{name: {"S": text} for name, text in texts.items()},
    }


def _key(pk: str, sk: str) -> Item:
    return {"PK": {"S": pk}, "SK": {"S": sk}}


def _line_text(line: Line) -> str:
    ends = line.turn_ends.isoformat() if line.turn_ends else None
    return json.dumps({**asdict(line), "turn_ends": ends}, sort_keys=True)


def _line(text: str) -> Line:
    found = json.loads(text)
    ends = found["turn_ends"]
    found["turn_ends"] = datetime.fromisoformat(ends) if ends else None
    found["said"] = tuple(found["said"])
    return Line(**found)


class TableJournal:
    """See `Journal`. May raise botocore's own errors."""

    def __init__(self, client: Any, table: str) -> None:
        self._client = client
        self._table = table

    def read(self, session_id: str) -> Line | None:
        """One read, as of now."""
        found = self._client.get_item(
            TableName=self._table, Key=_key(f"S#{session_id}", "L"), ConsistentRead=True
        )
        return _line(found["Item"]["line"]["S"]) if "Item" in found else None

    def write(
        self,
        session_id: str,
        before: Line | None,
        after: Line,
        frames: Sequence[Body],
        expires: datetime,
    ) -> bool:
        """One transaction."""
        pk = f"S#{session_id}"
        put: dict[str, Any] = {
            "TableName": self._table,
            "Item": _item(pk, "L", expires, line=_line_text(after)),
            "ConditionExpression": "attribute_not_exists(PK)",
        }
        if before is not None:
            put["ConditionExpression"] = "line = :before"
            put["ExpressionAttributeValues"] = {":before": {"S": _line_text(before)}}
        puts: list[dict[str, Any]] = [put]
        for one in numbered(after, frames):
            item = _item(pk, f"F#{one.number:010d}", expires, frame=json.dumps(one.frame))
            puts.append({"TableName": self._table, "Item": item})
        try:
            self._client.transact_write_items(TransactItems=[{"Put": one} for one in puts])
        except ClientError as error:
            # A conflict with another transaction is a line that is not as it was, too.
            if error.response["Error"]["Code"] == "TransactionCanceledException":
                return False
            raise
        return True

    def after(self, session_id: str, number: int) -> list[Numbered]:
        """One query."""
        found = self._client.query(
            TableName=self._table,
            KeyConditionExpression="PK = :pk AND SK BETWEEN :first AND :last",
            ExpressionAttributeValues={
                ":pk": {"S": f"S#{session_id}"},
                ":first": {"S": f"F#{number + 1:010d}"},
                ":last": {"S": "F#9999999999"},
            },
            ConsistentRead=True,
            Limit=FRAMES_KEPT,
        )
        frames = [json.loads(item["frame"]["S"]) for item in found["Items"]]
        return [Numbered(frame["number"], frame) for frame in frames]


@dataclass(frozen=True, slots=True)
class Connection:
    """One open WebSocket, by API Gateway's id for it, and who speaks on it."""

    connection_id: str
    grant: Grant


class Connections:
    """Who listens. May raise botocore's own errors."""

    def __init__(self, client: Any, table: str) -> None:
        self._client = client
        self._table = table

    def add(self, connection: Connection) -> None:
        """Note a connection where it is looked for: one transaction."""
        grant, said = connection.grant, _grant_text(connection.grant)
        where = self._places(connection)
        self._client.transact_write_items(
            TransactItems=[
                {
                    "Put": {
                        "TableName": self._table,
                        "Item": _item(pk, sk, grant.expires_at, grant=said),
                    }
                }
                for pk, sk in where
            ]
        )

    def find(self, connection_id: str) -> Connection | None:
        """Who speaks on a connection; None for one that has said nothing of it yet."""
        found = self._client.get_item(
            TableName=self._table, Key=_key(f"C#{connection_id}", "C"), ConsistentRead=True
        )
        if "Item" not in found:
            return None
        return Connection(connection_id, _grant(found["Item"]["grant"]["S"]))

    def of_session(self, session_id: str) -> list[Connection]:
        """Who listens to a session."""
        return self._list(f"S#{session_id}", "C#")

    def of_customer(self, customer_id: str) -> list[Connection]:
        """Where a customer listens."""
        return self._list(f"W#{customer_id}", "")

    def remove(self, connection: Connection) -> None:
        """The connection has ended."""
        for pk, sk in self._places(connection):
            self._client.delete_item(TableName=self._table, Key=_key(pk, sk))

    def _places(self, connection: Connection) -> list[tuple[str, str]]:
        own, grant = connection.connection_id, connection.grant
        places = [(f"C#{own}", "C"), (f"S#{grant.session_id}", f"C#{own}")]
        if grant.customer_id is not None:
            places.append((f"W#{grant.customer_id}", own))
        return places

    def _list(self, pk: str, prefix: str) -> list[Connection]:
        condition, values = "PK = :pk", {":pk": {"S": pk}}
        if prefix:
            condition += " AND begins_with(SK, :prefix)"
            values[":prefix"] = {"S": prefix}
        found = self._client.query(
            TableName=self._table,
            KeyConditionExpression=condition,
            ExpressionAttributeValues=values,
            ConsistentRead=True,
        )
        return [
            Connection(item["SK"]["S"].removeprefix(prefix), _grant(item["grant"]["S"]))
            for item in found["Items"]
        ]


class TableEnded:
    """See `EndedSessions`; known to all functions. May raise botocore's own errors."""

    def __init__(self, client: Any, table: str) -> None:
        self._client = client
        self._table = table

    def __contains__(self, session_id: object) -> bool:
        found = self._client.get_item(
            TableName=self._table, Key=_key(f"S#{session_id}", "E"), ConsistentRead=True
        )
        return "Item" in found

    def add(self, grant: Grant, now: datetime) -> None:
        """End the grant's session."""
        item = _item(f"S#{grant.session_id}", "E", grant.expires_at, at=now.isoformat())
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
                Key=_key(f"R#{key}", str(minute)),
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


def _grant_text(grant: Grant) -> str:
    since = grant.signed_in_at
    return json.dumps(
        {
            "customer_id": grant.customer_id,
            "session_id": grant.session_id,
            "expires_at": grant.expires_at.isoformat(),
            "signed_in_at": since.isoformat() if since else None,
            "name": grant.name,
        }
    )


def _grant(text: str) -> Grant:
    found = json.loads(text)
    since = found["signed_in_at"]
    return Grant(
        found["customer_id"],
        found["session_id"],
        datetime.fromisoformat(found["expires_at"]),
        datetime.fromisoformat(since) if since else None,
        found["name"],
    )
