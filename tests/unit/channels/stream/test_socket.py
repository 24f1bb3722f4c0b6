"""The stream as a client meets it: frames, close codes, several connections."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import pytest
from starlette.applications import Starlette

from bot.channels import create_channel
from bot.channels.stream.frames import LARGEST_FRAME
from bot.channels.stream.hub import Hub
from tests.unit.channels.asgi import Client
from tests.unit.channels.conftest import AMELIA, DIEGO, SETTINGS, Clock, FixedKeys
from tests.unit.channels.fake_lex import ScriptedLex, answer, text
from tests.unit.channels.stream.asgi_socket import Socket, connected
from tests.unit.channels.stream.talking import Board


class Channel:
    """A channel with its bell, and customers who signed in over HTTP."""

    def __init__(self, lex: ScriptedLex, keys: FixedKeys, clock: Clock) -> None:
        self.hub, self.board = Hub(), Board()
        routes = create_channel(
            SETTINGS, lex, keys, clock, (AMELIA, DIEGO), inbox=self.board, hub=self.hub
        )
        self.app = Starlette(routes=routes)
        self.http = Client(self.app)

    def token(self, customer: str = "amelia") -> str:
        return str(self.http.post("/chat/sign-in", {"customer": customer}).json["access_token"])


@pytest.fixture
def channel(lex: ScriptedLex, keys: FixedKeys, clock: Clock) -> Channel:
    return Channel(lex, keys, clock)


def talk(channel: Channel, act: Callable[[Socket], Awaitable[None]]) -> None:
    async def run() -> None:
        async with connected(channel.app) as socket:
            await act(socket)

    asyncio.run(run())


def test_a_message_is_typed_at_and_answered(channel: Channel) -> None:
    token = channel.token()

    async def act(socket: Socket) -> None:
        await socket.send(type="hello", token=token)
        assert await socket.get() == {"type": "ready", "after": 0}
        await socket.send(type="say", id="message-1", text="  hi ")
        assert await socket.get() == {"type": "typing", "id": "message-1"}
        reply = await socket.get()
        assert (reply["type"], reply["number"], reply["id"]) == ("reply", 1, "message-1")
        assert reply["messages"] == [{"contentType": "PlainText", "content": "You said hi"}]
        assert reply["intent"] == "CheckBalance"
        assert "session_id" not in reply
        await socket.send(type="ping")
        assert await socket.get() == {"type": "pong"}

    talk(channel, act)


def test_a_bell_pushes_to_every_open_chat_of_that_customer_and_no_other(channel: Channel) -> None:
    mine, theirs = channel.token(), channel.token("diego")

    async def run() -> None:
        async with connected(channel.app) as one, connected(channel.app) as other:
            for socket, token in ((one, mine), (other, theirs)):
                await socket.send(type="hello", token=token)
                await socket.get()
            channel.board.said.append("Your payment is on its way.")
            # The bell hangs in a thread of its own.
            threading.Thread(target=channel.hub.ring, args=("amelia",)).start()
            news = await one.get()
            assert (news["type"], news["number"]) == ("news", 1)
            assert news["messages"][0]["content"] == "Your payment is on its way."
            await one.send(type="seen", number=1)
            await one.send(type="ping")
            assert await one.get() == {"type": "pong"}
            assert channel.board.heard == 1
            await other.send(type="ping")
            assert await other.get() == {"type": "pong"}

    asyncio.run(run())


def test_an_answer_whose_connection_was_lost_is_there_when_the_client_comes_back(
    channel: Channel, lex: ScriptedLex
) -> None:
    token = channel.token()
    lost = threading.Event()

    def slow() -> Mapping[str, Any]:
        assert lost.wait(10)
        return answer(text("It is paid."))

    lex.script["yes"] = slow

    async def run() -> None:
        async with connected(channel.app) as first:
            await first.send(type="hello", token=token)
            await first.send(type="say", id="message-1", text="yes")
            assert [(await first.get())["type"] for _ in range(2)] == ["ready", "typing"]
        async with connected(channel.app) as second:
            await second.send(type="hello", token=token, after=0)
            assert await second.get() == {"type": "ready", "after": 0}
            await second.send(type="say", id="message-1", text="yes")
            lost.set()
            reply = await second.numbered()
            assert reply["messages"][0]["content"] == "It is paid."
            await second.send(type="resume", after=0)
            assert (await second.numbered())["number"] == 1

    asyncio.run(run())
    assert len(lex.turns) == 1


@pytest.mark.parametrize(
    ("first", "code"),
    [
        ({"type": "hello", "token": "forged"}, 4401),
        ({"type": "hello", "token": "x" * 3000}, 4400),
        ({"type": "hello"}, 4400),
        ({"type": "say", "id": "message-1", "text": "hi"}, 4401),
        ({"type": "shout"}, 4400),
        ({"type": "hello", "token": "x", "after": -1}, 4400),
    ],
)
def test_who_does_not_say_who_they_are_is_shut_out(
    channel: Channel, first: dict[str, Any], code: int
) -> None:
    async def act(socket: Socket) -> None:
        await socket.send(**first)
        assert await socket.close_code() == code

    talk(channel, act)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("not json", 4400),
        ("[1, 2]", 4400),
        ('{"type": "say", "id": "short", "text": "hi"}', 4400),
        ('{"type": "hello", "token": "again"}', 4400),
        ("x" * (LARGEST_FRAME + 1), 1009),
        ("\ud800", 4400),
    ],
)
def test_what_is_no_frame_ends_the_stream(channel: Channel, raw: str, code: int) -> None:
    token = channel.token()

    async def act(socket: Socket) -> None:
        await socket.send(type="hello", token=token)
        await socket.get()
        await socket.send_text(raw)
        assert await socket.close_code() == code

    talk(channel, act)


def test_a_flood_of_frames_ends_the_stream(channel: Channel) -> None:
    token = channel.token()

    async def act(socket: Socket) -> None:
        await socket.send(type="hello", token=token)
        for _ in range(200):
            await socket.send(type="ping")
        assert await socket.close_code() in (4429, 4408)

    talk(channel, act)


def test_a_customer_has_a_few_connections_and_not_any_number(channel: Channel) -> None:
    token = channel.token()

    async def open_many(left: int) -> None:
        async with connected(channel.app) as socket:
            await socket.send(type="hello", token=token)
            if left == 0:
                assert await socket.close_code() == 4429
                return
            await socket.get()
            await open_many(left - 1)

    asyncio.run(open_many(8))


def test_a_bell_is_heard_in_a_chat_that_nobody_signed_in_to_once_a_code_was_right(
    channel: Channel, lex: ScriptedLex
) -> None:
    def right() -> Mapping[str, Any]:
        channel.board.speaker = "amelia"
        return answer(text("Thank you, Amelia."))

    lex.script["123456"] = right
    token = channel.http.post("/chat/sign-in", {"anonymous": True}).json["access_token"]

    async def act(socket: Socket) -> None:
        await socket.send(type="hello", token=token)
        await socket.get()
        channel.board.said.append("A payment of yours waits.")
        channel.hub.ring("amelia")
        await socket.send(type="say", id="message-1", text="123456")
        assert (await socket.numbered())["messages"][0]["content"] == "Thank you, Amelia."
        waiting = await socket.numbered()
        assert waiting["messages"][0]["content"] == "A payment of yours waits."
        channel.board.said.append("It is on its way.")
        channel.hub.ring("amelia")
        assert (await socket.numbered())["messages"][0]["content"] == "It is on its way."

    talk(channel, act)


def test_after_signing_out_nothing_is_pushed_any_more(channel: Channel) -> None:
    token = channel.token()

    async def act(socket: Socket) -> None:
        await socket.send(type="hello", token=token)
        await socket.get()
        await asyncio.to_thread(channel.http.post, "/chat/sign-out", None, token)
        channel.board.said.append("A secret of Amelia's.")
        channel.hub.ring("amelia")
        assert await socket.close_code() == 4401

    talk(channel, act)


def test_a_refused_message_names_its_reason_and_the_stream_goes_on(channel: Channel) -> None:
    token = channel.token()

    async def act(socket: Socket) -> None:
        await socket.send(type="hello", token=token)
        await socket.get()
        await socket.send(type="say", id="message-1", text="w" * 1025)
        refused = await socket.get()
        assert (refused["type"], refused["id"]) == ("error", "message-1")
        assert (refused["code"], refused["retryable"]) == ("message_too_long", False)
        await socket.send(type="say", id="message-2", text="hi")
        assert (await socket.numbered())["id"] == "message-2"

    talk(channel, act)
