"""The turns of every session in the order they ended, numbered so that a page can ask for more."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass

from bot.runtime.session_store import SessionKey
from bot.runtime.turn_log import TurnRecord


@dataclass(frozen=True, slots=True)
class Numbered:
    """A turn and its place in the feed, from 1."""

    number: int
    record: TurnRecord


class Feed:
    """An observer of turns that holds the last `capacity` of them. Safe from several threads."""

    def __init__(self, capacity: int = 500) -> None:
        self._lock = threading.Lock()
        self._turns: deque[Numbered] = deque(maxlen=capacity)
        self._count = 0

    @property
    def count(self) -> int:
        """How many turns there were, those not held any longer included."""
        with self._lock:
            return self._count

    def __call__(self, record: TurnRecord) -> None:
        """Hold one more turn."""
        with self._lock:
            self._count += 1
            self._turns.append(Numbered(self._count, record))

    def after(self, number: int, limit: int) -> list[Numbered]:
        """Up to `limit` turns behind `number`, oldest first, of those still held.

        A number that this feed never gave was another process's: everything held is news.
        """
        with self._lock:
            turns = list(self._turns)
            number = number if number <= self._count else 0
        return [turn for turn in turns if turn.number > number][:limit]

    def find(self, request_id: str) -> Numbered | None:
        """The turn of a request, while it is still held."""
        with self._lock:
            turns = list(self._turns)
        return next((turn for turn in turns if turn.record.request_id == request_id), None)

    def conversation(self, key: SessionKey) -> list[TurnRecord]:
        """What was said in one session, oldest first."""
        with self._lock:
            turns = list(self._turns)
        return [
            turn.record
            for turn in turns
            if turn.record.session == key and turn.record.text is not None
        ]
