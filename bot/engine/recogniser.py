"""What the engine asks of an NLU: intents of an utterance, a slot's value in a reply, yes or no."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

EXACT = 0.999
"""A score from here on: the utterance is a sample of the intent, word for word."""


@dataclass(frozen=True, slots=True)
class SlotMatch:
    """A value found for a slot.

    `original` is the customer's own span, `interpreted` Lex's reading (None when it is ambiguous),
    `resolved` the readings, best first. `known` is False for words taken on trust: an open type
    that would have accepted nearly anything. `parts` are the values of a multi-value slot.
    """

    original: str
    interpreted: str | None
    resolved: tuple[str, ...] = ()
    known: bool = True
    parts: tuple[SlotMatch, ...] = ()


@dataclass(frozen=True, slots=True)
class IntentScore:
    """A candidate intent, its calibrated score from 0 to 1, and the slots the utterance fills."""

    name: str
    score: float
    slots: Mapping[str, SlotMatch] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Attention:
    """What the session has the ears expect.

    `style` is Lex's `slotElicitationStyle`: how the reply to the prompt may be spelt. `hints` are
    the session's runtime hints: likely phrases by (intent, slot); a part goes by `slot.part`.
    """

    style: str | None = None
    hints: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)


PLAIN = Attention()


class Recogniser(Protocol):
    """The ears of one bot locale. Deterministic: the same words give the same answer.

    A part of a composite slot goes by the name `slot.part`.
    """

    def intents(
        self,
        text: str,
        now: datetime,
        eligible: Collection[str] | None = None,
        attention: Attention = PLAIN,
    ) -> list[IntentScore]:
        """Candidates among `eligible` intents (all when None), best first."""
        ...

    def slot(
        self, text: str, intent: str, slot: str, now: datetime, attention: Attention = PLAIN
    ) -> SlotMatch | None:
        """The value for `slot` in a reply to its prompt, or None when there is none."""
        ...

    def phrased(
        self, text: str, intent: str, slot: str, now: datetime, attention: Attention = PLAIN
    ) -> Mapping[str, SlotMatch]:
        """The slots in a reply that has the form of one of the slot's own sample utterances."""
        ...

    def confirmation(self, text: str) -> bool | None:
        """Yes, no, or neither."""
        ...
