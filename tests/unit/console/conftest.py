"""The coffee counter under a console, with its code hook in this process."""

from __future__ import annotations

import asyncio
import itertools
import random
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette

from bot.console import TestCustomer, create_console
from bot.definition import BotDefinition, load
from bot.nlu import train
from bot.nlu.recogniser import TrainedRecogniser
from bot.runtime.hosted_bot import hosted
from bot.runtime.lex_runtime import LexRuntime
from bot.runtime.session_store import SessionKey
from tests.integration.runtime import coffee_hook
from tests.unit.channels.asgi import Client, Exchange

BOT = Path(__file__).parents[2] / "integration" / "runtime" / "bots" / "beanbar"
BOT_ID = "BEANBAR001"
SECRET = "a-token-that-no-page-may-see"


class CoffeeHook:
    """The coffee counter's function; remembers what it was asked."""

    target = "coffee_hook:handler"

    def __init__(self) -> None:
        self.events: list[Mapping[str, Any]] = []
        self.advice: str | None = None
        """Said instead of whatever the function would have said."""

    def invoke(self, event: Mapping[str, Any], budget_s: float) -> Any:
        self.events.append(event)
        if self.advice is None:
            return coffee_hook.handler(dict(event), budget_s)
        message = {"contentType": "PlainText", "content": self.advice}
        return coffee_hook.answer(dict(event), {"type": "Close"}, message)

    def close(self) -> None:
        """Nothing to let go of."""


class Regulars:
    """Two customers; the attribute that says who speaks is a secret."""

    people: Sequence[TestCustomer] = (TestCustomer("ana", "Ana"), TestCustomer("bo", "Bo"))

    def attributes(self, customer_id: str, session_id: str) -> Mapping[str, str]:
        return {"x-teller-identity": f"{SECRET} {customer_id} {session_id}"}


@cache
def definition() -> BotDefinition:
    return load(BOT)


@cache
def ears() -> TrainedRecogniser:
    return train(definition().locales["en_US"])


class Bench:
    """A console to send requests to, and the bot behind it."""

    def __init__(self, customers: Regulars | None) -> None:
        self.hook = CoffeeHook()
        ids = (f"request-{number}" for number in itertools.count(1))
        self.runtime = LexRuntime(
            [hosted(BOT_ID, definition(), {"en_US": ears()}, self.hook)],
            clock=lambda: datetime(2026, 3, 2, 12, tzinfo=UTC),
            rng=random.Random(1),
            new_id=lambda: next(ids),
        )
        self.app = Starlette(routes=create_console(self.runtime, customers))
        self.client = Client(self.app)

    def turn(self, text: str, session: str = "tester", **more: object) -> Exchange:
        address = {
            "botId": BOT_ID, "aliasId": "TSTALIASID", "localeId": "en_US", "sessionId": session,
        }  # fmt: skip
        return self.client.post("/console/api/turns", {**address, "text": text, **more})

    def say(self, text: str, session: str = "tester", **more: object) -> Any:
        answered = self.turn(text, session, **more)
        assert answered.status == 200, answered.body
        return answered.json

    def get(self, path: str) -> Any:
        answered = self.client.get(f"/console/api{path}")
        assert answered.status == 200, answered.body
        return answered.json

    def elsewhere(self, text: str, session: str = "customer") -> None:
        """Say something on the Runtime API, as another page would."""
        key = SessionKey(BOT_ID, "TSTALIASID", "en_US", session)
        turn = self.runtime.recognise_text(key, {"text": text}, self.runtime.new_id())
        asyncio.run(turn)

    def exported(self, session: str = "tester", **more: str) -> str:
        asked = {
            "botId": BOT_ID, "aliasId": "TSTALIASID", "localeId": "en_US", "sessionId": session,
            **more,
        }  # fmt: skip
        query = "&".join(f"{name}={value}" for name, value in asked.items())
        answered = self.client.get(f"/console/api/conversation?{query}")
        assert answered.status == 200, answered.body
        return answered.body.decode()


@pytest.fixture
def bench() -> Bench:
    return Bench(Regulars())


@pytest.fixture
def bare() -> Bench:
    """A console without customers to choose from."""
    return Bench(None)
