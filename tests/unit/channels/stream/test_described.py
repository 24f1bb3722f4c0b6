"""Whatever a client sends, the stream answers as its document has it, or closes and says why."""

from __future__ import annotations

import asyncio
import json
from typing import Annotated, Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pydantic import Field, TypeAdapter
from starlette.applications import Starlette

from bot.channels import ChannelSettings, SigningKey, create_channel
from bot.channels.rates import Rate
from bot.channels.stream.closing import Close
from bot.channels.stream.frames import LARGEST_FRAME, ServerFrame
from tests.unit.channels.asgi import Client
from tests.unit.channels.conftest import AMELIA, SETTINGS, Clock, FixedKeys
from tests.unit.channels.fake_lex import ScriptedLex
from tests.unit.channels.stream.asgi_socket import Socket, connected

WIDE: ChannelSettings = SETTINGS.model_copy(
    update={
        "customer_rate": Rate(per_minute=100_000, burst=100_000),
        "address_rate": Rate(per_minute=100_000, burst=100_000),
    }
)
SAID: TypeAdapter[Any] = TypeAdapter(Annotated[ServerFrame, Field(discriminator="type")])
_PING = {"type": "ping"}

_junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)
_numbers = st.integers(min_value=-2, max_value=2**70) | _junk
_ids = st.from_regex(r"\A[A-Za-z0-9_-]{8,12}\Z") | _junk
_texts = st.text(max_size=200) | st.sampled_from(["hi", "yes", "x" * 1100]) | _junk
_frames = st.one_of(
    st.fixed_dictionaries({"type": st.just("say"), "id": _ids, "text": _texts}),
    st.fixed_dictionaries(
        {"type": st.just("say"), "id": _ids, "text": _texts, "locale": st.text(max_size=6)}
    ),
    st.fixed_dictionaries({"type": st.just("seen"), "number": _numbers}),
    st.fixed_dictionaries({"type": st.just("resume"), "after": _numbers}),
    st.fixed_dictionaries({"type": st.just("hello"), "token": st.text(max_size=20)}),
    st.just(_PING),
    _junk,
)
_raw = _frames.map(json.dumps) | st.text(max_size=80) | st.just("x" * (LARGEST_FRAME + 1))


def _app() -> Starlette:
    keys = FixedKeys(SigningKey("k1", b"a key of more than thirty-two bytes, for tests"))
    return Starlette(routes=create_channel(WIDE, ScriptedLex(), keys, Clock(), (AMELIA,)))


APP = _app()


async def _answers_or_closes(socket: Socket) -> None:
    """Until it has answered a last ping, or has closed."""
    while True:
        message = await asyncio.wait_for(socket.from_app.get(), 10)
        if message["type"] == "websocket.close":
            assert Close(message["code"]) is not Close.FAULT
            return
        frame = SAID.validate_json(message["text"])
        if frame.type == "pong":
            return


@given(sent=st.lists(_raw, min_size=1, max_size=6))
@settings(
    max_examples=60,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_no_frame_gets_an_answer_that_the_document_does_not_have(sent: list[str]) -> None:
    token = Client(APP).post("/chat/sign-in", {"customer": "amelia"}).json["access_token"]

    async def run() -> None:
        async with connected(APP) as socket:
            await socket.send(type="hello", token=token)
            for text in (*sent, json.dumps(_PING)):
                await socket.send_text(text)
            await _answers_or_closes(socket)

    asyncio.run(run())


@given(first=_raw)
@settings(
    max_examples=30,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_nothing_but_a_token_opens_the_stream(first: str) -> None:
    async def run() -> None:
        async with connected(APP) as socket:
            await socket.send_text(first)
            closed = Close(await socket.close_code())
            assert closed in (Close.BAD_FRAME, Close.SIGNED_OUT, Close.TOO_LARGE)

    asyncio.run(run())
