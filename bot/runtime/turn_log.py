"""What happened in each turn, for whoever watches: the test console, a test, a conversation log."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.runtime.session_store import SessionKey

PRIVATE_PREFIX = "x-teller-"
"""Request attributes of this prefix carry secrets of the channel: never kept, shown or returned."""


_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class HookRecord:
    """One call of a code hook. Exactly one of `response` and `failure` is set."""

    target: str
    source: str
    label: str | None
    event: Mapping[str, Any]
    response: Any | None
    failure: str | None
    duration_ms: float


@dataclass(frozen=True, slots=True)
class TurnRecord:
    """One turn as the runtime saw it; values in AWS's wire shapes, secrets left out."""

    request_id: str
    operation: str
    session: SessionKey
    at: datetime
    text: str | None
    request: Mapping[str, Any]
    response: Mapping[str, Any] | None
    error: str | None
    """AWS's name of the error and its message, when the turn was refused."""
    hooks: tuple[HookRecord, ...]
    trace: tuple[Any, ...]
    duration_ms: float
    asked: str | None = None
    """The slot that the bot had asked for before this turn."""
    nlu_ms: float = 0.0
    """The part of `duration_ms` that was spent on understanding the text."""


Observer = Callable[[TurnRecord], None]


class TurnLog:
    """The last turns, and those who want to hear of each as it ends. Safe from several threads."""

    def __init__(self, capacity: int = 500) -> None:
        self._lock = threading.Lock()
        self._records: deque[TurnRecord] = deque(maxlen=capacity)
        self._observers: list[Observer] = []

    def observe(self, observer: Observer) -> Callable[[], None]:
        """Call `observer` after every turn, on the runtime's thread; returns how to stop it."""
        with self._lock:
            self._observers.append(observer)

        def stop() -> None:
            with self._lock:
                if observer in self._observers:
                    self._observers.remove(observer)

        return stop

    def add(self, record: TurnRecord) -> None:
        """Keep a record and tell the observers; the fault of an observer is logged only."""
        with self._lock:
            self._records.append(record)
            observers = list(self._observers)
        for observer in observers:
            try:
                observer(record)
            except Exception as fault:
                # The turn is answered already; the type alone, since the text may quote it.
                _log.error("an observer of turns failed: %s", type(fault).__name__)

    def recent(self, session_id: str | None = None) -> list[TurnRecord]:
        """Records still held, oldest first; only those of one session id when it is given."""
        with self._lock:
            records = list(self._records)
        if session_id is None:
            return records
        return [record for record in records if record.session.session_id == session_id]


def without_private(attributes: Mapping[str, str] | None) -> dict[str, str]:
    """`attributes` without the channel's secrets; names compared without regard to case."""
    if not attributes:
        return {}
    return {
        name: value
        for name, value in attributes.items()
        if not name.lower().startswith(PRIVATE_PREFIX)
    }


def redacted_event(event: Mapping[str, Any]) -> dict[str, Any]:
    """A hook event as it may be shown: private request attributes are named, their values not."""
    attributes = event.get("requestAttributes") or {}
    shown = {
        name: "(not shown)" if name.lower().startswith(PRIVATE_PREFIX) else value
        for name, value in attributes.items()
    }
    return {**event, "requestAttributes": shown}
