"""An utterance as a line that grammars of values can read: number words are figures, case is gone.

"Move twenty-five dollars on the twenty first" reads "move 25 dollars on the 21thw": an ordinal in
figures ends in "th", one in words in "thw". Each piece knows where it stood, so that a value found
in the line is given back in the customer's own words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from bot.nlu.numbers import Reading, read_number

_TOKEN = re.compile(
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d{1,2}\.\d{1,2}\.(?:\d{4}|\d\d)(?![\d.])"
    r"|(?<![\d.,])\d{1,3}(?: \d{3}){2,}(?:\.\d+)?(?![\d ]*\d)"
    r"|\d+(?:\.\d+)?|(?<![\d.])\.\d+"
    r"|[^\W\d_]\.[^\W\d_]\.?(?![^\W\d_])|[^\W\d_]+(?:'[^\W\d_]+)*|[½¼¾]|[^\s\w]"
)
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13,
    "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18,
    "nineteenth": 19, "twentieth": 20, "thirtieth": 30,
}  # fmt: skip
_ENDINGS = {"st", "nd", "rd", "th"}
_BARE_SCALES = {"hundred", "thousand", "million"}
_COUNTERS = {"few", "several", "some", "many", "couple", "of", "and", "-", "per", "one"}
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a line and the characters of the utterance that it stands for."""

    text: str
    start: int
    end: int
    spoken: bool = False
    """Whether it is a number that was written in words."""


@dataclass(frozen=True, slots=True)
class Found:
    """A grammar's match: its groups, and the characters of the utterance it covers."""

    match: re.Match[str]
    start: int
    end: int
    spoken: bool


class Line:
    """The pieces of an utterance, joined by single blanks."""

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self.pieces = tuple(pieces)
        self._starts: list[int] = []
        place = 0
        for piece in self.pieces:
            self._starts.append(place)
            place += len(piece.text) + 1
        self.text = " ".join(piece.text for piece in self.pieces)

    def find(self, grammar: re.Pattern[str]) -> Iterator[Found]:
        """Matches of `grammar` that begin and end at the edges of pieces, from left to right."""
        ends = {start + len(p.text) for start, p in zip(self._starts, self.pieces, strict=True)}
        for match in grammar.finditer(self.text):
            if match.end() == match.start() or match.end() not in ends:
                continue
            if match.start() not in self._starts:
                continue
            inside = self.pieces[self._piece(match.start()) : self._piece(match.end() - 1) + 1]
            spoken = any(piece.spoken for piece in inside)
            yield Found(match, inside[0].start, inside[-1].end, spoken)

    def start_of(self, place: int) -> int | None:
        """The character of the utterance where the piece at `place` of the line begins."""
        at = self._piece(place)
        return self.pieces[at].start if at >= 0 and self._starts[at] == place else None

    def end_of(self, place: int) -> int | None:
        """The character where the piece that ends at `place` of the line ends."""
        at = self._piece(place - 1)
        if at < 0 or self._starts[at] + len(self.pieces[at].text) != place:
            return None
        return self.pieces[at].end

    def _piece(self, place: int) -> int:
        return bisect_right(self._starts, place) - 1


def english_line(text: str) -> Line:
    """The line of an English utterance."""
    return Line(_folded(english_tokens(text)))


def folded_line(pieces: Iterable[Piece]) -> Line:
    """The line of pieces in English, however they came to be so."""
    return Line(_folded(list(pieces)))


def english_tokens(text: str) -> list[Piece]:
    """The pieces of an English utterance, number words still in words."""
    return tokens_of(text, _TOKEN)


def tokens_of(text: str, token: re.Pattern[str]) -> list[Piece]:
    """The pieces of `text` that `token` matches, without case."""
    # Case is folded letter by letter, so that places stay the same ("İ" grows by one).
    lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text[:_LONGEST])
    # "½" has become "1⁄2", with a slash of its own.
    lowered = lowered.replace("⁄", "/")
    return [Piece(m.group(), m.start(), m.end()) for m in token.finditer(lowered)]


def _folded(tokens: list[Piece]) -> Iterator[Piece]:
    """The tokens with numbers written as figures and ordinals as "21st"."""
    texts = [token.text for token in tokens]
    at = 0
    while at < len(tokens):
        ordinal = _ordinal(tokens, texts, at)
        if ordinal is not None:
            day, end = ordinal
            ending = "th" if texts[at].isdigit() else "thw"
            yield Piece(f"{day}{ending}", tokens[at].start, tokens[end - 1].end)
            at = end
            continue
        read = read_number(texts, at) or _bare_scale(texts, at)
        if read is None:
            yield tokens[at]
            at += 1
            continue
        value, end = read
        if _ordinal(tokens, texts, end - 1) and end - at > 1:
            end -= 1
            value = (read_number(texts[:end], at) or (value, end))[0]
        spoken = not texts[at][0].isdigit()
        figure = re.sub("[, ]", "", texts[at])
        shown = plain(value) if end - at > 1 or spoken else figure
        yield Piece(shown, tokens[at].start, tokens[end - 1].end, spoken)
        at = end


def _bare_scale(texts: list[str], at: int) -> Reading | None:
    """ "hundred bucks", "a couple of thousand": a scale word without a number before it."""
    if texts[at] in _BARE_SCALES:
        counted = at > 0 and (texts[at - 1] in _COUNTERS or texts[at - 1][0].isdigit())
        read = None if counted else read_number(["one", *texts[at:]], 0)
        return (read[0], at + read[1] - 1) if read else None
    behind = at + 1 if texts[at] == "a" else at
    if texts[behind : behind + 1] != ["couple"]:
        return None
    behind += 2 if texts[behind + 1 : behind + 2] == ["of"] else 1
    if texts[behind : behind + 1] and texts[behind] in _BARE_SCALES:
        read = read_number(["two", *texts[behind:]], 0)
        return (read[0], behind + read[1] - 1) if read else None
    return None


def _ordinal(tokens: list[Piece], texts: list[str], at: int) -> tuple[int, int] | None:
    """ "21st", "first", "twenty-first": the number and the place behind it."""
    text = texts[at]
    if text in _ORDINALS:
        return _ORDINALS[text], at + 1
    if text.isdigit() and at + 1 < len(texts) and texts[at + 1] in _ENDINGS:
        glued = tokens[at].end == tokens[at + 1].start
        if len(text) < 5 and (glued or texts[at + 1] == _ending(int(text))):
            return int(text), at + 2
        return None
    tens = {"twenty": 20, "thirty": 30}.get(text)
    behind = at + 2 if texts[at + 1 : at + 2] == ["-"] else at + 1
    if tens and behind < len(texts) and _ORDINALS.get(texts[behind], 10) < 10:
        return tens + _ORDINALS[texts[behind]], behind + 1
    return None


def _ending(number: int) -> str:
    """The ending that an ordinal has in writing."""
    if number % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def plain(value: Decimal) -> str:
    """Digits without exponent or idle zeros."""
    shown = f"{value:.12f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}"
    return shown or "0"
