"""The stand-in's own page under /analyst: what it shows, and what a person can do there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from bot.console.guard import RefusedError, read_json, require_own_page
from bot.web.headers import API_HEADERS, WithHeaders
from infra.local.slack.faults import Faults, Mode
from infra.local.slack.sending import Sender
from infra.local.slack.web_api import web_api_route
from infra.local.slack.workspace import Message, Workspace

_PATIENCE_S = 20.0
Endpoint = Callable[[Request], Awaitable[Response]]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Press(_Body):
    """`user` presses the button `action` of a message."""

    user: str
    channel: str
    ts: str
    action: dict[str, Any]


class Say(_Body):
    """`user` writes `text` in the thread of a message."""

    user: str
    channel: str
    thread: str
    text: str = Field(min_length=1, max_length=3000)


class Remove(_Body):
    channel: str
    ts: str


class Switch(_Body):
    """What is wrong with Slack from now on."""

    mode: Mode
    retry_after: int = Field(default=1, ge=1, le=60)


def slack_routes(
    workspace: Workspace, faults: Faults, sender: Sender, token: Callable[[], str]
) -> list[BaseRoute]:
    """The Web API under /slack/api, and the page's own API under /analyst/api."""
    desk = _Page(workspace, faults, sender)
    api = Starlette(
        routes=[
            Route("/state", _answering(desk.state)),
            Route("/press", _answering(desk.press), methods=["POST"]),
            Route("/say", _answering(desk.say), methods=["POST"]),
            Route("/remove", _answering(desk.remove), methods=["POST"]),
            Route("/faults", _answering(desk.switch), methods=["POST"]),
        ],
        middleware=[Middleware(WithHeaders, headers=API_HEADERS)],
    )
    return [web_api_route(workspace, faults, token), Mount("/analyst/api", app=api)]


class _Page:
    def __init__(self, workspace: Workspace, faults: Faults, sender: Sender) -> None:
        self._workspace = workspace
        self._faults = faults
        self._sender = sender

    async def state(self, request: Request) -> Response:
        """Everything that is shown, as soon as it is newer than `after`."""
        after = request.query_params.get("after", "-1")
        if after.isascii() and after.isdigit() and len(after) < 12:
            await self._workspace.after(int(after), _PATIENCE_S)
        return JSONResponse(
            {
                "version": self._workspace.version,
                "people": [asdict(person) for person in self._workspace.people],
                "messages": [asdict(one) for one in self._workspace.messages if not one.deleted],
                "faults": asdict(self._faults),
            }
        )

    async def press(self, request: Request) -> Response:
        wanted = await read_json(request, Press)
        message = self._found(wanted.channel, wanted.ts)
        name = self._name(wanted.user)
        status = await run_in_threadpool(
            self._sender.click, wanted.user, name, message, wanted.action
        )
        return JSONResponse({"status": status})

    async def say(self, request: Request) -> Response:
        wanted = await read_json(request, Say)
        self._found(wanted.channel, wanted.thread)
        self._name(wanted.user)
        said = await self._workspace.add(
            Message("", wanted.channel, wanted.user, wanted.text, thread_ts=wanted.thread)
        )
        status = await run_in_threadpool(self._sender.said, said)
        return JSONResponse({"status": status, "ts": said.ts})

    async def remove(self, request: Request) -> Response:
        """Delete a message, as an administrator might."""
        wanted = await read_json(request, Remove)
        self._found(wanted.channel, wanted.ts).deleted = True
        await self._workspace.touch()
        return JSONResponse({})

    async def switch(self, request: Request) -> Response:
        wanted = await read_json(request, Switch)
        self._faults.mode = wanted.mode
        self._faults.retry_after = wanted.retry_after
        await self._workspace.touch()
        return JSONResponse(asdict(self._faults))

    def _found(self, channel: str, ts: str) -> Message:
        message = self._workspace.find(channel, ts)
        if message is None:
            raise RefusedError(404, "That message is gone.")
        return message

    def _name(self, user: str) -> str:
        for person in self._workspace.people:
            if person.id == user:
                return person.name
        raise RefusedError(400, "There is no such person here.")


def _answering(endpoint: Endpoint) -> Endpoint:
    """`endpoint` for the page of this origin only, with refusals as JSON."""

    async def answer(request: Request) -> Response:
        try:
            require_own_page(request)
            return await endpoint(request)
        except RefusedError as refused:
            return JSONResponse({"message": refused.reason}, status_code=refused.status)

    return answer
