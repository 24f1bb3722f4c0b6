"""The channel API behind API Gateway: a REST proxy event in, the channel's own answer out.

The same routes as on a laptop. There are no demo customers here: who wants more than an anonymous
chat proves who they are in conversation.
"""

from __future__ import annotations

import asyncio
import base64
import os
from collections.abc import Mapping
from functools import cache
from typing import Any

from starlette.applications import Starlette
from starlette.types import Message

from bot.channels.routes import open_channel
from bot.channels.settings import ChannelSettings

Json = dict[str, Any]


@cache
def _app() -> Starlette:
    settings = ChannelSettings(
        bot_id=os.environ["BOT_ID"],
        bot_alias_id=os.environ["BOT_ALIAS_ID"],
        region=os.environ["AWS_REGION"],
        token_secret=os.environ["SESSION_TOKEN_SECRET"],
        # A function's instance has one turn at a time.
        turns_at_once=1,
    )
    return Starlette(routes=open_channel(settings))


def handler(event: Mapping[str, Any], _context: Any) -> Json:
    """Answers one request of API Gateway's REST proxy integration."""
    return asyncio.run(answer(_app(), event))


async def answer(app: Starlette, event: Mapping[str, Any]) -> Json:
    """What `app` answers to the request of a proxy event."""
    body = event.get("body") or ""
    content = base64.b64decode(body) if event.get("isBase64Encoded") else body.encode()
    waiting = [{"type": "http.request", "body": content, "more_body": False}]
    sent: list[Message] = []

    async def receive() -> Message:
        return waiting.pop(0) if waiting else {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    await app(_scope(event), receive, send)
    start = next(one for one in sent if one["type"] == "http.response.start")
    parts = [one.get("body", b"") for one in sent if one["type"] == "http.response.body"]
    headers = {name.decode(): value.decode() for name, value in start["headers"]}
    return {
        "statusCode": start["status"],
        "headers": headers,
        "body": b"".join(parts).decode(),
        "isBase64Encoded": False,
    }


def _scope(event: Mapping[str, Any]) -> Json:
    headers = event.get("headers") or {}
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "method": event["httpMethod"],
        "scheme": "https",
        "path": event["path"],
        "raw_path": event["path"].encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(k.lower().encode(), str(v).encode()) for k, v in headers.items()],
        "server": (headers.get("Host", "teller"), 443),
        "client": (event["requestContext"]["identity"]["sourceIp"], 0),
    }
