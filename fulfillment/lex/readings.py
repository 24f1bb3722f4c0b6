"""Whether Lex heard one intent or two: the scores that an event brings with its readings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fulfillment.lex.event import Interpretation, LexEvent

CLEAR = 0.9
"""From this score on, the best reading is the one that was meant.

On the test sets of the three locales every second sentence scores higher, and fewer than two in a
hundred of all have a second reading as near as `CLOSE`.
"""
CLOSE = 0.05
"""Readings whose scores differ by no more could each be the one that was meant."""


def close_readings(event: LexEvent) -> tuple[Interpretation, ...]:
    """The readings that are as good as the best one, it among them; none when that one is clear.

    Only of an event that brought scores for the intent in play: Lex gives none for a fallback.
    """
    scores = [_score(unread) for unread in event.unread_interpretations]
    best = scores[0] if scores else None
    if best is None or best >= CLEAR:
        return ()
    if not any(score is not None and best - score <= CLOSE for score in scores[1:]):
        return ()
    return tuple(
        reading
        for reading, score in zip(event.interpretations, scores, strict=True)
        if score is not None and best - score <= CLOSE
    )


def is_surely(event: LexEvent, intent: str) -> bool:
    """Whether the words by themselves are clearly `intent`, whatever Lex took them for."""
    return any(
        (_score(unread) or 0) >= CLEAR and _names(unread.get("intent"), intent)
        for unread in event.unread_interpretations
    )


def _names(unread: object, intent: str) -> bool:
    return isinstance(unread, Mapping) and unread.get("name") == intent


def _score(unread: Mapping[str, Any]) -> float | None:
    """Read without the rest of the reading: most turns need no more than this."""
    score = unread.get("nluConfidence")
    return float(score) if isinstance(score, int | float) else None
