"""The stream behind API Gateway: its events to calls of `Talk`, and frames posted back.

What a server of our own keeps in its memory, connections and lines, is in a table here. API Gateway
closes with a code of its own: a `closed` frame with ours goes before.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from typing import Any, Protocol

from botocore.exceptions import ClientError

from bot.channels.rates import Rate, Rates
from bot.channels.stream.bell import customers_rung
from bot.channels.stream.closing import Close, StreamClosedError
from bot.channels.stream.frames import (
    SUBPROTOCOL,
    Hello,
    Ping,
    Pong,
    Ready,
    Resume,
    Say,
    Seen,
    ServerFrame,
    Typing,
    read_frame,
    written,
)
from bot.channels.stream.table import Connection, Connections
from bot.channels.stream.talk import Talk
from bot.channels.tokens import Grant

_LOG = logging.getLogger("teller.channel")
_FRAMES = Rate(per_minute=300, burst=300)
_OPENS = Rate(per_minute=60, burst=60)
"""Connections that one address may open: API Gateway takes no WAF before a WebSocket API."""
_MOST_OF_ONE = 8
"""Connections of one customer, or of one chat that is nobody's: some devices, some tabs."""
_HELLO_WITHIN_MS = 10_000
Json = dict[str, Any]
OK: Json = {"statusCode": 200}


class Posting(Protocol):
    """The two calls of boto3's `apigatewaymanagementapi` client that are made here."""

    def post_to_connection(self, *, ConnectionId: str, Data: bytes) -> Any:  # noqa: N803
        """Send to one connection."""
        ...

    def delete_connection(self, *, ConnectionId: str) -> Any:  # noqa: N803
        """End one connection."""
        ...


