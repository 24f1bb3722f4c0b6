"""Spans of an utterance that a slot type can read: where they stand and what they mean."""

from __future__ import annotations

from dataclasses import dataclass

from bot.engine.recogniser import SlotMatch


@dataclass(frozen=True, slots=True)
class Span:
    """Words `start` to `end` (exclusive) of an utterance, read as a value of some type."""

    start: int
    end: int
    match: SlotMatch
    weight: float = 1.0
    """How sure the reading is, from 0 to 1: a listed value 1, a likely typo less."""

    @property
    def length(self) -> int:
        return self.end - self.start
