"""Fills slots when no sample fits as a whole: sure values anywhere, told apart by the words before.

"could you put a hundred from savings in checking" fits no sample, but "from" and "in" have stood
before `sourceAccount` and `destinationAccount` in others.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from bot.definition.model import Intent
from bot.engine.recogniser import SlotMatch
from bot.nlu.patterns import Pattern
from bot.nlu.spans import Span
from bot.nlu.words import Word

_SKIPPED = {"my", "the", "our", "a", "account"}


class Cues:
    """Which words lead into which slot of an intent, learned from its patterns."""

    def __init__(self, intent: Intent, patterns: Sequence[Pattern]) -> None:
        self._slots = {slot.name: slot.type_name for slot in intent.slots}
        self._leads: dict[str, Counter[str]] = defaultdict(Counter)
        for pattern in patterns:
            for index, part in enumerate(pattern.parts):
                if part.startswith("{"):
                    self._leads[_lead(pattern.parts[:index])][part[1:-1]] += 1

    def fill(
        self, words: Sequence[Word], spans: Mapping[str, Sequence[Span]]
    ) -> dict[str, SlotMatch]:
        """Slots of the sure spans, each span used once, better cues first."""
        tokens = [word.text for word in words]
        offers = []
        for slot, type_name in self._slots.items():
            for span in spans[type_name]:
                seen = self._leads.get(_lead(tokens[: span.start]), Counter())
                share = seen[slot] / seen.total() if seen else 0.0
                offers.append((share, span.weight, span.length, slot, span))
        filled: dict[str, SlotMatch] = {}
        taken: list[Span] = []
        for share, weight, _, slot, span in sorted(offers, key=lambda o: o[:3], reverse=True):
            alone = list(self._slots.values()).count(self._slots[slot]) == 1
            overlaps = any(span.start < t.end and t.start < span.end for t in taken)
            if slot in filled or overlaps or (share == 0 and not (alone and weight >= 0.9)):
                continue
            filled[slot] = span.match
            taken.append(span)
        return filled


def _lead(before: Sequence[str]) -> str:
    """The nearest word before a slot that says something."""
    for word in reversed(before):
        if word not in _SKIPPED:
            return word
    return "^"
