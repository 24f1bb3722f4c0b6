"""The streams that are open in this process: who listens, and waking them."""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import suppress

from bot.channels.stream.closing import Close, StreamClosedError
from bot.channels.stream.frames import ServerFrame
from bot.channels.tokens import Grant

_MOST = 2_000
_MOST_OF_ONE = 8
"""Connections of one customer: some devices, some tabs."""
_MOST_WAITING = 64
"""Frames beside the line that a client has not taken."""


class Listener:
    """One open connection. It holds no numbered frame: those are read when they can be sent."""

    def __init__(self, grant: Grant, after: int, customer: str | None) -> None:
        self.grant = grant
        self.customer = customer
        """Whose bell it listens to: who signed in, or who was verified in conversation."""
        self.sent = after
        """The number of the last frame that went out."""
        self._beside: deque[ServerFrame] = deque()
        self._event = asyncio.Event()
        self._rung = False
        self._closing: Close | None = None

    def wake(self, *, rung: bool = False) -> None:
        """There is something to send; `rung`: the inbox has to be looked into first."""
        self._rung = self._rung or rung
        self._event.set()

    def post(self, frame: ServerFrame) -> None:
        """Send a frame that has no number."""
        if len(self._beside) >= _MOST_WAITING:
            self.close(Close.SILENT)
            return
        self._beside.append(frame)
        self._event.set()

    def close(self, code: Close) -> None:
        """End the connection."""
        self._closing = self._closing or code
        self._event.set()

    async def woken(self, within_s: float) -> bool:
        """Wait for something to do, at most so long; whether to look into the inbox.

        Raises `StreamClosedError` when the connection is to end.
        """
        # Not `wait_for`: before Python 3.12 it may swallow a cancellation.
        with suppress(TimeoutError):
            async with asyncio.timeout(within_s):
                await self._event.wait()
        self._event.clear()
        if self._closing is not None:
            raise StreamClosedError(self._closing)
        rung, self._rung = self._rung, False
        return rung

    def beside(self) -> list[ServerFrame]:
        """The frames without a number that wait to be sent."""
        waiting = list(self._beside)
        self._beside.clear()
        return waiting


class Hub:
    """All listeners. Everything but `ring` is called on the server's own loop."""

    def __init__(self) -> None:
        self._listeners: set[Listener] = set()
        self._loop: asyncio.AbstractEventLoop | None = None

    def join(self, listener: Listener) -> None:
        """Raises `StreamClosedError` when there are too many, here or of this customer."""
        self._loop = asyncio.get_running_loop()
        customer = listener.grant.customer_id
        own = sum(one.grant.customer_id == customer for one in self._listeners) if customer else 0
        if len(self._listeners) >= _MOST or own >= _MOST_OF_ONE:
            raise StreamClosedError(Close.TOO_MANY)
        self._listeners.add(listener)

    def leave(self, listener: Listener) -> None:
        """The connection has ended."""
        self._listeners.discard(listener)

    def wake(self, session_id: str) -> None:
        """Something was put on the session's line."""
        for listener in self._listeners:
            if listener.grant.session_id == session_id:
                listener.wake()

    def known(self, session_id: str, customer: str | None) -> bool:
        """Whoever speaks in the session was verified as `customer`, or is nobody any more; whether
        that is news to anybody who listens.
        """
        listening = [one for one in self._listeners if one.grant.session_id == session_id]
        is_news = any(one.customer != customer for one in listening)
        for one in listening:
            one.customer = customer
        return is_news

    def ring(self, customer_id: str) -> None:
        """There may be news for the customer. From any thread."""
        loop = self._loop
        if loop is not None:
            with suppress(RuntimeError):  # the server has stopped meanwhile
                loop.call_soon_threadsafe(self._ring, customer_id)

    def _ring(self, customer_id: str) -> None:
        for listener in self._listeners:
            if listener.customer == customer_id:
                listener.wake(rung=True)
