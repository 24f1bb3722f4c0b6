"""Cuts words into the numbered pieces that the sentence encoder was taught with."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources

_FILE = "wordpieces.txt"
_PART = re.compile(r"\w+|[^\w\s]")
_LONGEST_WORD = 100


class WordPiece:
    """BERT's uncased cut: the longest known piece first, then the longest that goes on from it."""

    def __init__(self, pieces: Mapping[str, int]) -> None:
        """Raises KeyError when the marks that every sentence needs are not among `pieces`."""
        self._pieces = pieces
        self._begin, self._end = pieces["[CLS]"], pieces["[SEP]"]
        self._unknown = pieces["[UNK]"]

    def ids(self, words: Iterable[str], longest: int = 64) -> list[int]:
        """At most `longest` numbers, with those that begin and end a sentence."""
        found: list[int] = []
        for word in words:
            for part in _PART.findall(_plain(word)):
                found.extend(self._cut(part))
        return [self._begin, *found[: longest - 2], self._end]

    def _cut(self, word: str) -> Sequence[int]:
        start, found = 0, []
        while start < len(word) <= _LONGEST_WORD:
            end = len(word)
            mark = "##" if start else ""
            while end > start and mark + word[start:end] not in self._pieces:
                end -= 1
            if end == start:
                return [self._unknown]
            found.append(self._pieces[mark + word[start:end]])
            start = end
        return found or [self._unknown]


def _plain(word: str) -> str:
    """Lower case without accents."""
    apart = unicodedata.normalize("NFD", word.lower())
    return "".join(letter for letter in apart if unicodedata.category(letter) != "Mn")


@cache
def word_piece() -> WordPiece:
    """With the vocabulary that all-MiniLM-L6-v2 shares with every uncased English BERT."""
    text = (resources.files("bot.nlu") / _FILE).read_text("utf-8")
    return WordPiece({piece: number for number, piece in enumerate(text.split("\n")) if piece})
