"""One HTTP exchange with an ASGI application in this process, without a socket."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.types import ASGIApp, Message


@dataclass(frozen=True)
class Exchange:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Client:
    """Sends requests to `app` one at a time; `token` travels as the bearer."""

    def __init__(self, app: ASGIApp, token: str | None = None) -> None:
        self._app = app
        self.token = token

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Exchange:
        return self.send("GET", path, [], dict(headers or {}))

    def post(self, path: str, body: object = None, token: str | None = None) -> Exchange:
        headers = {}
        if body is not None:
            headers["content-type"] = "application/json"
        if token or self.token:
            headers["authorization"] = f"Bearer {token or self.token}"
        return self.send("POST", path, [] if body is None else [json.dumps(body).encode()], headers)

    def send(
        self, method: str, path: str, chunks: Iterable[bytes], headers: Mapping[str, str]
    ) -> Exchange:
        """The body goes out in `chunks`, with no content-length unless `headers` give one."""
        path, _, query = path.partition("?")
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "root_path": "",
            "query_string": query.encode(),
            "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
            "server": ("testserver", 80),
            "client": ("127.0.0.1", 50000),
        }
        to_send: list[Message] = [
            {"type": "http.request", "body": chunk, "more_body": True} for chunk in chunks
        ]
        to_send.append({"type": "http.request", "body": b"", "more_body": False})
        got: list[Message] = []

        async def receive() -> Message:
            if not to_send:
                await asyncio.Event().wait()  # the client stays connected
            return to_send.pop(0)

        async def send(message: Message) -> None:
            got.append(message)

        async def run() -> None:
            await self._app(scope, receive, send)

        asyncio.run(run())
        start = next(message for message in got if message["type"] == "http.response.start")
        parts = [message.get("body", b"") for message in got if "body" in message]
        raw = {name.decode(): value.decode() for name, value in start["headers"]}
        return Exchange(start["status"], raw, b"".join(parts))
