"""The Lex Runtime V2 API over HTTP, on AWS's wire format."""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.runtime.errors import InternalServerError, LexRuntimeError, ValidationError
from bot.runtime.header_codec import encode_header
from bot.runtime.session_store import SessionKey
from bot.runtime.validation import validate
from bot.runtime.wire_model import OperationShape, operation

if TYPE_CHECKING:
    from bot.runtime.lex_runtime import LexRuntime

SESSION_PATH = "/bots/{botId}/botAliases/{botAliasId}/botLocales/{localeId}/sessions/{sessionId}"
MAX_BODY_BYTES = 256 * 1024
TEXT_CONTENT_TYPE = "text/plain; charset=utf-8"

_log = logging.getLogger(__name__)

Perform = Callable[[SessionKey, Mapping[str, Any], str], Awaitable[Response]]


def create_runtime_app(runtime: LexRuntime) -> list[Route]:
    """The routes of RecognizeText, PutSession, GetSession and DeleteSession.

    Signatures are accepted and not verified. Every answer carries `x-amzn-RequestId`; an error
    carries `x-amzn-ErrorType` and a JSON body with `message`.
    """

    async def recognise_text(key: SessionKey, request: Mapping[str, Any], rid: str) -> Response:
        return _json(await runtime.recognise_text(key, request, rid))

    async def put_session(key: SessionKey, request: Mapping[str, Any], rid: str) -> Response:
        _refuse_speech(request.get("responseContentType"))
        return _put_session_response(await runtime.put_session(key, request, rid))

    async def get_session(key: SessionKey, _request: Mapping[str, Any], _rid: str) -> Response:
        return _json(runtime.get_session(key))

    async def delete_session(key: SessionKey, _request: Mapping[str, Any], _rid: str) -> Response:
        return _json(runtime.delete_session(key))

    def route(path: str, method: str, name: str, perform: Perform) -> Route:
        endpoint = _endpoint(operation(name), perform, runtime.new_id)
        return Route(path, endpoint, methods=[method], name=name)

    return [
        route(f"{SESSION_PATH}/text", "POST", "RecognizeText", recognise_text),
        route(SESSION_PATH, "POST", "PutSession", put_session),
        route(SESSION_PATH, "GET", "GetSession", get_session),
        route(SESSION_PATH, "DELETE", "DeleteSession", delete_session),
    ]


def _endpoint(
    shape: OperationShape, perform: Perform, new_id: Callable[[], str]
) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        request_id = new_id()
        try:
            members = await _members(request, shape)
            response = await perform(_key(members), members, request_id)
        except LexRuntimeError as error:
            response = _error(error)
        except Exception as fault:
            # Where it happened, not what it said: the message may quote the customer.
            places = "".join(traceback.format_tb(fault.__traceback__))
            _log.error("request %s failed: %s at\n%s", request_id, type(fault).__name__, places)
            response = _error(InternalServerError("An internal error occurred"))
        response.headers["x-amzn-RequestId"] = request_id
        return response

    return endpoint


async def _members(request: Request, shape: OperationShape) -> dict[str, Any]:
    """The operation's input, gathered from path, headers and body, and validated."""
    body = await _json_body(request) if request.method == "POST" else {}
    members: dict[str, Any] = {name: body.get(name) for name in shape.members(None)}
    for name, member in shape.members("header").items():
        members[name] = request.headers.get(member.serialization.get("name", name))
    members.update({name: request.path_params[name] for name in shape.members("uri")})
    try:
        validate(members, shape.input)
    except RecursionError as fault:
        raise ValidationError("The request is nested too deeply") from fault
    return members


async def _json_body(request: Request) -> Mapping[str, Any]:
    raw = bytearray()
    async for chunk in request.stream():
        raw += chunk
        if len(raw) > MAX_BODY_BYTES:
            raise ValidationError(f"The request body is longer than {MAX_BODY_BYTES} bytes")
    try:
        body = json.loads(raw) if raw else {}
    except (ValueError, RecursionError) as fault:
        raise ValidationError("The request body is not JSON") from fault
    if not isinstance(body, Mapping):
        raise ValidationError("The request body is not a JSON object")
    return body


def _key(members: Mapping[str, Any]) -> SessionKey:
    return SessionKey(
        members["botId"], members["botAliasId"], members["localeId"], members["sessionId"]
    )


def _refuse_speech(content_type: str | None) -> None:
    if content_type is not None and not content_type.strip().lower().startswith("text/plain"):
        raise ValidationError(
            "Value at 'responseContentType' failed to satisfy constraint:"
            f" this runtime answers in text only; use {TEXT_CONTENT_TYPE}"
        )


def _json(body: Mapping[str, Any]) -> Response:
    return JSONResponse(body)


def _put_session_response(answer: Mapping[str, Any]) -> Response:
    """PutSession answers in headers, its body being kept for speech."""
    headers = {
        "x-amz-lex-session-id": answer["sessionId"],
        "x-amz-lex-session-state": encode_header(answer["sessionState"]),
        "Content-Type": TEXT_CONTENT_TYPE,
    }
    if answer.get("messages"):
        headers["x-amz-lex-messages"] = encode_header(answer["messages"])
    if answer.get("requestAttributes"):
        headers["x-amz-lex-request-attributes"] = encode_header(answer["requestAttributes"])
    return Response(b"", headers=headers)


def _error(error: LexRuntimeError) -> Response:
    return JSONResponse(
        {"message": error.message},
        status_code=error.status,
        headers={"x-amzn-ErrorType": error.code},
    )
