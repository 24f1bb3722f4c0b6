"""Fills slots when no sample fits as a whole: sure values anywhere, told apart by the words before.

"could you put a hundred from savings in checking" fits no sample, but "from" and "in" have stood
before `sourceAccount` and `destinationAccount` in others. An open value ("pay Zbigniew from
savings") is taken from behind a word that leads into its slot, up to the next part of the sentence.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from bot.definition.model import Intent
from bot.engine.recogniser import SlotMatch
from bot.nlu.patterns import Pattern, vocabulary_of
from bot.nlu.slot_reading import SlotReader
from bot.nlu.utterance import Span, Utterance

_START = "^"
_SURE = 0.9
_LEADING_SHARE = 0.5
_LONGEST = 3


class Cues:
    """Which words lead into which slot of an intent, learned from its patterns."""

    def __init__(self, intent: Intent, patterns: Sequence[Pattern], reader: SlotReader) -> None:
        self._slots = {slot.name: slot.type_name for slot in intent.slots}
        self._reader = reader
        self._small = reader.small_words
        self._leads: dict[str, Counter[str]] = defaultdict(Counter)
        self._vocabulary = vocabulary_of(intent)
        for pattern in patterns:
            for index, part in enumerate(pattern.parts):
                if part.startswith("{"):
                    self._leads[self._lead(pattern.parts[:index])][part[1:-1]] += 1

    def fill(
        self, utterance: Utterance, tokens: Sequence[str], spans: Mapping[str, Sequence[Span]]
    ) -> dict[str, SlotMatch]:
        """Slots of the sure spans, each span used once, better cues first, then open values."""
        filled: dict[str, SlotMatch] = {}
        taken: list[Span] = []
        for share, slot, span in self._offers(tokens, spans):
            alone = list(self._slots.values()).count(self._slots[slot]) == 1
            overlaps = any(span.start < t.end and t.start < span.end for t in taken)
            if slot in filled or overlaps or (share == 0 and not (alone and span.weight >= _SURE)):
                continue
            filled[slot] = span.match
            taken.append(span)
        for slot, type_name in self._slots.items():
            if slot not in filled and self._reader.is_open(type_name):
                behind = self._behind_its_lead(slot, utterance, tokens, taken)
                if behind is not None:
                    filled[slot] = behind.match
                    taken.append(behind)
        return filled

    def _offers(
        self, tokens: Sequence[str], spans: Mapping[str, Sequence[Span]]
    ) -> list[tuple[float, str, Span]]:
        offers = [
            (self._share(self._lead(tokens[: span.start]), slot), slot, span)
            for slot, type_name in self._slots.items()
            for span in spans[type_name]
        ]
        return sorted(offers, key=lambda o: (-o[0], -o[2].weight, -o[2].length, o[2].start))

    def _share(self, lead: str, slot: str) -> float:
        """How often `lead`, before a slot, led into this one."""
        seen = self._leads.get(lead)
        return seen[slot] / seen.total() if seen else 0.0

    def _behind_its_lead(
        self, slot: str, utterance: Utterance, tokens: Sequence[str], taken: Sequence[Span]
    ) -> Span | None:
        used = {index for span in taken for index in range(span.start, span.end)}
        for at, word in enumerate(tokens[:-1]):
            if word in self._small.idle or at in used or self._share(word, slot) < _LEADING_SHARE:
                continue
            start = at + 1
            while start < len(tokens) and tokens[start] in self._small.idle:
                start += 1
            end = start
            while end < len(tokens) and end - start < _LONGEST and self._is_value(tokens[end]):
                if end in used:
                    break
                end += 1
            if end > start:
                said = utterance.said(start, end)
                return Span(start, end, SlotMatch(said, said, (said,), known=False), 0.5)
        return None

    def _is_value(self, word: str) -> bool:
        return word not in self._small.stops and word not in self._vocabulary and word[0].isalpha()

    def _lead(self, before: Sequence[str]) -> str:
        """The nearest word before a slot that says something."""
        return next((word for word in reversed(before) if word not in self._small.idle), _START)
