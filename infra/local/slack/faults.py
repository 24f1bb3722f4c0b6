"""What can be wrong with Slack, to be switched on by whoever tests the desk."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Literal

from starlette.responses import JSONResponse, PlainTextResponse, Response

Mode = Literal["none", "rate_limited", "error", "timeout", "answer_lost", "token_revoked"]
TIMEOUT_S = 6.0
"""Longer than the desk waits for an answer."""


@dataclass(slots=True)
class Faults:
    """`answer_lost`: the call is done and nobody hears of it. `calls` counts all that came."""

    mode: Mode = "none"
    retry_after: int = 1
    calls: int = 0
    hit: int = 0

    async def before(self) -> Response | None:
        """The answer in place of the right one, or None when the call may go on."""
        self.calls += 1
        if self.mode != "none":
            self.hit += 1
        match self.mode:
            case "rate_limited":
                headers = {"Retry-After": str(self.retry_after)}
                return JSONResponse({"ok": False, "error": "ratelimited"}, 429, headers)
            case "error":
                return PlainTextResponse("Slack is having trouble", 500)
            case "timeout":
                await asyncio.sleep(TIMEOUT_S)
                return PlainTextResponse("", 504)
            case "token_revoked":
                return JSONResponse({"ok": False, "error": "token_revoked"})
            case _:
                return None

    async def after(self, answer: Response) -> Response:
        """The answer as it arrives."""
        if self.mode != "answer_lost":
            return answer
        await asyncio.sleep(TIMEOUT_S)
        return PlainTextResponse("", 504)
