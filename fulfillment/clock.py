"""What time it is: the real clock, or one instant that a rehearsal fixes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """The real time, aware, UTC."""
    return datetime.now(UTC)


def clock_of(fixed: str | None) -> Clock:
    """A clock that stands at `fixed` (an ISO instant with an offset), or the real one.

    Raises ValueError when `fixed` is no such instant.
    """
    if not fixed:
        return system_clock
    instant = datetime.fromisoformat(fixed)
    if instant.tzinfo is None:
        raise ValueError("TELLER_CLOCK must carry an offset, as in 2026-11-23T12:00:00+00:00")
    instant = instant.astimezone(UTC)
    return lambda: instant
