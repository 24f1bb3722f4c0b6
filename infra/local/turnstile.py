"""Bounds how many processes of a function run at once: the rest of the callers wait their turn.

Lambda starts an environment for each call that comes while all others are busy, and has a thousand
to give. The embedded AWS does the same with processes of this machine: forty customers at once had
it start forty interpreters on two cores, each slower than a customer waits. Here a call waits for a
process to be free, first come first served, and is throttled as Lambda throttles when none is for
too long.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import unquote

Scope = MutableMapping[str, Any]
AsgiApp = Callable[[Scope, Callable[[], Awaitable[Any]], Callable[[Any], Awaitable[None]]], Any]

WAITS_S = 20.0
"""How long a call waits for a process: Lex gives a code hook thirty seconds in all."""
_INVOCATION = re.compile(r"/2015-03-31/functions/(?P<named>[^/]+)/invocations/?")
_ARN_PARTS = 7
_THROTTLED = {
    "Reason": "ConcurrentInvocationLimitExceeded",
    "Type": "User",
    "message": "Rate Exceeded.",
}


def processes_by_default() -> int:
    """Per function. A turn waits for the embedded AWS more than it computes: two for each core."""
    return max(4, 2 * (os.cpu_count() or 1))


def invoked_function(scope: Scope) -> str | None:
    """The name of the function that a request waits for; None for any other request.

    An invocation by event is answered before the function runs: nobody waits for it.
    """
    if scope["type"] != "http" or scope["method"] != "POST":
        return None
    found = _INVOCATION.fullmatch(scope["path"])
    if found is None:
        return None
    if dict(scope["headers"]).get(b"x-amz-invocation-type", b"").lower() == b"event":
        return None
    return _bare_name(unquote(found["named"]))


def _bare_name(named: str) -> str:
    """Of a name, `NAME:QUALIFIER`, or an ARN, with or without a qualifier."""
    parts = named.split(":")
    return parts[_ARN_PARTS - 1] if parts[0] == "arn" and len(parts) >= _ARN_PARTS else parts[0]


class Turnstile:
    """`app`, with at most `at_once` invocations of each function that somebody waits for."""

    def __init__(self, app: AsgiApp, at_once: int, waits_s: float = WAITS_S) -> None:
        self._app, self._at_once, self._waits_s = app, at_once, waits_s
        self._free: dict[str, asyncio.Semaphore] = {}

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        name = invoked_function(scope)
        if name is None:
            await self._app(scope, receive, send)
            return
        free = self._free.setdefault(name, asyncio.Semaphore(self._at_once))
        try:
            async with asyncio.timeout(self._waits_s):
                await free.acquire()
        except TimeoutError:
            await _throttled(send)
            return
        try:
            await self._app(scope, receive, send)
        finally:
            free.release()


async def _throttled(send: Callable[[Any], Awaitable[None]]) -> None:
    """Lambda's own words for a call that no environment was free for."""
    headers = [
        (b"content-type", b"application/json"),
        (b"x-amzn-errortype", b"TooManyRequestsException"),
        (b"retry-after", b"1"),
    ]
    await send({"type": "http.response.start", "status": 429, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(_THROTTLED).encode()})
