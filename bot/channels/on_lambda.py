"""The channel API behind API Gateway: a REST proxy event in, the channel's own answer out.

The same routes as on a laptop. There are no demo customers here: customers sign in with the bank's
user pool, and who does not can prove who they are in conversation.
"""

from __future__ import annotations

import asyncio
import base64
import os
from collections.abc import Mapping
from functools import cache
from typing import Any

from anyio import CapacityLimiter
from starlette.applications import Starlette
from starlette.types import Message

from bot.channels.on_aws import channel_settings, chat_on_aws, dynamodb
from bot.channels.routes import channel_routes
from bot.channels.table import TableRates

Json = dict[str, Any]


@cache
def _app() -> Starlette:
    settings, table = channel_settings(os.environ), os.environ["CHAT_TABLE"]
    rates = TableRates(dynamodb(), table)
    chat = chat_on_aws(settings, table)
    return Starlette(routes=channel_routes(chat, settings, rates, CapacityLimiter(1)))


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
