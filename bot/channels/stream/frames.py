"""The frames of the stream, each a JSON object in a text message with its kind in `type`."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter, ValidationError

from bot.channels.errors import ChannelError
from bot.channels.messages import Message, Reply, Spoken
from bot.channels.stream.closing import Close, StreamClosedError

LARGEST_FRAME = 16 * 1024
"""Bytes a client may send at once, as of an HTTP body."""
SUBPROTOCOL = "teller.v1"


class _Frame(BaseModel):
    model_config = ConfigDict(frozen=True)


class Hello(_Frame):
    """The first frame: who speaks, by the access token of `POST /chat/sign-in`.

    `after` is the last number that the client has shown of this session; null for a chat that
    begins now.
    """

    type: Literal["hello"]
    token: Annotated[str, StringConstraints(min_length=1, max_length=2048)]
    after: int | None = Field(default=None, ge=0)


class Say(_Frame):
    """What the customer writes. `id` is the client's: sent again with the same one after a
    connection was lost, it is still said once. `locale` is its language, if not the chat's last.
    """

    type: Literal["say"]
    id: Annotated[str, StringConstraints(pattern=r"\A[A-Za-z0-9_-]{8,64}\z")]
    text: Annotated[str, StringConstraints(strip_whitespace=True)]
    locale: Spoken | None = None


class Seen(_Frame):
    """Everything up to `number` has been shown to the customer."""

    type: Literal["seen"]
    number: int = Field(ge=0)


class Resume(_Frame):
    """A number was left out: send again what came after `after`."""

    type: Literal["resume"]
    after: int = Field(ge=0)


class Ping(_Frame):
    """Keeps the connection open; answered by a pong."""

    type: Literal["ping"]


ClientFrame = Annotated[Hello | Say | Seen | Resume | Ping, Field(discriminator="type")]
_CLIENT: TypeAdapter[Hello | Say | Seen | Resume | Ping] = TypeAdapter(ClientFrame)


class Ready(_Frame):
    """The customer is known; numbered frames follow from `after` + 1 on."""

    type: Literal["ready"] = "ready"
    after: int


class Typing(_Frame):
    """The message `id` is being answered; over when its reply or error comes."""

    type: Literal["typing"] = "typing"
    id: str


class ReplyFrame(_Frame):
    """Teller's answer to the message `id`."""

    type: Literal["reply"] = "reply"
    number: int
    id: str
    messages: list[Message]
    intent: str | None = None
    state: str | None = None
    heard: str | None = None


class NewsFrame(_Frame):
    """What the bank says of its own accord: an analyst's decision, a question, an alert."""

    type: Literal["news"] = "news"
    number: int
    at: datetime
    messages: list[Message]


class ErrorFrame(_Frame):
    """The message `id` was not answered. `retry_after` is in seconds."""

    type: Literal["error"] = "error"
    id: str
    code: str
    message: str
    retryable: bool
    retry_after: int | None = None


class Pong(_Frame):
    """The connection is open."""

    type: Literal["pong"] = "pong"


ServerFrame = Ready | Typing | ReplyFrame | NewsFrame | ErrorFrame | Pong


def read_frame(raw: str | bytes | None) -> Hello | Say | Seen | Resume | Ping:
    """A client's frame. Raises `StreamClosedError` for what is too large, or none."""
    if not isinstance(raw, str):
        raise StreamClosedError(Close.BAD_FRAME)
    if len(raw.encode("utf-8", "surrogatepass")) > LARGEST_FRAME:
        raise StreamClosedError(Close.TOO_LARGE)
    try:
        return _CLIENT.validate_json(raw)
    except ValidationError:
        raise StreamClosedError(Close.BAD_FRAME) from None


def written(frame: ServerFrame) -> str:
    """The frame as it goes out."""
    return frame.model_dump_json(by_alias=True, exclude_none=True)


def reply_body(said_id: str, reply: Reply) -> dict[str, Any]:
    """A reply's frame before it has a number."""
    shown = reply.model_dump(mode="json", by_alias=True, exclude={"session_id"}, exclude_none=True)
    return {"type": "reply", "id": said_id, **shown}


def error_frame(said_id: str, error: ChannelError) -> ErrorFrame:
    """The refusal of one message."""
    return ErrorFrame(
        id=said_id,
        code=error.code,
        message=error.message,
        retryable=error.retryable,
        retry_after=error.retry_after,
    )
