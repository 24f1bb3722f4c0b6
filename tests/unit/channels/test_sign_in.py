"""Signing in, starting over and signing out."""

from __future__ import annotations

from datetime import timedelta

from starlette.applications import Starlette

from bot.channels import create_channel
from tests.unit.channels.asgi import Client
from tests.unit.channels.conftest import SETTINGS, Clock, FixedKeys
from tests.unit.channels.fake_lex import ScriptedLex, lex_error


def session_of(client: Client, token: str) -> str:
    return str(client.post("/chat/messages", {"text": "hi"}, token).json["session_id"])


def test_the_demo_customers_are_listed_with_a_few_words_each(client: Client) -> None:
    people = client.get("/chat/customers").json["customers"]
    assert people[0] == {
        "id": "amelia",
        "name": "Amelia Ward",
        "description": "family, joint account",
    }
    assert [person["id"] for person in people] == ["amelia", "diego"]


def test_a_demo_customer_signs_in_for_an_hour(client: Client) -> None:
    answer = client.post("/chat/sign-in", {"customer": "amelia"})
    assert answer.status == 200
    assert answer.json["expires_in"] == 3600
    assert answer.json["customer"]["name"] == "Amelia Ward"
    assert answer.headers["cache-control"] == "no-store"


def test_somebody_unknown_cannot_sign_in(client: Client) -> None:
    answer = client.post("/chat/sign-in", {"customer": "mallory"})
    assert answer.status == 404
    assert answer.json["error"]["code"] == "unknown_customer"
    assert "mallory" not in answer.body.decode()


def test_signing_in_needs_a_customer_or_anonymous_and_not_both(client: Client) -> None:
    neither_nor: tuple[object, ...] = ({}, {"customer": None}, [], "amelia")
    for body in (*neither_nor, {"customer": "amelia", "anonymous": True}):
        answer = client.post("/chat/sign-in", body)
        assert (answer.status, answer.json["error"]["code"]) == (400, "bad_request"), body


def test_without_a_demo_list_only_an_anonymous_chat_opens(keys: FixedKeys, clock: Clock) -> None:
    bare = Client(Starlette(routes=create_channel(SETTINGS, ScriptedLex(), keys, clock)))
    assert bare.get("/chat/customers").status == 404
    assert bare.post("/chat/sign-in", {"customer": "amelia"}).status == 404
    assert bare.post("/chat/sign-in", {"anonymous": True}).json["customer"] is None


def test_every_sign_in_has_a_session_of_its_own(client: Client) -> None:
    tokens = [
        client.post("/chat/sign-in", {"customer": "amelia"}).json["access_token"] for _ in range(3)
    ]
    tokens.append(client.post("/chat/sign-in", {"anonymous": True}).json["access_token"])
    sessions = {session_of(client, token) for token in tokens}
    assert len(sessions) == 4
    assert all(len(session) == 32 for session in sessions)


def test_a_session_stays_the_same_from_turn_to_turn(signed_in: Client, lex: ScriptedLex) -> None:
    for words in ("hi", "what's my balance"):
        signed_in.post("/chat/messages", {"text": words})
    assert lex.turns[0]["sessionId"] == lex.turns[1]["sessionId"]


def test_a_new_chat_is_a_new_session_that_ends_when_the_first_would_have(
    signed_in: Client, lex: ScriptedLex, clock: Clock
) -> None:
    first = session_of(signed_in, str(signed_in.token))
    clock.move(timedelta(minutes=20))
    answer = signed_in.post("/chat/sessions")
    assert answer.json["expires_in"] == 40 * 60
    assert answer.json["customer"]["id"] == "amelia"
    assert session_of(signed_in, answer.json["access_token"]) != first
    assert lex.deleted == [first]
    assert signed_in.post("/chat/messages", {"text": "hi"}).status == 401


def test_signing_out_ends_the_token_and_what_lex_remembers(
    signed_in: Client, lex: ScriptedLex
) -> None:
    session = session_of(signed_in, str(signed_in.token))
    assert signed_in.post("/chat/sign-out").status == 204
    assert lex.deleted == [session]
    assert signed_in.post("/chat/messages", {"text": "hi"}).status == 401
    assert len(lex.turns) == 1


def test_signing_out_leaves_other_sessions_of_the_customer_alone(client: Client) -> None:
    one, other = (
        client.post("/chat/sign-in", {"customer": "amelia"}).json["access_token"] for _ in range(2)
    )
    client.post("/chat/sign-out", token=one)
    assert client.post("/chat/messages", {"text": "hi"}, other).status == 200


def test_signing_out_works_when_lex_cannot_end_the_session(
    keys: FixedKeys, clock: Clock, signed_in: Client, lex: ScriptedLex
) -> None:
    class Unwilling(ScriptedLex):
        def delete_session(self, **request: object) -> dict[str, object]:
            raise lex_error("InternalServerException")

    app = Starlette(routes=create_channel(SETTINGS, Unwilling(), keys, clock))
    client = Client(app)
    client.token = client.post("/chat/sign-in", {"anonymous": True}).json["access_token"]
    assert client.post("/chat/sign-out").status == 204
    assert client.post("/chat/messages", {"text": "hi"}).status == 401


def test_an_ended_session_is_remembered_until_its_token_has_expired(
    signed_in: Client, clock: Clock
) -> None:
    signed_in.post("/chat/sign-out")
    clock.move(timedelta(minutes=59))
    another = signed_in.post("/chat/sign-in", {"anonymous": True}).json["access_token"]
    signed_in.post("/chat/sign-out", token=another)
    assert signed_in.post("/chat/messages", {"text": "hi"}).status == 401


def test_a_customer_taken_off_the_list_is_signed_out(
    signed_in: Client, keys: FixedKeys, clock: Clock
) -> None:
    restarted = Client(Starlette(routes=create_channel(SETTINGS, ScriptedLex(), keys, clock)))
    assert restarted.post("/chat/messages", {"text": "hi"}, signed_in.token).status == 401
