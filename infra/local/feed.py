"""`POST /transactions` of the local bank: handed on to API Gateway and the function behind it."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Callable
from functools import cache

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from infra.local.settings import LocalSettings
from infra.local.stack import outputs

FEED_PATH = "/transactions"
FEED_SECRET = "teller/feed"  # noqa: S105 - a name, not the secret
MAX_BYTES = 64 * 1024
"""Above what the function takes, so that it is the function which refuses."""
_PATIENCE_S = 25.0
_PASSED_ON = ("authorization", "content-type")
_PASSED_BACK = ("Content-Type", "Cache-Control", "WWW-Authenticate", "Retry-After")


def feed_route(settings: LocalSettings) -> Route:
    """The route, on the running embedded AWS."""
    address = _address_finder(settings)

    async def take(request: Request) -> Response:
        body = bytearray()
        async for chunk in request.stream():
            body += chunk
            if len(body) > MAX_BYTES:
                return _refused(413, "too_large", "A transaction is far smaller than that.")
        headers = {name: request.headers.get(name, "") for name in _PASSED_ON}
        return await run_in_threadpool(_pass_on, address(), bytes(body), headers)

    return Route(FEED_PATH, take, methods=["POST"])


def _address_finder(settings: LocalSettings) -> Callable[[], str]:
    @cache
    def find() -> str:
        api = outputs(settings)["FeedApiId"]
        return f"{settings.aws_endpoint}/_aws/execute-api/{api}/$default{FEED_PATH}"

    return find


def _pass_on(address: str, body: bytes, headers: dict[str, str]) -> Response:
    request = urllib.request.Request(address, body, headers)  # noqa: S310 - the embedded AWS's own
    try:
        with urllib.request.urlopen(request, timeout=_PATIENCE_S) as answer:  # noqa: S310
            return _passed_back(answer.status, answer.read(), answer.headers)
    except urllib.error.HTTPError as answer:
        return _passed_back(answer.code, answer.read(), answer.headers)
    except OSError:
        return _refused(503, "try_again", "Not taken: send the same transaction again.")


def _passed_back(status: int, body: bytes, headers: object) -> Response:
    found = {name: headers.get(name) for name in _PASSED_BACK}  # type: ignore[attr-defined]
    return Response(body, status, {name: value for name, value in found.items() if value})


def _refused(status: int, error: str, message: str) -> Response:
    return JSONResponse({"error": error, "message": message}, status)
