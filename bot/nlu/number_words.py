"""AMAZON.Number in English words beyond a plain number: fractions, "a couple", "a few"."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from bot.nlu.figures import Worded
from bot.nlu.fraction_words import read_fraction
from bot.nlu.lines import Piece, english_tokens
from bot.nlu.utterance import Utterance

_MINUS = {"minus", "negative", "-", "−"}
_VAGUE: dict[tuple[str, ...], int | Decimal] = {
    ("a", "couple"): 2, ("couple",): 2, ("a", "few"): 3, ("few",): 3, ("a", "dozen"): 12,
    ("half",): Decimal("0.5"), ("a", "pair"): 2,
}  # fmt: skip
_LITTLE = 0.5
"""How sure a word such as "few" is to be a number: little, in a sentence about something else."""


def english_wording(utterance: Utterance) -> Iterator[Worded]:
    tokens = english_tokens(utterance.text)
    texts = [token.text for token in tokens]
    for at in range(len(tokens)):
        fraction = read_fraction(texts, at)
        if fraction is not None:
            yield _worded(tokens, at, *fraction)
        for words, value in _VAGUE.items():
            if tuple(texts[at : at + len(words)]) == words:
                last = tokens[at + len(words) - 1]
                yield Worded(Decimal(value), tokens[at].start, last.end, _LITTLE)


def _worded(tokens: list[Piece], at: int, value: Decimal, end: int) -> Worded:
    negative = at > 0 and tokens[at - 1].text in _MINUS
    first = tokens[at - 1 if negative else at]
    return Worded(-value if negative else value, first.start, tokens[end - 1].end)
