"""A bank's own customer comes in by an ID token, and a demo customer through the same door."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import jwt
import pytest
from starlette.applications import Starlette

from bot.channels import create_channel
from bot.channels.tokens import IDENTITY_ATTRIBUTE
from tests.unit.channels.asgi import Client
from tests.unit.channels.conftest import AMELIA, SETTINGS, Clock, FixedKeys
from tests.unit.channels.fake_lex import ScriptedLex
from tests.unit.channels.test_idp import Provider, claims, reader, signed


def channel(
    lex: ScriptedLex,
    keys: FixedKeys,
    clock: Clock,
    demo_token: Callable[[str], str] | None = None,
) -> Client:
    people = (AMELIA,) if demo_token else ()
    id_tokens = reader(Provider(), clock)
    routes = create_channel(
        SETTINGS, lex, keys, clock, people, id_tokens=id_tokens, demo_token=demo_token
    )
    return Client(Starlette(routes=routes))


@pytest.fixture
def client(lex: ScriptedLex, keys: FixedKeys, clock: Clock) -> Client:
    return channel(lex, keys, clock)


def test_an_id_token_opens_a_session_of_the_customer_it_names(
    client: Client, lex: ScriptedLex, keys: FixedKeys
) -> None:
    answer = client.post("/chat/sign-in", {"id_token": signed(claims())})
    assert answer.status == 200
    assert answer.json["customer"]["name"] == "Amelia Hartley"
    client.post("/chat/messages", {"text": "hi"}, answer.json["access_token"])
    sent = lex.turns[-1]["requestAttributes"][IDENTITY_ATTRIBUTE]
    told = jwt.decode(
        sent, keys.current().secret, ["HS256"], {"verify_exp": False}, audience="teller-fulfillment"
    )
    assert (told["sub"], told["lvl"]) == ("amelia", 2)
    assert told["auth_time"] == claims()["auth_time"]


def test_their_name_stays_with_a_new_chat(client: Client) -> None:
    token = client.post("/chat/sign-in", {"id_token": signed(claims())}).json["access_token"]
    again = client.post("/chat/sessions", None, token).json
    assert again["customer"] == {"id": "amelia", "name": "Amelia Hartley", "description": ""}


def test_an_expired_or_foreign_token_opens_nothing(client: Client, clock: Clock) -> None:
    clock.move(timedelta(minutes=10))
    for token in (signed(claims()), signed(claims(aud="client-2")), "not a token"):
        answer = client.post("/chat/sign-in", {"id_token": token})
        assert (answer.status, answer.json["error"]["code"]) == (401, "signed_out")
        assert token not in answer.body.decode()


def test_a_channel_without_a_provider_takes_no_id_token(
    lex: ScriptedLex, keys: FixedKeys, clock: Clock
) -> None:
    bare = Client(Starlette(routes=create_channel(SETTINGS, lex, keys, clock)))
    answer = bare.post("/chat/sign-in", {"id_token": signed(claims())})
    assert (answer.status, answer.json["error"]["code"]) == (403, "no_identity_provider")


def test_a_demo_customer_comes_in_through_the_provider_and_nobody_else_by_a_name(
    lex: ScriptedLex, keys: FixedKeys, clock: Clock
) -> None:
    asked: list[str] = []

    def demo_token(customer: str) -> str:
        asked.append(customer)
        return signed(claims())

    demo = channel(lex, keys, clock, demo_token)
    assert demo.post("/chat/sign-in", {"customer": "amelia"}).json["customer"]["id"] == "amelia"
    assert demo.post("/chat/sign-in", {"customer": "mallory"}).status == 404
    assert asked == ["amelia"]
