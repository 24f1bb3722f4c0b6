"""Why a stream is closed, as the close code of RFC 6455 that a client acts on."""

from __future__ import annotations

from enum import IntEnum


class Close(IntEnum):
    """4000 and above are ours; the last three digits follow HTTP's where there is a like."""

    NORMAL = 1000
    GOING_AWAY = 1001
    """The server stops: connect again."""
    TOO_LARGE = 1009
    FAULT = 1011
    """Something went wrong on our side: connect again, a moment later each time."""
    BAD_FRAME = 4400
    """Not a frame of this protocol; sending it again changes nothing."""
    SIGNED_OUT = 4401
    """No token, one that is no longer good, or the customer signed out: sign in again."""
    SILENT = 4408
    """Nobody said who they are in time, or nobody takes what is sent."""
    TOO_MANY = 4429
    """Too many frames or connections: wait before connecting again."""


class StreamClosedError(Exception):
    """The stream ends with this code."""

    def __init__(self, code: Close) -> None:
        super().__init__(code.name)
        self.code = code
