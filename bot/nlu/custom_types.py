"""Custom slot types: listed values and synonyms found in an utterance, a typo forgiven.

Source: Lex V2 developer guide, "Custom slot types": with TOP_RESOLUTION a synonym gives its value
and nothing else is accepted; with ORIGINAL_VALUE the customer's own words stay and the value that
they resolve to stands in `resolvedValues`.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from bot.definition.model import SlotType
from bot.engine.recogniser import SlotMatch
from bot.nlu.spans import Span
from bot.nlu.words import Word, normal

_LONG_ENOUGH = 5
_ALIKE = 0.86


class CustomType:
    """The values of one custom slot type, ready to be found."""

    def __init__(self, definition: SlotType) -> None:
        self.name = definition.name
        self.is_open = definition.strategy != "TOP_RESOLUTION" and definition.pattern is None
        self._pattern = re.compile(definition.pattern) if definition.pattern else None
        self._values: dict[tuple[str, ...], str] = {}
        for value in definition.values:
            for words in (value.value, *value.synonyms):
                self._values.setdefault(tuple(normal(words).split()), value.value)
        self._values.pop((), None)
        self._longest = max(map(len, self._values), default=0)
        self.samples = tuple(value.value for value in definition.values)

    def spans(self, text: str, words: list[Word]) -> list[Span]:
        """Listed values in the utterance; a longer one hides those inside it."""
        found: list[Span] = []
        for start in range(len(words)):
            span = self._longest_from(text, words, start)
            if span is not None and not any(s.start <= start and span.end <= s.end for s in found):
                found.append(span)
        return found

    def _longest_from(self, text: str, words: list[Word], start: int) -> Span | None:
        limit = min(self._longest, len(words) - start)
        for length in range(limit, 0, -1):
            key = tuple(word.text for word in words[start : start + length])
            value = self._values.get(key)
            weight = 1.0
            if value is None:
                value, weight = self._typo_of(key), 0.9
            if value is not None:
                match = self._match(text, words, start, start + length, value)
                return Span(start, start + length, match, weight)
        return self._by_pattern(text, words, start)

    def _typo_of(self, key: tuple[str, ...]) -> str | None:
        said = " ".join(key)
        if len(said) < _LONG_ENOUGH:
            return None
        best, score = None, _ALIKE
        for known, value in self._values.items():
            listed = " ".join(known)
            if len(known) != len(key) or abs(len(listed) - len(said)) > 2 or listed[0] != said[0]:
                continue
            ratio = SequenceMatcher(None, said, listed).ratio()
            if ratio > score:
                best, score = value, ratio
        return best

    def _by_pattern(self, text: str, words: list[Word], start: int) -> Span | None:
        if self._pattern is None:
            return None
        original = text[words[start].start : words[start].end]
        # Lex tries the pattern on the text as typed; upper case is what patterns are written in.
        for said in (original, original.upper()):
            if self._pattern.fullmatch(said):
                return Span(start, start + 1, SlotMatch(original, said, (said,)))
        return None

    def _match(self, text: str, words: list[Word], start: int, end: int, value: str) -> SlotMatch:
        original = text[words[start].start : words[end - 1].end]
        same = original.casefold() == value.casefold()
        interpreted = value if same or not self.is_open else original
        return SlotMatch(original, interpreted, (value,))
