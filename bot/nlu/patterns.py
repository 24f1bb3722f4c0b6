"""Matches an utterance against the sample utterances that have slots: "move {amount} to {account}".

A whole match says the intent and every slot at once, even when two slots have the same type and
even when a value is not on any list.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.definition.model import Intent
from bot.engine.recogniser import SlotMatch
from bot.nlu.slot_reading import SlotReader
from bot.nlu.spans import Span
from bot.nlu.words import Word, normal

_PART = re.compile(r"\{(\w+)\}")
_OPEN_LIMIT = 4
_BEFORE = {
    "please", "can", "could", "would", "you", "hi", "hey", "hello", "ok", "okay", "so", "just",
    "yes", "now", "also", "teller", "actually", "um", "and", "then",
}  # fmt: skip
_AFTER = {"please", "thanks", "thank", "you", "now", "today", "ok", "asap", "then"}
# An open value does not begin with a word that leads into another part of the sentence.
_NOT_FIRST = {"to", "from", "for", "in", "on", "at", "into", "with", "and", "my", "the", "of", "it"}
_MY = {"my", "the", "our"}

Spans = Mapping[str, Sequence[Span]]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A sample utterance as words and slots: ("move", "{amount}", "to", "{destinationAccount}")."""

    intent: str
    parts: tuple[str, ...]
    literals: frozenset[str]
    types: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Fit:
    """A whole match. `score` compares fits of one utterance; `sure` when no value was on trust."""

    intent: str
    slots: Mapping[str, SlotMatch]
    score: float
    sure: bool


@dataclass(frozen=True, slots=True)
class _State:
    slots: Mapping[str, SlotMatch] = field(default_factory=dict)
    score: float = 0.0
    sure: bool = True


def patterns_of(intent: Intent) -> list[Pattern]:
    """The patterns of an intent's utterances that have slots."""
    types = {slot.name: slot.type_name for slot in intent.slots}
    found = []
    for utterance in intent.utterances:
        if not _PART.search(utterance):
            continue
        parts: list[str] = []
        for index, piece in enumerate(_PART.split(utterance)):
            parts.extend([f"{{{piece}}}"] if index % 2 else normal(piece).split())
        literals = frozenset(part for part in parts if not part.startswith("{"))
        found.append(Pattern(intent.name, tuple(parts), literals, types))
    return found


class Matcher:
    """One utterance, and how patterns fit it."""

    def __init__(self, text: str, words: list[Word], spans: Spans, reader: SlotReader) -> None:
        self._text = text
        self._words = words
        self._tokens = [word.text for word in words]
        self._present = frozenset(self._tokens)
        self._spans = spans
        self._reader = reader
        self._starts = self._after_openers()
        self._ends = self._before_closers()

    def fit(self, pattern: Pattern) -> Fit | None:
        """The best whole match of `pattern`, or None."""
        if not pattern.literals <= self._present:
            return None
        best: _State | None = None
        for start in self._starts:
            state = self._walk(pattern, 0, start, _State())
            if state is not None and (best is None or state.score > best.score):
                best = state
        return Fit(pattern.intent, best.slots, best.score, best.sure) if best else None

    def _after_openers(self) -> list[int]:
        starts = [0]
        while starts[-1] < len(self._tokens) and self._tokens[starts[-1]] in _BEFORE:
            starts.append(starts[-1] + 1)
        return starts

    def _before_closers(self) -> frozenset[int]:
        end = len(self._tokens)
        ends = {end}
        while end > 0 and self._tokens[end - 1] in _AFTER:
            end -= 1
            ends.add(end)
        return frozenset(ends)

    def _walk(self, pattern: Pattern, part: int, at: int, state: _State) -> _State | None:
        if part == len(pattern.parts):
            return state if at in self._ends else None
        expected = pattern.parts[part]
        if not expected.startswith("{"):
            if at < len(self._tokens) and self._tokens[at] == expected:
                nearer = _State(state.slots, state.score + 1, state.sure)
                return self._walk(pattern, part + 1, at + 1, nearer)
            return None
        best: _State | None = None
        for end, with_slot in self._values(pattern, expected[1:-1], at, state):
            reached = self._walk(pattern, part + 1, end, with_slot)
            if reached is not None and (best is None or reached.score > best.score):
                best = reached
        return best

    def _values(
        self, pattern: Pattern, slot: str, at: int, state: _State
    ) -> list[tuple[int, _State]]:
        """Where the slot may end when it begins at `at`, and what is known then."""
        type_name = pattern.types[slot]
        options: list[tuple[int, _State]] = []
        begins = at + 1 if at < len(self._tokens) and self._tokens[at] in _MY else at
        for span in self._spans[type_name]:
            if span.start in (at, begins):
                slots = {**state.slots, slot: span.match}
                score = state.score + 2 * span.weight
                options.append((span.end, _State(slots, score, state.sure)))
        if self._reader.is_open(type_name):
            options.extend(self._open_values(slot, begins, state))
        return options

    def _open_values(self, slot: str, at: int, state: _State) -> list[tuple[int, _State]]:
        if at >= len(self._tokens) or self._tokens[at] in _NOT_FIRST:
            return []
        options = []
        for end in range(at + 1, min(at + _OPEN_LIMIT, len(self._tokens)) + 1):
            said = self._text[self._words[at].start : self._words[end - 1].end]
            match = SlotMatch(said, said, (said,), known=False)
            score = state.score - 0.6 * (end - at)
            options.append((end, _State({**state.slots, slot: match}, score, False)))
        return options
