"""Numbers in words and digits together: "fifty", "a hundred and twenty", "1.5 million"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import inf

from fulfillment.bank.letters import without_accents

Word = str | Fraction
"""A word, or a number that stood there in digits."""


class TwoReadingsError(ValueError):
    """Two readers could take the same writing for two numbers."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The number words of a language. `half` is how "and a half" is said, word by word."""

    adding: dict[str, int]
    scales: dict[str, int]
    joints: frozenset[str]
    ones: frozenset[str]
    half: tuple[str, ...]
    half_of: tuple[str, ...]

    def __contains__(self, word: str) -> bool:
        """Whether `word` can be a part of a number."""
        return (
            word in self.adding
            or word in self.scales
            or word in self.joints
            or word in self.ones
            or word in self.half
            or word in self.half_of
        )


def _as_typed(words: dict[str, int]) -> dict[str, int]:
    """The words, and how they are typed where accents cost time: "dieciseis"."""
    return words | {without_accents(word): value for word, value in words.items()}


def _counted(words: str, start: int = 0, step: int = 1) -> dict[str, int]:
    return {word: start + step * index for index, word in enumerate(words.split())}


ENGLISH = Vocabulary(
    adding={
        **_counted(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen "
            "fourteen fifteen sixteen seventeen eighteen nineteen"
        ),
        **_counted("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10),
    },
    scales={
        "hundred": 100, "thousand": 1000, "grand": 1000, "k": 1000, "million": 10**6, "m": 10**6,
    },
    joints=frozenset({"and"}),
    ones=frozenset({"a", "an"}),
    half=("and", "a", "half"),
    half_of=("half", "a"),
)  # fmt: skip
SPANISH = Vocabulary(
    adding=_as_typed({
        **_counted(
            "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce "
            "quince dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós "
            "veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve"
        ),
        "un": 1, "una": 1, "veintiún": 21, "veintiuna": 21,
        **_counted("treinta cuarenta cincuenta sesenta setenta ochenta noventa", 30, 10),
        "cien": 100, "ciento": 100,
        **_counted("doscientos trescientos cuatrocientos quinientos seiscientos", 200, 100),
        "setecientos": 700, "ochocientos": 800, "novecientos": 900,
        **_counted("doscientas trescientas cuatrocientas quinientas seiscientas", 200, 100),
        "setecientas": 700, "ochocientas": 800, "novecientas": 900,
    }),
    scales=_as_typed({"mil": 1000, "k": 1000, "millón": 10**6, "millones": 10**6}),
    joints=frozenset({"y", "con"}),
    ones=frozenset(),
    half=("y", "medio"),
    half_of=("medio",),
)  # fmt: skip
_LANGUAGES = {"en": ENGLISH, "es": SPANISH}
# "thousand" by itself is a thousand; "k" by itself is a letter.
_ABBREVIATED = frozenset({"k", "m"})
_MAX_WORDS = 16


def vocabulary_of(locale: str) -> Vocabulary:
    """The number words of a Lex locale id; English where there are none yet."""
    return _LANGUAGES.get(locale[:2], ENGLISH)


def number_of(words: Sequence[Word], vocabulary: Vocabulary) -> Fraction | None:
    """The number that `words` say and nothing else, exactly, or None.

    Raises `TwoReadingsError` for "a million and a half" and for two numbers in a row ("1 500").
    """
    if not words or len(words) > _MAX_WORDS:
        return None
    reading = _Reading(vocabulary)
    index = 0
    while index < len(words):
        taken = reading.take(words[index:], first=index == 0)
        if not taken:
            return None
        index += taken
    return reading.value


@dataclass(slots=True)
class _Reading:
    """What has been read so far: whole scales in `total`, and what may still be multiplied."""

    vocabulary: Vocabulary
    total: Fraction = Fraction(0)
    current: Fraction | None = None
    smallest_scale: float = inf
    ends_in_scale: bool = False
    has_half: bool = False
    _digits_seen: bool = field(default=False)

    @property
    def value(self) -> Fraction:
        return self.total + (self.current or 0)

    def take(self, words: Sequence[Word], *, first: bool) -> int:
        """How many of `words` were understood as the next part of the number; 0: none."""
        word, rest = words[0], words[1:]
        if isinstance(word, Fraction):
            return self._digits(word)
        if word in self.vocabulary.scales:
            return self._scale(word, first=first)
        if self.has_half:
            return 0
        if half := self._half(words, first=first):
            return half
        if word in self.vocabulary.adding:
            return self._add(self.vocabulary.adding[word])
        if word in self.vocabulary.ones:
            scale_follows = bool(rest) and rest[0] in self.vocabulary.scales
            return self._add(1) if scale_follows else 0
        return int(word in self.vocabulary.joints and not first and bool(rest))

    def _digits(self, value: Fraction) -> int:
        if self._digits_seen and self.current is not None:
            raise TwoReadingsError
        if self.current is not None or value >= self.smallest_scale:
            return 0
        self.current, self._digits_seen = value, True
        return 1

    def _half(self, words: Sequence[Word], *, first: bool) -> int:
        phrase = self.vocabulary.half_of if first else self.vocabulary.half
        if tuple(words[: len(phrase)]) != phrase:
            return 0
        if self.ends_in_scale:
            raise TwoReadingsError
        self.current = (self.current or Fraction(0)) + Fraction(1, 2)
        self.has_half = True
        return len(phrase)

    def _add(self, value: int) -> int:
        so_far = self.current or Fraction(0)
        if not _fits_behind(so_far, value) or (self.current == 0) or self._digits_seen:
            return 0
        self.current = so_far + value
        self.ends_in_scale = False
        return 1

    def _scale(self, word: str, *, first: bool) -> int:
        """ "hundred" multiplies what stands before it, "thousand" closes it: it only goes down."""
        scale = self.vocabulary.scales[word]
        before = Fraction(1) if first and word not in _ABBREVIATED else self.current
        if not before or scale >= self.smallest_scale:
            return 0
        if scale == 100:
            if before >= 100:
                return 0
            self.current = before * scale
        else:
            self.total, self.current = self.total + before * scale, None
            self.smallest_scale = scale
        self.ends_in_scale, self._digits_seen = True, False
        return 1


def _fits_behind(before: Fraction, value: int) -> bool:
    """ "twenty" may be followed by "five", not by "fifteen"; "two hundred" by both."""
    if before.denominator != 1:
        return False
    if value < 10:
        return before % 100 == 0 or (before % 10 == 0 and before % 100 >= 20)
    return before % (1000 if value >= 100 else 100) == 0
