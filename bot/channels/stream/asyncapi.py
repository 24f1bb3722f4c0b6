"""The stream as an AsyncAPI document, made from its frames."""

from __future__ import annotations

import inspect
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from bot.channels.stream.closing import Close
from bot.channels.stream.frames import (
    SUBPROTOCOL,
    ErrorFrame,
    Hello,
    NewsFrame,
    Ping,
    Pong,
    Ready,
    ReplyFrame,
    Resume,
    Say,
    Seen,
    Typing,
)

Json = dict[str, Any]
_REFS = "#/components/schemas/{model}"
_FROM_CLIENT: tuple[type[BaseModel], ...] = (Hello, Say, Seen, Resume, Ping)
_FROM_SERVER: tuple[type[BaseModel], ...] = (
    Ready, Typing, ReplyFrame, NewsFrame, ErrorFrame, Pong,
)  # fmt: skip


def document() -> Json:
    """The document. A client sends one kind of frames and receives the other."""
    shapes: list[tuple[type[BaseModel], Any]] = [
        *((frame, "validation") for frame in _FROM_CLIENT),
        *((frame, "serialization") for frame in _FROM_SERVER),
    ]
    _, defined = models_json_schema(shapes, ref_template=_REFS)
    codes = ", ".join(f"{int(code)} {code.name.lower()}" for code in Close)
    both = (*_FROM_CLIENT, *_FROM_SERVER)
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Teller's stream",
            "version": "1",
            "description": "A conversation over one WebSocket, with what the bank says of its own "
            f"accord. The first frame is `hello`. Close codes: {codes}.",
            "license": {"name": "Apache-2.0"},
        },
        "channels": {
            "stream": {
                "address": "/chat/stream",
                "messages": {_name(one): {"$ref": _message(one)} for one in both},
                "bindings": {
                    "ws": {
                        "method": "GET",
                        "headers": {
                            "type": "object",
                            "properties": {
                                "Sec-WebSocket-Protocol": {"type": "string", "const": SUBPROTOCOL}
                            },
                        },
                    }
                },
            }
        },
        "operations": {
            "clientSends": _operation("receive", _FROM_CLIENT),
            "serverSends": _operation("send", _FROM_SERVER),
        },
        "components": {
            "messages": {_name(one): _described(one) for one in both},
            "schemas": defined["$defs"],
        },
    }


def _operation(action: str, frames: tuple[type[BaseModel], ...]) -> Json:
    """As the server does it: what it receives is what a client sends."""
    return {
        "action": action,
        "channel": {"$ref": "#/channels/stream"},
        "messages": [{"$ref": f"#/channels/stream/messages/{_name(one)}"} for one in frames],
    }


def _described(frame: type[BaseModel]) -> Json:
    return {
        "name": _name(frame),
        "contentType": "application/json",
        "summary": " ".join((inspect.getdoc(frame) or "").split()),
        "payload": {"$ref": _REFS.format(model=frame.__name__)},
    }


def _name(frame: type[BaseModel]) -> str:
    [kind] = get_args(frame.model_fields["type"].annotation)
    return str(kind)


def _message(frame: type[BaseModel]) -> str:
    return f"#/components/messages/{_name(frame)}"
