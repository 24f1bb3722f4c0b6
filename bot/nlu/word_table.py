"""The light engine's idea of meaning: the mean of the vectors of the pieces of words said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from bot.nlu.everyday import everyday
from bot.nlu.meaning import Floats, of_length_one

_FILE = "word_table.npz"
_BEGIN = "▁"
"""Stands before a piece that begins a word."""


class WordTable:
    """Implements `bot.nlu.meaning.Meaning` with one small vector for each piece of a word.

    Words that the table lacks are cut into the longest pieces that it has, from left to right.
    What nearly every sentence has in common (the mean of the sentences
    `usual`) is taken away: it tells nothing,
    and makes strange sentences look like samples.
    """

    is_coarse = True

    def __init__(
        self,
        pieces: Mapping[str, int],
        rows: NDArray[np.int8],
        scales: NDArray[np.float32],
        usual: Iterable[Sequence[str]] = (),
    ) -> None:
        self._pieces = pieces
        self._rows = rows
        self._scales = scales
        self._longest = max(map(len, pieces), default=0)
        self.size = int(rows.shape[1])
        self._common = np.zeros(self.size, np.float32)
        self._common = self.vectors(list(usual) or [()]).mean(axis=0)
        content = crc32(self._common.data, crc32(np.ascontiguousarray(rows).data))
        self.name = f"light-{content:08x}"

    def vectors(self, utterances: Sequence[Sequence[str]]) -> Floats:
        found = np.zeros((len(utterances), self.size), np.float32)
        for at, words in enumerate(utterances):
            rows = [row for word in words for row in self.cut(word)]
            if rows:
                found[at] = self._scales[rows] @ self._rows[rows].astype(np.float32)
        common = np.where(found.any(axis=1, keepdims=True), self._common, np.float32(0))
        return of_length_one(of_length_one(found) - common)

    def cut(self, word: str) -> list[int]:
        """The rows of the pieces of `word`; letters that no piece has are left out."""
        rest, rows = _BEGIN + word, []
        while rest:
            size = min(len(rest), self._longest)
            while size and rest[:size] not in self._pieces:
                size -= 1
            if size:
                rows.append(self._pieces[rest[:size]])
            rest = rest[max(size, 1) :]
        return rows


@cache
def word_table() -> WordTable:
    """The table that comes with Teller; see docs/nlu.md for where it is from."""
    with (resources.files("bot.nlu") / _FILE).open("rb") as file, np.load(file) as stored:
        pieces = stored["pieces"].tobytes().decode().split("\n")
        return WordTable(
            {piece: row for row, piece in enumerate(pieces)},
            stored["vectors"],
            stored["scales"],
            everyday("en_US"),
        )
