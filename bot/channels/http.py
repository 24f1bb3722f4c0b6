"""JSON over HTTP for the channel API: bounded bodies in, plain refusals out, headers on both."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from bot.channels.errors import ChannelError, bad_request, not_signed_in
from bot.channels.keys import KeysUnavailableError

_LOG = logging.getLogger("teller.channel")
LARGEST_BODY = 16 * 1024
"""Bytes: 1024 characters, each written as two JSON escapes of six bytes, and room to spare."""

Body = TypeVar("Body", bound=BaseModel)
Endpoint = Callable[[Request], Awaitable[Response]]


class ErrorBody(BaseModel):
    """What a refusal says."""

    code: str
    message: str
    retryable: bool


class ErrorEnvelope(BaseModel):
    """The JSON of every refusal."""

    error: ErrorBody


def json_response(body: BaseModel, status: int = 200) -> Response:
    """`body` as JSON, in the names that the API documents."""
    return Response(
        body.model_dump_json(by_alias=True), status_code=status, media_type="application/json"
    )


def refusal(error: ChannelError) -> Response:
    """The refusal as JSON; a 401 says how to come back, a 429 when."""
    body = ErrorBody(code=error.code, message=error.message, retryable=error.retryable)
    response = json_response(ErrorEnvelope(error=body), error.status)
    if error.status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    if error.retry_after is not None:
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def bearer_token(request: Request) -> str:
    """The access token in the Authorization header. Raises `ChannelError` 401 without one."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise not_signed_in()
    return token.strip()


async def read_body(request: Request, model: type[Body]) -> Body:
    """The request's JSON as `model`.

    Raises `ChannelError`: 415 when it is not JSON by its own account, 413 above `LARGEST_BODY`
    bytes (told before they are all read), 400 when it does not say what `model` needs.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise ChannelError(415, "not_json", "Please send JSON (content-type application/json).")
    raw = await _read_bounded(request)
    try:
        return model.model_validate_json(raw)
    except ValidationError:
        raise bad_request("bad_request", "That request isn't one we understand.") from None


async def _read_bounded(request: Request) -> bytes:
    too_large = ChannelError(413, "too_large", "That is more than we can take in one message.")
    declared = request.headers.get("content-length", "0")
    if not declared.isdecimal() or int(declared) > LARGEST_BODY:
        raise too_large
    raw = bytearray()
    async for chunk in request.stream():
        raw += chunk
        if len(raw) > LARGEST_BODY:
            raise too_large
    return bytes(raw)


def answering(endpoint: Endpoint) -> Endpoint:
    """`endpoint` with every refusal and fault turned into the API's JSON."""

    async def answer(request: Request) -> Response:
        try:
            return await endpoint(request)
        except ChannelError as error:
            return refusal(error)
        except ClientDisconnect:
            return refusal(bad_request("disconnected", "The request was cut off."))
        except KeysUnavailableError as error:
            _LOG.error("signing key unavailable: %s", error)
            return refusal(_fault(503))
        except Exception as error:
            # The type alone: an exception's text may hold what the customer wrote.
            _LOG.error("request failed: %s", type(error).__name__)
            return refusal(_fault(500))

    return answer


def _fault(status: int) -> ChannelError:
    message = "Something went wrong on our side. Please try again in a moment."
    return ChannelError(status, "internal_error", message, retryable=True)


async def unknown_route(_: Request, error: Exception) -> Response:
    """404 and 405 in the API's own words."""
    status = error.status_code if isinstance(error, HTTPException) else 404
    if status == 405:
        answer = refusal(ChannelError(405, "method_not_allowed", "That can't be done this way."))
        answer.headers.update((error.headers or {}) if isinstance(error, HTTPException) else {})
        return answer
    return refusal(ChannelError(404, "not_found", "There is nothing here."))
