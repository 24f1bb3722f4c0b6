"""The Lex Runtime V2 API over HTTP, on AWS's wire format."""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.runtime.errors import InternalServerError, LexRuntimeError, ValidationError
from bot.runtime.header_answers import (
    header_answer,
    refuse_speech,
    spoken_answer,
    typed_request,
)
from bot.runtime.session_store import SessionKey
from bot.runtime.validation import validate
from bot.runtime.wire_model import OperationShape, operation

if TYPE_CHECKING:
    from bot.runtime.lex_runtime import LexRuntime

SESSION_PATH = "/bots/{botId}/botAliases/{botAliasId}/botLocales/{localeId}/sessions/{sessionId}"
MAX_BODY_BYTES = 256 * 1024

_log = logging.getLogger(__name__)

Perform = Callable[[SessionKey, Mapping[str, Any], str], Awaitable[Response]]


def create_runtime_app(runtime: LexRuntime) -> list[Route]:
    """The routes of RecognizeText, RecognizeUtterance, and Put-, Get- and DeleteSession.

    Signatures are accepted and not verified. Every answer carries `x-amzn-RequestId`; an error
    carries `x-amzn-ErrorType` and a JSON body with `message`. Speech is refused as a
    ValidationException that says so.
    """

    async def recognise_text(key: SessionKey, request: Mapping[str, Any], rid: str) -> Response:
        return JSONResponse(await runtime.recognise_text(key, request, rid))

    async def recognise_utterance(
        key: SessionKey, request: Mapping[str, Any], rid: str
    ) -> Response:
        typed = typed_request(request)
        answer = await runtime.recognise_text(key, typed, rid, "RecognizeUtterance")
        return spoken_answer(answer, typed["text"])

    async def put_session(key: SessionKey, request: Mapping[str, Any], rid: str) -> Response:
        refuse_speech("responseContentType", request.get("responseContentType"))
        return header_answer(await runtime.put_session(key, request, rid))

    async def get_session(key: SessionKey, _request: Mapping[str, Any], _rid: str) -> Response:
        return JSONResponse(runtime.get_session(key))

    async def delete_session(key: SessionKey, _request: Mapping[str, Any], _rid: str) -> Response:
        return JSONResponse(runtime.delete_session(key))

    async def refuse_streaming(_request: Request) -> Response:
        fault = ValidationError("Streaming is not available here; use RecognizeText")
        return _identified(_error(fault), runtime.new_id())

    def route(path: str, method: str, name: str, perform: Perform) -> Route:
        endpoint = _endpoint(operation(name), perform, runtime.new_id)
        return Route(path, endpoint, methods=[method], name=name)

    return [
        route(f"{SESSION_PATH}/text", "POST", "RecognizeText", recognise_text),
        route(f"{SESSION_PATH}/utterance", "POST", "RecognizeUtterance", recognise_utterance),
        Route(f"{SESSION_PATH}/conversation", refuse_streaming, methods=["POST"]),
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
        except ClientDisconnect:
            raise  # nobody is left to answer
        except Exception as fault:
            # Where it happened, not what it said: the message may quote the customer.
            places = "".join(traceback.format_tb(fault.__traceback__))
            _log.error("request %s failed: %s at\n%s", request_id, type(fault).__name__, places)
            response = _error(InternalServerError("An internal error occurred"))
        return _identified(response, request_id)

    return endpoint


def _identified(response: Response, request_id: str) -> Response:
    response.headers["x-amzn-RequestId"] = request_id
    return response


async def _members(request: Request, shape: OperationShape) -> dict[str, Any]:
    """The operation's input, gathered from path, headers and body, and validated."""
    members: dict[str, Any] = {name: request.path_params[name] for name in shape.members("uri")}
    for name, member in shape.members("header").items():
        members[name] = request.headers.get(member.serialization.get("name", name))
    if shape.payload is not None:
        members[shape.payload] = await _body(request)
    elif request.method == "POST":
        body = _json(await _body(request))
        members.update({name: body.get(name) for name in shape.members(None)})
    validate(members, shape.input)
    return members


async def _body(request: Request) -> bytes:
    raw = bytearray()
    async for chunk in request.stream():
        raw += chunk
        if len(raw) > MAX_BODY_BYTES:
            raise ValidationError(f"The request body is longer than {MAX_BODY_BYTES} bytes")
    return bytes(raw)


def _json(raw: bytes) -> Mapping[str, Any]:
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


def _error(error: LexRuntimeError) -> Response:
    return JSONResponse(
        {"message": error.message},
        status_code=error.status,
        headers={"x-amzn-ErrorType": error.code},
    )
