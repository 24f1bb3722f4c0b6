"""Where lines and their frames are kept: in this process, or in a table for many."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import Any, Protocol

from bot.channels.stream.line import Line

Body = dict[str, Any]
FRAMES_KEPT = 100
"""Of a session; who has missed more than these begins anew."""
_SESSIONS_KEPT = 10_000


@dataclass(frozen=True, slots=True)
class Numbered:
    """A frame on a line, as JSON."""

    number: int
    frame: Body

    def as_json(self) -> str:
        """The frame as it goes out."""
        return json.dumps(self.frame, ensure_ascii=False, separators=(",", ":"))


class Journal(Protocol):
    """Keeps what belongs to a session until `expires`. May block and raise its store's errors."""

    def read(self, session_id: str) -> Line | None:
        """The session's line; None for one that has none yet."""
        ...

    def write(
        self,
        session_id: str,
        before: Line | None,
        after: Line,
        frames: Sequence[Body],
        expires: datetime,
    ) -> bool:
        """Put `frames` on the line, the last as number `after.number`. False, and nothing is
        written, when the line is not `before` any more.
        """
        ...

    def after(self, session_id: str, number: int) -> list[Numbered]:
        """The frames behind `number`, oldest first, as far as they are kept."""
        ...


def numbered(after: Line, frames: Sequence[Body]) -> list[Numbered]:
    """The frames of a write with their numbers."""
    first = after.number - len(frames) + 1
    return [Numbered(n, {**frame, "number": n}) for n, frame in enumerate(frames, first)]


@dataclass(slots=True)
class _Kept:
    line: Line
    frames: list[Numbered] = field(default_factory=list)


class MemoryJournal:
    """In this process: for a server of our own, whose clients all come to it."""

    def __init__(self) -> None:
        self._sessions: OrderedDict[str, _Kept] = OrderedDict()
        self._lock = Lock()

    def read(self, session_id: str) -> Line | None:
        """See `Journal`."""
        kept = self._sessions.get(session_id)
        return kept.line if kept else None

    def write(
        self,
        session_id: str,
        before: Line | None,
        after: Line,
        frames: Sequence[Body],
        expires: datetime,  # noqa: ARG002 - the oldest sessions go when there are too many
    ) -> bool:
        """See `Journal`."""
        with self._lock:
            if self.read(session_id) != before:
                return False
            kept = self._sessions.setdefault(session_id, _Kept(after))
            kept.line = after
            kept.frames = [*kept.frames, *numbered(after, frames)][-FRAMES_KEPT:]
            self._sessions.move_to_end(session_id)
            while len(self._sessions) > _SESSIONS_KEPT:
                self._sessions.popitem(last=False)
            return True

    def after(self, session_id: str, number: int) -> list[Numbered]:
        """See `Journal`."""
        kept = self._sessions.get(session_id)
        return [one for one in kept.frames if one.number > number] if kept else []
