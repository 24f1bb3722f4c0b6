"""One turn at a time in a session, and a bounded number of turns in all."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from bot.runtime.errors import ConflictError, ThrottlingError
from bot.runtime.session_store import SessionKey


class TurnGuard:
    """Refuses at once what may not run now; never waits. Safe to use from several threads."""

    def __init__(self, max_turns: int = 256) -> None:
        self._max_turns = max_turns
        self._lock = threading.Lock()
        self._busy: set[SessionKey] = set()

    @contextmanager
    def turn(self, key: SessionKey) -> Iterator[None]:
        """Hold a session for the length of one turn.

        Raises `ConflictError` when it is held already, `ThrottlingError` when too many are.
        """
        with self._lock:
            if key in self._busy:
                raise ConflictError("Another request for this session is being processed")
            if len(self._busy) >= self._max_turns:
                raise ThrottlingError(f"{self._max_turns} turns are being answered already")
            self._busy.add(key)
        try:
            yield
        finally:
            with self._lock:
                self._busy.discard(key)
