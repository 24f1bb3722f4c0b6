"""What a customer said, ready to be read: the text, its words, its line of figures, the clock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from bot.engine.recogniser import SlotMatch
from bot.nlu.lines import Line, english_line
from bot.nlu.words import Word, clean, words


@dataclass(frozen=True)
class Utterance:
    """A cleaned text and its words. `now` is the clock that "tomorrow" is read by."""

    text: str
    words: tuple[Word, ...]
    now: datetime
    hints: frozenset[str] = frozenset()
    """Phrases that the session expects, as `bot.nlu.words` writes them."""
    raw: str = ""
    """The text before it was cleaned."""
    _lines: dict[Callable[[str], Line], Line] = field(
        default_factory=dict, repr=False, compare=False
    )

    @classmethod
    def of(cls, text: str, now: datetime, hints: frozenset[str] = frozenset()) -> Utterance:
        cleaned = clean(text)
        return cls(cleaned, tuple(words(cleaned)), now, hints, text)

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        return tuple(word.text for word in self.words)

    @property
    def line(self) -> Line:
        """The text as English grammars read it."""
        return self.line_by(english_line)

    def line_by(self, reading: Callable[[str], Line]) -> Line:
        """The text as `reading` has it, which is worked out once."""
        if reading not in self._lines:
            self._lines[reading] = reading(self.text)
        return self._lines[reading]

    def read_as(self, reading: Callable[[str], Line]) -> Utterance:
        """The same utterance, its line for English grammars made by `reading`."""
        return replace(self, _lines={english_line: self.line_by(reading)})

    def said(self, start: int, end: int) -> str:
        """The customer's own text from word `start` to before word `end`."""
        return self.text[self.words[start].start : self.words[end - 1].end]

    def covered(self, start: int, end: int) -> tuple[int, int] | None:
        """The words (from, to) that the characters `start` to `end` touch, if any."""
        inside = [i for i, w in enumerate(self.words) if start < w.end and w.start < end]
        return (inside[0], inside[-1] + 1) if inside else None


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


Finder = Callable[[Utterance], list[Span]]


def span_of(
    utterance: Utterance,
    start: int,
    end: int,
    resolved: Sequence[str],
    weight: float = 1.0,
    *,
    ambiguous: bool = False,
) -> Span | None:
    """The span over the characters `start` to `end`, or None when there is no reading."""
    covered = utterance.covered(start, end)
    if covered is None or not resolved:
        return None
    interpreted = None if ambiguous else resolved[0]
    match = SlotMatch(utterance.text[start:end], interpreted, tuple(resolved))
    return Span(*covered, match, weight)


def apart(spans: Sequence[Span]) -> list[Span]:
    """The spans that overlap no longer or earlier one, in order."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (-s.length, s.start)):
        if not any(span.start < other.end and other.start < span.end for other in kept):
            kept.append(span)
    return sorted(kept, key=lambda s: s.start)
