"""What a bot made of one utterance, read from RecognizeText's answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from bot.evaluation.test_set import UserRow

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SlotReading:
    """A filled slot: every form in which its value may be written, and a list's own readings."""

    forms: tuple[str, ...]
    values: tuple[SlotReading, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """An intent that was considered; the fallback has no score."""

    intent: str
    score: float | None


@dataclass(frozen=True, slots=True)
class Heard:
    """The bot's side of a row. `error` is set, and all else empty, when the turn was refused."""

    intent: str | None = None
    slots: Mapping[str, SlotReading] = field(default_factory=dict)
    contexts: tuple[str, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    messages: tuple[str, ...] = ()
    error: str | None = None

    @property
    def score(self) -> float | None:
        """The score of the intent in play, where the turn gave it one."""
        return next((c.score for c in self.candidates if c.intent == self.intent), None)


class Speaker(Protocol):
    """A bot that can be spoken to, one session a conversation."""

    def say(self, session_id: str, row: UserRow) -> Heard:
        """What the bot makes of `row` in this session; never raises for a refused turn."""
        ...


def heard(answer: Json) -> Heard:
    """The reading of a RecognizeText answer, as boto3 or the runtime gives it."""
    state: Json = answer.get("sessionState") or {}
    intent: Json = state.get("intent") or {}
    return Heard(
        intent.get("name"),
        dict(_slots(intent.get("slots") or {})),
        tuple(context["name"] for context in state.get("activeContexts") or ()),
        tuple(_candidates(answer.get("interpretations") or ())),
        tuple(message.get("content") or "" for message in answer.get("messages") or ()),
    )


def _slots(wire: Json, prefix: str = "") -> Iterator[tuple[str, SlotReading]]:
    for name, slot in wire.items():
        if not slot:
            continue
        if slot.get("value") or slot.get("values"):
            yield prefix + name, _reading(slot)
        if slot.get("subSlots"):
            yield from _slots(slot["subSlots"], f"{prefix}{name}.")


def _reading(slot: Json) -> SlotReading:
    value: Json = slot.get("value") or {}
    forms = [value.get("originalValue"), value.get("interpretedValue")]
    forms += value.get("resolvedValues") or []
    return SlotReading(
        tuple(dict.fromkeys(form for form in forms if form)),
        tuple(_reading(part) for part in slot.get("values") or ()),
    )


def _candidates(wire: Any) -> Iterator[Candidate]:
    for reading in wire:
        confidence = reading.get("nluConfidence")
        score = confidence.get("score") if isinstance(confidence, Mapping) else confidence
        yield Candidate(reading["intent"]["name"], score)
