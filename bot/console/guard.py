"""Which requests the console answers: those of its own page, in JSON, and not too large."""

from __future__ import annotations

from typing import TypeVar
from urllib.parse import urlsplit

from pydantic import BaseModel, ValidationError
from starlette.requests import Request

LARGEST_BODY = 64 * 1024
_OWN_PAGE = {"same-origin", "none"}

Body = TypeVar("Body", bound=BaseModel)


class RefusedError(Exception):
    """A request that is not answered: HTTP status and one sentence that says why."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


def require_own_page(request: Request) -> None:
    """Raise `RefusedError` 403 for a request that a page of another origin made.

    Browsers say so in Sec-Fetch-Site, and in Origin for whatever changes state; a script on this
    machine sends neither and is the developer's own.
    """
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    foreign = origin is not None and urlsplit(origin).netloc != request.headers.get("host")
    if foreign or (site is not None and site not in _OWN_PAGE):
        raise RefusedError(403, "The console answers its own page only.")


async def read_json(request: Request, model: type[Body]) -> Body:
    """The request's JSON as `model`.

    Raises `RefusedError`: 415 when it does not say that it is JSON (a form of another page never
    can), 413 above `LARGEST_BODY` bytes, 400 when it is not what `model` needs.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise RefusedError(415, "Send JSON, with content-type application/json.")
    raw = bytearray()
    async for chunk in request.stream():
        raw += chunk
        if len(raw) > LARGEST_BODY:
            raise RefusedError(413, f"A request has at most {LARGEST_BODY} bytes.")
    try:
        return model.model_validate_json(bytes(raw))
    except ValidationError as fault:
        first = fault.errors(include_input=False)[0]
        place = ".".join(map(str, first["loc"])) or "the request"
        raise RefusedError(400, f"{place}: {first['msg']}") from None
