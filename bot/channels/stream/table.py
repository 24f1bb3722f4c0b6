"""Lines and connections in a DynamoDB table, for functions that share nothing else.

    S#<session>     L                 the line, as JSON: written while it is as it was read
    S#<session>     F#<number>        a frame of it
    S#<session>     C#<connection>    who listens to it
    C#<connection>  C                 the same, by connection, with what its token said
    W#<customer>    <connection>      the same, by customer

What else the table holds is in `bot/channels/table.py`. Everything ends with its session; the
table's TTL takes it away.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from botocore.exceptions import ClientError

from bot.channels.stream.journal import FRAMES_KEPT, Body, Numbered, numbered
from bot.channels.stream.line import Line
from bot.channels.table import Item, key_of, lasting_item
from bot.channels.tokens import Grant


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
            TableName=self._table, Key=key_of(f"S#{session_id}", "L"), ConsistentRead=True
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
            "Item": lasting_item(pk, "L", expires, line=_line_text(after)),
            "ConditionExpression": "attribute_not_exists(PK)",
        }
        if before is not None:
            put["ConditionExpression"] = "line = :before"
            put["ExpressionAttributeValues"] = {":before": {"S": _line_text(before)}}
        puts: list[dict[str, Any]] = [put]
        for one in numbered(after, frames):
            item = lasting_item(pk, f"F#{one.number:010d}", expires, frame=json.dumps(one.frame))
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
    """One open WebSocket, by API Gateway's id for it, and who speaks on it. `customer` is whose
    bell it listens to: who signed in, or who was verified in conversation.
    """

    connection_id: str
    grant: Grant
    customer: str | None = None


class Connections:
    """Who listens. May raise botocore's own errors."""

    def __init__(self, client: Any, table: str) -> None:
        self._client = client
        self._table = table

    def add(self, connection: Connection) -> None:
        """Note a connection where it is looked for: one transaction."""
        grant, said = connection.grant, {"grant": _grant_text(connection.grant)}
        if connection.customer is not None:
            said["customer"] = connection.customer
        items = [
            lasting_item(*place, grant.expires_at, **said) for place in self._places(connection)
        ]
        self._client.transact_write_items(
            TransactItems=[{"Put": {"TableName": self._table, "Item": item}} for item in items]
        )

    def known(self, connection: Connection, customer: str | None) -> Connection:
        """Whoever speaks there was verified as `customer`, or is nobody any more: the connection as
        it is from now on. Writes where that is news.
        """
        if connection.customer == customer:
            return connection
        if connection.customer is not None:
            self._delete(f"W#{connection.customer}", connection.connection_id)
        known = replace(connection, customer=customer)
        self.add(known)
        return known

    def find(self, connection_id: str) -> Connection | None:
        """Who speaks on a connection; None for one that has said nothing of it yet."""
        found = self._client.get_item(
            TableName=self._table, Key=key_of(f"C#{connection_id}", "C"), ConsistentRead=True
        )
        if "Item" not in found:
            return None
        return _connection(connection_id, found["Item"])

    def of_session(self, session_id: str) -> list[Connection]:
        """Who listens to a session."""
        return self._list(f"S#{session_id}", "C#")

    def of_customer(self, customer_id: str) -> list[Connection]:
        """Where a customer listens."""
        return self._list(f"W#{customer_id}", "")

    def remove(self, connection: Connection) -> None:
        """The connection has ended."""
        for pk, sk in self._places(connection):
            self._delete(pk, sk)

    def _delete(self, pk: str, sk: str) -> None:
        self._client.delete_item(TableName=self._table, Key=key_of(pk, sk))

    def _places(self, connection: Connection) -> list[tuple[str, str]]:
        own, grant = connection.connection_id, connection.grant
        places = [(f"C#{own}", "C"), (f"S#{grant.session_id}", f"C#{own}")]
        if connection.customer is not None:
            places.append((f"W#{connection.customer}", own))
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
        return [_connection(item["SK"]["S"].removeprefix(prefix), item) for item in found["Items"]]


def _connection(connection_id: str, item: Item) -> Connection:
    customer = item["customer"]["S"] if "customer" in item else None
    return Connection(connection_id, _grant(item["grant"]["S"]), customer)


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
