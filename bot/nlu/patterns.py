"""Matches an utterance against the sample utterances that have slots: "move {amount} to {account}".

A whole match says the intent and every slot at once, even when two slots have the same type and
even when a value is not on any list. Words that carry nothing ("my", "please") may come and go.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.definition.model import Intent, Slot
from bot.engine.recogniser import SlotMatch
from bot.nlu.slot_reading import SlotReader
from bot.nlu.small_words import SmallWords
from bot.nlu.utterance import Span, Utterance
from bot.nlu.words import normal

SLOT = re.compile(r"\{(\w+)\}")
_OPEN_LIMIT = 4
_PER_WORD = 0.6
_MARKED = re.compile(r"[$€£]|\d")

Spans = Mapping[str, Sequence[Span]]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A sample utterance as words and slots: ("move", "{amount}", "to", "{destinationAccount}")."""

    intent: str
    parts: tuple[str, ...]
    literals: frozenset[str]
    types: Mapping[str, str]
    vocabulary: frozenset[str]
    """The words of all the intent's utterances: none of them is likely to begin a value."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A whole match. `score` compares fits of one utterance.

    `trusted` are the words that were taken as values though no list has them.
    """

    intent: str
    slots: Mapping[str, SlotMatch]
    score: float
    trusted: frozenset[int]

    @property
    def sure(self) -> bool:
        return not self.trusted


@dataclass(frozen=True, slots=True)
class _State:
    slots: Mapping[str, SlotMatch] = field(default_factory=dict)
    score: float = 0.0
    trusted: frozenset[int] = frozenset()


def patterns_of(intent: Intent, small: SmallWords) -> list[Pattern]:
    """The patterns of an intent's utterances that have slots, without idle words."""
    types = {slot.name: slot.type_name for slot in intent.slots}
    vocabulary = vocabulary_of(intent)
    found: dict[tuple[str, ...], Pattern] = {}
    for utterance in intent.utterances:
        parts: list[str] = []
        for index, piece in enumerate(SLOT.split(utterance)):
            known = index % 2 and piece in types
            parts.extend([f"{{{piece}}}"] if known else normal(piece).split())
        kept = tuple(part for part in parts if part not in small.idle)
        literals = frozenset(part for part in kept if not part.startswith("{"))
        if len(literals) < len(kept) and kept not in found:
            found[kept] = Pattern(intent.name, kept, literals, types, vocabulary)
    return list(found.values())


def phrasings_of(intent: Intent, slot: Slot, small: SmallWords) -> list[Pattern]:
    """The patterns of the slot's own sample utterances, those with words of their own."""
    own = replace(intent, utterances=slot.utterances)
    return [pattern for pattern in patterns_of(own, small) if pattern.literals]


def vocabulary_of(intent: Intent) -> frozenset[str]:
    """The words that the intent's utterances spell out, as against those in slots."""
    texts = (SLOT.sub(" ", utterance) for utterance in intent.utterances)
    return frozenset(word for text in texts for word in normal(text).split())


class Matcher:
    """One utterance (`tokens` with typos corrected), and how patterns fit it."""

    def __init__(
        self, utterance: Utterance, tokens: Sequence[str], spans: Spans, reader: SlotReader
    ) -> None:
        self._utterance = utterance
        self._tokens = tokens
        self._present = frozenset(tokens)
        self._spans = spans
        self._reader = reader
        self._small = reader.small_words
        self._starts = self._after_openers()
        self._ends = self._before_closers()

    def fit(self, pattern: Pattern) -> Fit | None:
        """The best whole match of `pattern`, or None."""
        if not pattern.literals <= self._present:
            return None
        best: _State | None = None
        for start in self._starts:
            for state in self._walk(pattern, 0, start, _State()):
                if best is None or state.score > best.score:
                    best = state
        if best is None or (best.trusted and not pattern.literals):
            return None
        return Fit(pattern.intent, best.slots, best.score, best.trusted)

    def _after_openers(self) -> list[int]:
        starts = [0]
        while starts[-1] < len(self._tokens) and self._tokens[starts[-1]] in self._small.openers:
            starts.append(starts[-1] + 1)
        return starts

    def _before_closers(self) -> frozenset[int]:
        end = len(self._tokens)
        ends = {end}
        while end > 0 and self._tokens[end - 1] in self._small.closers | self._small.idle:
            end -= 1
            ends.add(end)
        return frozenset(ends)

    def _walk(self, pattern: Pattern, part: int, at: int, state: _State) -> Iterator[_State]:
        """The states after all parts from `part` on have been met from word `at` on."""
        if part == len(pattern.parts):
            if at in self._ends:
                yield state
            return
        expected = pattern.parts[part]
        if expected.startswith("{"):
            for end, filled in self._values(pattern, expected[1:-1], at, state):
                yield from self._walk(pattern, part + 1, end, filled)
            return
        while at < len(self._tokens):
            if self._tokens[at] == expected:
                nearer = _State(state.slots, state.score + 1, state.trusted)
                yield from self._walk(pattern, part + 1, at + 1, nearer)
            if self._tokens[at] not in self._small.idle:
                return
            at += 1

    def _values(
        self, pattern: Pattern, slot: str, at: int, state: _State
    ) -> Iterator[tuple[int, _State]]:
        """Where the slot may end when it begins at `at`, and what is known then."""
        type_name = pattern.types[slot]
        begins = at
        while begins < len(self._tokens) and self._tokens[begins] in self._small.idle:
            begins += 1
        for span in self._spans[type_name]:
            if at <= span.start <= begins:
                slots = {**state.slots, slot: span.match}
                score = state.score + 2 * span.weight
                yield span.end, _State(slots, score, state.trusted)
        if self._reader.is_open(type_name):
            yield from self._open_values(pattern, slot, begins, state)

    def _open_values(
        self, pattern: Pattern, slot: str, at: int, state: _State
    ) -> Iterator[tuple[int, _State]]:
        if (
            at >= len(self._tokens)
            or self._tokens[at] in self._small.not_first | pattern.vocabulary
        ):
            return
        for end in range(at + 1, min(at + _OPEN_LIMIT, len(self._tokens)) + 1):
            word = self._tokens[end - 1]
            if word in self._small.not_inside or word in pattern.literals:
                return
            if _MARKED.search(word) and (
                end < 2 or self._tokens[end - 2] not in self._small.numbered
            ):
                return
            said = self._utterance.said(at, end)
            match = SlotMatch(said, said, (said,), known=False)
            trusted = state.trusted | frozenset(range(at, end))
            score = state.score - _PER_WORD * (end - at)
            yield end, _State({**state.slots, slot: match}, score, trusted)
