"""A small client of the channel's stream, for measuring: one socket, and frames as they come."""

from __future__ import annotations

import json
import socket
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from wsproto import ConnectionType, WSConnection
from wsproto.events import AcceptConnection, CloseConnection, Ping, Request, TextMessage

from bot.channels.stream.frames import SUBPROTOCOL

_PATIENCE_S = 60.0


class StreamEndedError(Exception):
    """The server closed the stream."""


class StreamClient:
    """Blocks until a frame comes, for as long as a measurement may take."""

    def __init__(self, sock: socket.socket) -> None:
        self._socket = sock
        self._connection = WSConnection(ConnectionType.CLIENT)
        self._frames: deque[dict[str, Any]] = deque()
        self._accepted = False
        self._text = ""

    def open(self, host: str, token: str) -> None:
        """Say hello, and wait until it is heard."""
        target = Request(host=host, target="/chat/stream", subprotocols=[SUBPROTOCOL])
        self._socket.sendall(self._connection.send(target))
        while not self._accepted:
            self._read()
        self.send(type="hello", token=token)
        self.await_frame("ready")

    def send(self, **frame: Any) -> None:
        """One frame."""
        self._socket.sendall(self._connection.send(TextMessage(json.dumps(frame))))

    def await_frame(self, kind: str) -> dict[str, Any]:
        """The next frame of a kind; others are passed over. Raises `StreamEndedError`."""
        while True:
            while self._frames:
                frame = self._frames.popleft()
                if frame["type"] == kind:
                    return frame
            self._read()

    def _read(self) -> None:
        data = self._socket.recv(65_536)
        self._connection.receive_data(data or None)
        for event in self._connection.events():
            if isinstance(event, AcceptConnection):
                self._accepted = True
            elif isinstance(event, TextMessage):
                self._text += event.data
                if event.message_finished:
                    self._frames.append(json.loads(self._text))
                    self._text = ""
            elif isinstance(event, Ping):
                self._socket.sendall(self._connection.send(event.response()))
            elif isinstance(event, CloseConnection):
                raise StreamEndedError(str(event.code))


@contextmanager
def stream_of(port: int, token: str) -> Iterator[StreamClient]:
    """The stream of whoever has the token, on the local bank's port."""
    with socket.create_connection(("127.0.0.1", port), _PATIENCE_S) as sock:
        client = StreamClient(sock)
        client.open(f"127.0.0.1:{port}", token)
        yield client
