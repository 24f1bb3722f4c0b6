"""Values of an extended AMAZON.AlphaNumeric: codes that match a regular expression as a whole.

Source: Lex V2 developer guide, "AMAZON.AlphaNumeric". A code may be typed with blanks or hyphens in
it, and digits may be spelt ("double seven"); the value has none of these.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.engine.recogniser import SlotMatch
from bot.nlu.spelling_styles import as_characters
from bot.nlu.utterance import Span, Utterance

_MOST_WORDS = 14
_LONGEST = 30
"""What Lex stores of such a value."""


class RegexValues:
    """Finds the values of one pattern."""

    def __init__(self, pattern: str) -> None:
        self._pattern = re.compile(pattern)
        # Inferred: where a pattern has capitals only, small letters are taken for them.
        self._has_small = any(letter.islower() for letter in re.sub(r"\\.", "", pattern))

    def spans(self, utterance: Utterance) -> list[Span]:
        """The longest codes from left to right."""
        found: list[Span] = []
        start = 0
        while start < len(utterance.words):
            span = self._from(utterance, start)
            if span is None:
                start += 1
                continue
            found.append(span)
            start = span.end
        return found

    def _from(self, utterance: Utterance, start: int) -> Span | None:
        for end in range(min(len(utterance.words), start + _MOST_WORDS), start, -1):
            original = utterance.said(start, end)
            value = self._value(original, alone=end - start == 1)
            if value is not None:
                return Span(start, end, SlotMatch(original, value, (value,)))
        return None

    def _value(self, original: str, *, alone: bool) -> str | None:
        for said in _writings(original, alone):
            if len(said) > _LONGEST:
                continue
            for tried in (said,) if self._has_small else (said, said.upper()):
                if self._pattern.fullmatch(tried):
                    return tried
        return None


def _writings(original: str, alone: bool) -> Iterator[str]:
    yield original
    yield re.sub(r"[\s.-]", "", original)
    spelt = None if alone else as_characters(original)
    if spelt:
        yield spelt
