"""Built-in types that need no grammar of their own: numbers, percentages, free text and names."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.engine.recogniser import SlotMatch
from bot.nlu.numbers import read_number
from bot.nlu.spans import Span
from bot.nlu.words import Word

TRUSTED_TYPES = frozenset(
    {"AMAZON.FirstName", "AMAZON.LastName", "AMAZON.City", "AMAZON.Country", "AMAZON.State",
     "AMAZON.StreetName"}
)  # fmt: skip
"""Types that the cloud reads with large lists; here the words of a reply are taken on trust."""

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PERCENT = {"percent", "%"}


def number_spans(text: str, words: list[Word]) -> list[Span]:
    """AMAZON.Number: decimal digits, without trailing zeros of our own making."""
    return [
        Span(start, end, _match(text, words, start, end, _digits(value)))
        for start, end, value in _numbers(words)
    ]


def percentage_spans(text: str, words: list[Word]) -> list[Span]:
    """AMAZON.Percentage: digits and a percent sign; a bare number stays bare (Lex V2 guide)."""
    spans = []
    for start, end, value in _numbers(words):
        marked = end < len(words) and words[end].text in _PERCENT
        shown = _digits(value) + ("%" if marked else "")
        stop = end + 1 if marked else end
        spans.append(Span(start, stop, _match(text, words, start, stop, shown)))
    return spans


def email_spans(text: str, words: list[Word]) -> list[Span]:
    """AMAZON.EmailAddress."""
    spans = []
    for found in _EMAIL.finditer(text):
        inside = [i for i, w in enumerate(words) if found.start() <= w.start < found.end()]
        if inside:
            value = found.group()
            match = SlotMatch(value, value, (value,))
            spans.append(Span(inside[0], inside[-1] + 1, match))
    return spans


def _numbers(words: list[Word]) -> list[tuple[int, int, Decimal]]:
    tokens, found, index = [word.text.lstrip("$€£") for word in words], [], 0
    while index < len(tokens):
        read = read_number([tokens[index].rstrip("%"), *tokens[index + 1 :]])
        if read is None:
            index += 1
            continue
        found.append((index, index + read[1], read[0]))
        index += read[1]
    return found


def _match(text: str, words: list[Word], start: int, end: int, value: str) -> SlotMatch:
    original = text[words[start].start : words[end - 1].end]
    return SlotMatch(original, value, (value,))


def _digits(value: Decimal) -> str:
    shown = f"{value:f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown
