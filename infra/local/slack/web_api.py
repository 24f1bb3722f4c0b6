"""The methods of Slack's Web API that the desk calls, on Slack's wire format.

Source: the reference pages of `chat.postMessage`, `chat.update`, `chat.postEphemeral`,
`conversations.history` and `auth.test`.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from infra.local.slack.block_rules import wrong_with
from infra.local.slack.faults import Faults
from infra.local.slack.workspace import BOT, Message, Workspace

Method = Callable[[Mapping[str, Any]], Awaitable[dict[str, Any]]]


def web_api_route(
    workspace: Workspace, faults: Faults, token: Callable[[], str], path: str = "/slack/api"
) -> Route:
    """`POST {path}/{method}`. `token` reads the bot token that is good; it may block."""
    methods = _Methods(workspace)
    known: dict[str, Method] = {
        "auth.test": methods.auth_test,
        "chat.postMessage": methods.post_message,
        "chat.update": methods.update,
        "chat.postEphemeral": methods.post_ephemeral,
        "conversations.history": methods.history,
    }

    async def call(request: Request) -> Response:
        wrong = await faults.before()
        if wrong is not None:
            return wrong
        if request.headers.get("authorization") != f"Bearer {await run_in_threadpool(token)}":
            return JSONResponse({"ok": False, "error": "invalid_auth"})
        method = known.get(request.path_params["method"])
        if method is None:
            return JSONResponse({"ok": False, "error": "unknown_method"})
        answer = await method(await _arguments(request))
        return await faults.after(JSONResponse(answer))

    return Route(path + "/{method}", call, methods=["POST"])


async def _arguments(request: Request) -> dict[str, Any]:
    """A JSON body, or a form whose structured values are JSON."""
    raw = await request.body()
    if "json" in request.headers.get("content-type", ""):
        found = json.loads(raw or b"{}")
        return found if isinstance(found, dict) else {}
    form = dict(await request.form())
    return {
        name: json.loads(value) if name in ("blocks", "metadata") else value
        for name, value in form.items()
        if isinstance(value, str)
    }


class _Methods:
    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    async def auth_test(self, _: Mapping[str, Any]) -> dict[str, Any]:
        return {"ok": True, "team": "Teller Bank", "user": "teller", "bot_id": BOT}

    async def post_message(self, given: Mapping[str, Any]) -> dict[str, Any]:
        fault = _fault(given)
        if fault:
            return fault
        channel, thread = str(given["channel"]), given.get("thread_ts")
        if thread is not None and self._workspace.find(channel, thread) is None:
            return {"ok": False, "error": "thread_not_found"}
        message = await self._workspace.add(
            Message(
                ts="",
                channel=channel,
                user=BOT,
                text=str(given.get("text", "")),
                blocks=list(given.get("blocks") or []),
                thread_ts=thread,
                metadata=given.get("metadata"),
            )
        )
        return {"ok": True, "channel": channel, "ts": message.ts, "message": {"ts": message.ts}}

    async def update(self, given: Mapping[str, Any]) -> dict[str, Any]:
        fault = _fault(given)
        if fault:
            return fault
        message = self._workspace.find(str(given["channel"]), str(given.get("ts")))
        if message is None:
            return {"ok": False, "error": "message_not_found"}
        message.text = str(given.get("text", ""))
        message.blocks = list(given.get("blocks") or [])
        message.edited = True
        await self._workspace.touch()
        return {"ok": True, "channel": message.channel, "ts": message.ts}

    async def post_ephemeral(self, given: Mapping[str, Any]) -> dict[str, Any]:
        message = await self._workspace.add(
            Message(
                ts="",
                channel=str(given.get("channel")),
                user=BOT,
                text=str(given.get("text", "")),
                only_for=str(given.get("user")),
            )
        )
        return {"ok": True, "message_ts": message.ts}

    async def history(self, given: Mapping[str, Any]) -> dict[str, Any]:
        shown = [
            {
                "type": "message",
                "ts": one.ts,
                "text": one.text,
                "bot_id": one.user,
                **({"metadata": one.metadata} if one.metadata else {}),
            }
            for one in reversed(self._workspace.messages)
            if one.channel == given.get("channel") and not one.thread_ts and not one.deleted
        ]
        return {"ok": True, "messages": shown[: int(given.get("limit", 100))]}


def _fault(given: Mapping[str, Any]) -> dict[str, Any] | None:
    if not given.get("channel"):
        return {"ok": False, "error": "channel_not_found"}
    if not given.get("text") and not given.get("blocks"):
        return {"ok": False, "error": "no_text"}
    wrong = wrong_with(given.get("blocks") or [])
    if wrong:
        messages = {"response_metadata": {"messages": [f"[ERROR] {wrong}"]}}
        return {"ok": False, "error": "invalid_blocks", **messages}
    return None