class Gateway:
    """Answers API Gateway's WebSocket events and the doorbell's messages."""

    def __init__(
        self, talk: Talk, connections: Connections, posting: Posting, rates: Rates
    ) -> None:
        self._talk = talk
        self._connections = connections
        self._posting = posting
        self._rates = rates

    def handle(self, event: Mapping[str, Any]) -> Json:
        """One event: a route of the API, or a batch of the doorbell's queue."""
        if "Records" in event:
            for record in event["Records"]:
                for customer_id in customers_rung(record["body"]):
                    self._rung(customer_id)
            return {"batchItemFailures": []}
        context = event["requestContext"]
        connection_id = str(context["connectionId"])
        match context["routeKey"]:
            case "$connect":
                address = str(context.get("identity", {}).get("sourceIp", ""))
                if self._rates.wait(f"opens {address}", _OPENS):
                    return {"statusCode": 429}
                return _accepted(event)
            case "$disconnect":
                self._gone(connection_id)
            case _:
                self._framed(connection_id, event.get("body"), _open_for_ms(context))
        return OK

    def _framed(self, connection_id: str, raw: str | None, open_for_ms: int) -> None:
        try:
            if self._rates.wait(f"connection {connection_id}", _FRAMES):
                raise StreamClosedError(Close.TOO_MANY)
            self._frame(connection_id, raw, open_for_ms)
        except StreamClosedError as closed:
            self._close(connection_id, closed.code)
        except Exception as error:
            # The type alone: an exception's text may hold what the customer wrote.
            _LOG.error("stream failed: %s", type(error).__name__)
            self._close(connection_id, Close.FAULT)

    def _frame(self, connection_id: str, raw: str | None, open_for_ms: int) -> None:
        frame = read_frame(raw)
        known = self._connections.find(connection_id)
        if isinstance(frame, Hello):
            if known is not None:
                raise StreamClosedError(Close.BAD_FRAME)
            if open_for_ms > _HELLO_WITHIN_MS:
                raise StreamClosedError(Close.SILENT)
            self._enter(connection_id, frame)
            return
        if known is None:
            raise StreamClosedError(Close.SIGNED_OUT)
        match frame:
            case Say():
                self._turn(known, frame)
            case Seen():
                self._talk.seen(known.grant, frame.number)
            case Resume():
                self._send_after(known.grant, frame.after, [known])
            case Ping():
                self._post(known, written(Pong()))

    def _enter(self, connection_id: str, hello: Hello) -> None:
        grant, after = self._talk.enter(hello)
        mine = Connection(connection_id, grant, self._talk.listener(grant))
        self._require_room(mine)
        # Before its line is read: what is put there meanwhile is posted to it as well.
        self._connections.add(mine)
        self._post(mine, written(Ready(after=after)))
        self._send_after(grant, after, [mine])

    def _require_room(self, mine: Connection) -> None:
        """Raises `StreamClosedError` for one connection too many; who is gone takes no room."""
        who, session = mine.customer, mine.grant.session_id
        others = (
            self._connections.of_customer(who) if who else self._connections.of_session(session)
        )
        if len(others) < _MOST_OF_ONE:
            return
        still_there = [one for one in others if self._post(one, written(Pong()))]
        if len(still_there) >= _MOST_OF_ONE:
            raise StreamClosedError(Close.TOO_MANY)

    def _turn(self, mine: Connection, said: Say) -> None:
        def tell(frame: ServerFrame) -> None:
            self._post(mine, written(frame))

        before = self._talk.position(mine.grant)
        refusal = self._talk.answer(mine.grant, said, lambda: tell(Typing(id=said.id)))
        if refusal is not None:
            tell(refusal)
        listening = self._connections.of_session(mine.grant.session_id)
        self._send_after(mine.grant, before, listening)
        if mine.grant.customer_id is None:
            self._recognise(mine.grant, listening)

    def _recognise(self, grant: Grant, listening: list[Connection]) -> None:
        """Nobody signed in, and the turn may have verified somebody. The answer is out already."""
        before = self._talk.position(grant)
        self._talk.look(grant)
        customer = self._talk.listener(grant)
        known = [self._connections.known(one, customer) for one in listening]
        if known != listening:
            # What rang between that look and now rang for nobody.
            self._talk.look(grant)
        self._send_after(grant, before, known)

    def _rung(self, customer_id: str) -> None:
        sessions: dict[str, list[Connection]] = {}
        for one in self._connections.of_customer(customer_id):
            sessions.setdefault(one.grant.session_id, []).append(one)
        for listening in sessions.values():
            grant = listening[0].grant
            try:
                before = self._talk.position(grant)
                self._talk.look(grant)
                self._send_after(grant, before, listening)
            except StreamClosedError as closed:
                for one in listening:
                    self._close(one.connection_id, closed.code)

    def _send_after(self, grant: Grant, after: int, listening: list[Connection]) -> None:
        """Numbers tell a client what it has already, and what is missing."""
        frames = [one.as_json() for one in self._talk.frames(grant, after)]
        for connection in listening:
            for frame in frames:
                if not self._post(connection, frame):
                    break

    def _post(self, connection: Connection, text: str) -> bool:
        try:
            self._posting.post_to_connection(
                ConnectionId=connection.connection_id, Data=text.encode()
            )
        except ClientError as error:
            if error.response["Error"]["Code"] != "GoneException":
                _LOG.warning("not posted: %s", error.response["Error"]["Code"])
                return False
            self._connections.remove(connection)
            return False
        return True

    def _close(self, connection_id: str, code: Close) -> None:
        said = json.dumps({"type": "closed", "code": int(code)}).encode()
        try:
            self._posting.post_to_connection(ConnectionId=connection_id, Data=said)
            self._posting.delete_connection(ConnectionId=connection_id)
        except ClientError as error:
            _LOG.info("not closed: %s", error.response["Error"]["Code"])
        self._gone(connection_id)

    def _gone(self, connection_id: str) -> None:
        known = self._connections.find(connection_id)
        if known is not None:
            self._connections.remove(known)


def _open_for_ms(context: Mapping[str, Any]) -> int:
    """For how long the connection was open when the event came, as API Gateway tells it."""
    return int(context.get("requestTimeEpoch", 0)) - int(context.get("connectedAt", 0))


def _accepted(event: Mapping[str, Any]) -> Json:
    """A client that names our protocol has to hear that it is spoken."""
    headers = {name.lower(): value for name, value in (event.get("headers") or {}).items()}
    offered = [one.strip() for one in headers.get("sec-websocket-protocol", "").split(",")]
    if SUBPROTOCOL not in offered:
        return OK
    return {**OK, "headers": {"Sec-WebSocket-Protocol": SUBPROTOCOL}}
