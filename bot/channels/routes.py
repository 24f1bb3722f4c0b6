"""The channel API's routes under /chat, on any Lex client, key source and clock."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

import boto3
from anyio import CapacityLimiter, to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute

from bot.channels import openapi
from bot.channels.chat import Chat
from bot.channels.demo import DemoCustomer, load_demo_customers
from bot.channels.doors import Doors
from bot.channels.http import (
    Endpoint,
    answering,
    bearer_token,
    json_response,
    read_body,
    unknown_route,
)
from bot.channels.idp import IdTokens, id_tokens_of
from bot.channels.keys import SecretsManagerKeys, SigningKeys
from bot.channels.lex import LexBot, LexClient, lex_client
from bot.channels.messages import Customers, SignIn, Utterance
from bot.channels.rates import MemoryRates, Rates, require
from bot.channels.settings import ChannelSettings
from bot.channels.stream import asyncapi
from bot.channels.stream.hub import Hub
from bot.channels.stream.inbox import Inbox, NoInbox
from bot.channels.stream.journal import MemoryJournal
from bot.channels.stream.socket import StreamSocket
from bot.channels.stream.talk import Talk
from bot.web.headers import API_HEADERS, WithHeaders

_Answer = TypeVar("_Answer")


def random_id() -> str:
    """128 bits that nobody can guess."""
    return secrets.token_hex(16)


def open_channel(settings: ChannelSettings) -> list[BaseRoute]:
    """The channel on real AWS clients. Raises `DemoCustomersError` when its list is unreadable."""
    keys = SecretsManagerKeys(
        boto3.client(
            "secretsmanager", region_name=settings.region, endpoint_url=settings.aws_endpoint_url
        ),
        settings.token_secret,
        _utc_now,
    )
    file = settings.demo_customers_file
    people = load_demo_customers(file) if file else ()
    provider = settings.identity_provider
    id_tokens = id_tokens_of(provider, _utc_now) if provider else None
    return create_channel(
        settings, lex_client(settings), keys, _utc_now, people, id_tokens=id_tokens
    )


def create_channel(
    settings: ChannelSettings,
    lex: LexClient,
    keys: SigningKeys,
    clock: Callable[[], datetime],
    demo_customers: Sequence[DemoCustomer] = (),
    new_id: Callable[[], str] = random_id,
    id_tokens: IdTokens | None = None,
    demo_token: Callable[[str], str] | None = None,
    inbox: Inbox | None = None,
    hub: Hub | None = None,
) -> list[BaseRoute]:
    """The routes under /chat. Without an identity provider (`id_tokens`) and demo customers only an
    anonymous chat can be opened.

    `clock` gives aware instants; `new_id` gives ids nobody can guess, at least 128 bits;
    `demo_token` signs a demo customer in with the provider, and gives their ID token. `inbox` has
    what the bank says of its own accord, and `hub` is rung when there is something new.
    """
    doors = Doors(id_tokens, {person.id: person for person in demo_customers}, demo_token)
    rates = MemoryRates(time.monotonic)
    chat = Chat(settings, LexBot(lex, settings), keys, clock, new_id, doors, rates)
    limiter = CapacityLimiter(settings.turns_at_once)
    talk = Talk(chat, MemoryJournal(), inbox or NoInbox(), clock)
    stream = StreamSocket(talk, hub or Hub(), rates, settings.address_rate, limiter)
    return channel_routes(chat, settings, rates, limiter, demo_customers, stream)


def channel_routes(
    chat: Chat,
    settings: ChannelSettings,
    rates: Rates,
    limiter: CapacityLimiter,
    demo_customers: Sequence[DemoCustomer] = (),
    stream: StreamSocket | None = None,
) -> list[BaseRoute]:
    """The routes to a chat; without `stream`, whoever serves them has one elsewhere."""
    shown = Customers(customers=tuple(demo_customers), phone=settings.demo_phone)
    endpoints = _Endpoints(chat, shown, limiter)

    def open_to_all(endpoint: Endpoint) -> Endpoint:
        return answering(_limited(endpoint, rates, settings))

    routes: list[BaseRoute] = [
        Route("/sign-in", open_to_all(endpoints.sign_in), methods=["POST"]),
        Route("/sign-out", open_to_all(endpoints.sign_out), methods=["POST"]),
        Route("/sessions", open_to_all(endpoints.start_over), methods=["POST"]),
        Route("/messages", open_to_all(endpoints.say), methods=["POST"]),
        Route("/openapi.json", _described(openapi.document(demo=bool(demo_customers)))),
        Route("/asyncapi.json", _described(asyncapi.document())),
    ]
    if demo_customers:
        routes.append(Route("/customers", open_to_all(endpoints.customers), methods=["GET"]))
    if stream is not None:
        routes.append(WebSocketRoute("/stream", stream.serve))
    api = Starlette(
        routes=routes,
        middleware=[Middleware(WithHeaders, headers=API_HEADERS)],
        exception_handlers={HTTPException: unknown_route},
    )
    return [Mount("/chat", app=api)]


def _described(document: dict[str, Any]) -> Endpoint:
    async def describe(_: Request) -> Response:
        return JSONResponse(document)

    return describe


def _limited(endpoint: Endpoint, rates: Rates, settings: ChannelSettings) -> Endpoint:
    """`endpoint` for so many requests of one address."""

    async def limited(request: Request) -> Response:
        address = request.client.host if request.client else ""
        require(rates, f"address {address}", settings.address_rate)
        return await endpoint(request)

    return limited


class _Endpoints:
    """Requests to calls of `Chat`, each on a thread, since Lex and Secrets Manager block.

    The threads have a limit of their own: the offline Lex of the same process calls its code hooks
    on threads too, and turns waiting for Lex must never take the last of those.
    """

    def __init__(self, chat: Chat, shown: Customers, limiter: CapacityLimiter) -> None:
        self._chat = chat
        self._shown = shown
        self._limiter = limiter

    async def sign_in(self, request: Request) -> Response:
        wanted = await read_body(request, SignIn)
        return json_response(await self._threaded(self._chat.sign_in, wanted))

    async def sign_out(self, request: Request) -> Response:
        await self._threaded(self._chat.sign_out, bearer_token(request))
        return Response(status_code=204)

    async def start_over(self, request: Request) -> Response:
        return json_response(await self._threaded(self._chat.start_over, bearer_token(request)))

    async def say(self, request: Request) -> Response:
        token = bearer_token(request)
        said = await read_body(request, Utterance)
        return json_response(await self._threaded(self._chat.say, token, said.text, said.locale))

    async def customers(self, _: Request) -> Response:
        return json_response(self._shown)

    async def _threaded(self, call: Callable[..., _Answer], *arguments: object) -> _Answer:
        return await to_thread.run_sync(call, *arguments, limiter=self._limiter)


def _utc_now() -> datetime:
    return datetime.now(UTC)
