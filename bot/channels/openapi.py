"""The channel API as an OpenAPI document, made from the models that answer it."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from bot.channels.http import LARGEST_BODY, ErrorEnvelope
from bot.channels.messages import Customers, Reply, SignedIn, SignIn, Utterance

Json = dict[str, Any]
_REFS = "#/components/schemas/{model}"
_REFUSALS = {
    400: "The request cannot be understood.",
    401: "No token, or one that is no longer good: sign in again.",
    403: "This bank has no identity provider.",
    404: "There is no such customer.",
    413: f"The message is longer than 1,024 characters, or the body than {LARGEST_BODY:,} bytes.",
    415: "The body is not JSON by its own account.",
    429: "Too many requests: wait as long as Retry-After says.",
    502: "The assistant failed.",
    503: "The assistant is busy, or cannot be reached: try again.",
}
_EVERY = (429, 503)


def document(*, demo: bool = True) -> Json:
    """The document; `demo` says whether customers may sign in by picking a name."""
    shapes: list[tuple[type[BaseModel], Any]] = [
        (SignIn, "validation"),
        (Utterance, "validation"),
        (SignedIn, "serialization"),
        (Reply, "serialization"),
        (Customers, "serialization"),
        (ErrorEnvelope, "serialization"),
    ]
    _, defined = models_json_schema(shapes, ref_template=_REFS)
    schemas = defined["$defs"]
    # The strictest reader of a text is the chat itself, which counts what is left of it.
    schemas["SignIn"]["oneOf"] = [
        {"required": ["id_token"], "properties": {"id_token": {"type": "string"}}},
        {"required": ["customer"], "properties": {"customer": {"type": "string"}}},
        {"required": ["anonymous"], "properties": {"anonymous": {"const": True}}},
    ]
    # ECMA's \s lacks U+0085, which is no word either.
    said = {"minLength": 1, "maxLength": 1024, "pattern": r"[^\s\u0085]"}
    schemas["Utterance"]["properties"]["text"] |= said
    paths: Json = {
        "/chat/sign-in": {
            "post": _operation(
                "signIn", "Open a session.", SignIn, SignedIn,
                refusals=(400, 401, 403, 404, 413, 415),
            )
        },
        "/chat/messages": {
            "post": _operation(
                "say", "Say something, and hear the answer.", Utterance, Reply,
                refusals=(400, 401, 413, 415, 502), signed_in=True,
            )
        },
        "/chat/sessions": {
            "post": _operation(
                "startOver", "A fresh chat of the same person.", None, SignedIn,
                refusals=(401,), signed_in=True,
            )
        },
        "/chat/sign-out": {
            "post": _operation(
                "signOut", "End the session.", None, None, refusals=(401,), signed_in=True
            )
        },
    }  # fmt: skip
    if demo:
        paths["/chat/customers"] = {
            "get": _operation("customers", "Who may sign in to a demonstration.", None, Customers)
        }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Teller's channel API",
            "version": "1",
            "description": "How customers reach Teller over HTTP. The stream at `/chat/stream` is "
            "described by an AsyncAPI document, `/chat/asyncapi.json`.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "accessToken": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "The `access_token` of signing in.",
                }
            },
        },
    }


def _operation(
    name: str,
    summary: str,
    takes: type[BaseModel] | None,
    gives: type[BaseModel] | None,
    *,
    refusals: tuple[int, ...] = (),
    signed_in: bool = False,
) -> Json:
    good: Json = {"description": "Done."}
    if gives is not None:
        good["content"] = _json(gives)
    operation: Json = {
        "operationId": name,
        "summary": summary,
        "responses": {
            "204" if gives is None else "200": good,
            **{str(status): _refusal(status) for status in sorted({*refusals, *_EVERY})},
        },
    }
    if takes is not None:
        operation["requestBody"] = {"required": True, "content": _json(takes)}
    if signed_in:
        operation["security"] = [{"accessToken": []}]
    return operation


def _refusal(status: int) -> Json:
    made: Json = {"description": _REFUSALS[status], "content": _json(ErrorEnvelope)}
    if status == 429:
        made["headers"] = {"Retry-After": {"required": True, "schema": {"type": "integer"}}}
    return made


def _json(model: type[BaseModel]) -> Json:
    return {"application/json": {"schema": {"$ref": _REFS.format(model=model.__name__)}}}
