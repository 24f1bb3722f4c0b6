"""Sessions in memory: each lives until its bot's idle time is over, and their number is bounded."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, NamedTuple, TypeVar

from bot.runtime.errors import ThrottlingError

State = TypeVar("State")

DEFAULT_CAPACITY = 50_000


class SessionKey(NamedTuple):
    """What a session belongs to. The same session id under another alias is another session."""

    bot_id: str
    alias_id: str
    locale_id: str
    session_id: str


@dataclass(frozen=True, slots=True)
class _Kept(Generic[State]):
    state: State
    expires_at: datetime


class SessionStore(Generic[State]):
    """Session states by key. Safe to use from several threads.

    A full store admits no new sessions and keeps the ones it holds: a conversation under way is
    worth more than one that has not begun. Turns begun at the same moment may pass the bound by
    their number.
    """

    def __init__(self, capacity: int = DEFAULT_CAPACITY) -> None:
        self._capacity = capacity
        self._lock = threading.Lock()
        self._sessions: dict[SessionKey, _Kept[State]] = {}

    def __len__(self) -> int:
        return len(self._sessions)

    def get(self, key: SessionKey, now: datetime) -> State | None:
        """The state of a live session; None when there is none or its time is over."""
        with self._lock:
            kept = self._sessions.get(key)
            if kept is None:
                return None
            if kept.expires_at <= now:
                del self._sessions[key]
                return None
            return kept.state

    def admit(self, now: datetime) -> None:
        """Make sure of room for one more session. Raises `ThrottlingError` when there is none.

        Asked before a turn is run: what a turn did cannot be taken back for want of room.
        """
        with self._lock:
            if len(self._sessions) >= self._capacity:
                self._drop_expired(now)
            if len(self._sessions) >= self._capacity:
                raise ThrottlingError(f"All {self._capacity} sessions are in use")

    def put(self, key: SessionKey, state: State, ttl: timedelta, now: datetime) -> None:
        """Keep `state` for `ttl` from `now`."""
        with self._lock:
            self._sessions[key] = _Kept(state, now + ttl)

    def delete(self, key: SessionKey) -> bool:
        """Forget a session; False when there was none."""
        with self._lock:
            return self._sessions.pop(key, None) is not None

    def _drop_expired(self, now: datetime) -> None:
        over = [key for key, kept in self._sessions.items() if kept.expires_at <= now]
        for key in over:
            del self._sessions[key]
