"""A WebSocket to an ASGI application in this process, without a server."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from starlette.types import ASGIApp, Message

_PATIENCE_S = 10.0
"""Never waited out when all is well."""


class Socket:
    """What a client sends, and what comes back; `close_code` once the server has closed."""

    def __init__(self) -> None:
        self.to_app: asyncio.Queue[Message] = asyncio.Queue()
        self.from_app: asyncio.Queue[Message] = asyncio.Queue()

    async def send(self, **frame: Any) -> None:
        await self.send_text(json.dumps(frame))

    async def send_text(self, text: str) -> None:
        await self.to_app.put({"type": "websocket.receive", "text": text})

    async def get(self) -> dict[str, Any]:
        """The next frame."""
        message = await asyncio.wait_for(self.from_app.get(), _PATIENCE_S)
        assert message["type"] == "websocket.send", message
        frame: dict[str, Any] = json.loads(message["text"])
        return frame

    async def numbered(self) -> dict[str, Any]:
        """The next frame that has a number."""
        while "number" not in (frame := await self.get()):
            pass
        return frame

    async def close_code(self) -> int:
        """With what the server closes, whatever it says before."""
        while True:
            message = await asyncio.wait_for(self.from_app.get(), _PATIENCE_S)
            if message["type"] == "websocket.close":
                return int(message["code"])


@asynccontextmanager
async def connected(app: ASGIApp, path: str = "/chat/stream") -> AsyncIterator[Socket]:
    """An accepted connection; the client goes away at the end."""
    socket = Socket()
    await socket.to_app.put({"type": "websocket.connect"})
    scope = {
        "type": "websocket",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "scheme": "ws",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [],
        "subprotocols": ["teller.v1"],
        "server": ("testserver", 80),
        "client": ("127.0.0.1", 50000),
    }
    serving = asyncio.ensure_future(app(scope, socket.to_app.get, socket.from_app.put))
    try:
        accepted = await asyncio.wait_for(socket.from_app.get(), _PATIENCE_S)
        assert accepted["type"] == "websocket.accept"
        assert accepted["subprotocol"] == "teller.v1"
        yield socket
    finally:
        await socket.to_app.put({"type": "websocket.disconnect", "code": 1001})
        await asyncio.wait_for(serving, _PATIENCE_S)
