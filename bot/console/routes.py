"""The console's API under /console/api, and its page."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Protocol

from anyio import to_thread
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from bot.console.explaining import explained
from bot.console.export import conversation_file
from bot.console.feed import Feed, Numbered
from bot.console.guard import RefusedError, read_json, require_own_page
from bot.console.turns import TurnRequest, take
from bot.console.views import bot_view, summary, turn_view
from bot.runtime.lex_runtime import LexRuntime
from bot.runtime.session_store import SessionKey
from bot.web.headers import API_HEADERS, WithHeaders

MOST_AT_ONCE = 100
"""Turns in one answer of the feed."""

_LOG = logging.getLogger("teller.console")
Endpoint = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class TestCustomer:
    """Someone whom the tester may speak as."""

    __test__ = False

    id: str
    name: str


class TestCustomers(Protocol):
    """The people that a launcher offers, and the private attributes that say who speaks."""

    @property
    def people(self) -> Sequence[TestCustomer]:
        """Whom the tester may choose."""
        ...

    def attributes(self, customer_id: str, session_id: str) -> Mapping[str, str]:
        """Request attributes of the channel's for one turn of this session. May block."""
        ...


def create_console(runtime: LexRuntime, customers: TestCustomers | None = None) -> list[BaseRoute]:
    """The routes of the API, which watches `runtime` from now on; anonymous without customers."""
    feed = Feed()
    runtime.log.observe(feed)
    console = _Console(runtime, feed, customers)
    api = Starlette(
        routes=[
            Route("/bots", _answering(console.bots)),
            Route("/turns", _answering(console.turns)),
            Route("/turns", _answering(console.say), methods=["POST"]),
            Route("/turns/{request_id}", _answering(console.turn)),
            Route("/turns/{request_id}/evidence", _answering(console.evidence)),
            Route("/conversation", _answering(console.conversation)),
        ],
        middleware=[Middleware(WithHeaders, headers=API_HEADERS)],
    )
    return [Mount("/console/api", app=api)]


class _Console:
    def __init__(self, runtime: LexRuntime, feed: Feed, customers: TestCustomers | None) -> None:
        self._runtime = runtime
        self._feed = feed
        self._customers = customers
        self._people = {person.id: person for person in customers.people} if customers else {}

    async def bots(self, _: Request) -> Response:
        """Every hosted bot, and who may be spoken as."""
        return JSONResponse(
            {
                "bots": [bot_view(bot) for bot in self._runtime.bots.values()],
                "customers": [asdict(person) for person in self._people.values()],
            }
        )

    async def turns(self, request: Request) -> Response:
        """Turns of all sessions behind `after`, oldest first."""
        after = _whole(request, "after")
        turns = self._feed.after(after, MOST_AT_ONCE)
        last = turns[-1].number if turns else min(after, self._feed.count)
        return JSONResponse({"turns": [summary(turn) for turn in turns], "last": last})

    async def say(self, request: Request) -> Response:
        """One turn, and everything about it."""
        wanted = await read_json(request, TurnRequest)
        private = await self._identity(wanted)
        turn = await take(wanted, private, self._runtime, self._feed)
        return JSONResponse(turn_view(turn))

    async def turn(self, request: Request) -> Response:
        """Everything about a turn of any session."""
        return JSONResponse(turn_view(self._found(request)))

    async def evidence(self, request: Request) -> Response:
        """Why the candidates of a turn scored as they did; computed now, on a thread."""
        record = self._found(request).record
        return JSONResponse(await to_thread.run_sync(explained, record, self._runtime.bots))

    async def conversation(self, request: Request) -> Response:
        """The session as a conversation file, to be saved."""
        asked = request.query_params
        names = ("botId", "aliasId", "localeId", "sessionId")
        key = SessionKey(*(asked.get(name, "") for name in names))
        records = self._feed.conversation(key)
        if not records:
            raise RefusedError(404, "Nothing was said in this session, or it is too long ago.")
        customer = asked.get("customer") if asked.get("customer") in self._people else None
        bot = self._runtime.bots.get(key.bot_id)
        locale = bot.definition.locales.get(key.locale_id) if bot else None
        text = conversation_file(records, locale, customer)
        return PlainTextResponse(
            text, headers={"Content-Disposition": 'attachment; filename="conversation.chat"'}
        )

    def _found(self, request: Request) -> Numbered:
        turn = self._feed.find(request.path_params["request_id"])
        if turn is None:
            raise RefusedError(404, "This turn is not held any longer.")
        return turn

    async def _identity(self, wanted: TurnRequest) -> Mapping[str, str]:
        if wanted.customer is None:
            return {}
        if self._customers is None or wanted.customer not in self._people:
            raise RefusedError(400, "There is no such test customer.")
        speaker = self._customers.attributes
        return await to_thread.run_sync(speaker, wanted.customer, wanted.session_id)


def _whole(request: Request, name: str) -> int:
    given = request.query_params.get(name, "0")
    if not (given.isascii() and given.isdigit() and len(given) < 16):
        raise RefusedError(400, f"{name} is a number of a turn, 0 for the first.")
    return int(given)


def _answering(endpoint: Endpoint) -> Endpoint:
    """`endpoint` for the console's own page, with refusals and faults as JSON."""

    async def answer(request: Request) -> Response:
        try:
            require_own_page(request)
            return await endpoint(request)
        except RefusedError as refused:
            return JSONResponse({"message": refused.reason}, status_code=refused.status)
        except Exception as fault:
            # The type alone: an exception's text may hold what a customer wrote.
            _LOG.error("request failed: %s", type(fault).__name__)
            return JSONResponse({"message": "Something went wrong."}, status_code=500)

    return answer
