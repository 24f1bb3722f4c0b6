"""What the classifier sees of an utterance: words, pairs, letter groups, kinds of values."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_GROUPS = (2, 3, 4)
_MANY = 1200
_AMOUNT = re.compile(r"([$€£]?)\d[\d,.]*(k?)")


def terms(words: Sequence[str], kinds: Iterable[str] = ()) -> list[str]:
    """Words, pairs of words, groups of 2 to 4 letters (blanks too), kinds of values found."""
    found = [f"w:{word}" for word in words]
    found += [f"b:{a} {b}" for a, b in pairwise(words)]
    found += [f"k:{kind}" for kind in kinds]
    line = f" {' '.join(words)} "
    for size in _GROUPS:
        found += [line[i : i + size] for i in range(len(line) - size + 1)]
    return found


def without_figures(words: Iterable[str], kept: Collection[str]) -> list[str]:
    """`words` with figures reduced to their shape: "$50" and "$1,200" both say "$#".

    Figures in `kept` stay: a bot with the sample "form 1099" means that number.
    """
    return [word if word in kept else _AMOUNT.sub(r"\1#\2", word) for word in words]


class Terms(NamedTuple):
    """The known terms of an utterance: their rows in a table of weights, and how much each counts.

    The values are the known part of a vector of length one.
    """

    rows: NDArray[np.int32]
    values: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class TfIdf:
    """Term weights learned from utterances: rare terms count more, length does not.

    A term never seen in learning has no weight, yet makes the vector's known part shorter. So an
    utterance of strange words is far from everything, which is what keeps it out of scope.
    """

    rows: Mapping[str, int]
    idf: NDArray[np.float32]
    unseen: float

    @classmethod
    def learn(cls, documents: Sequence[Sequence[str]]) -> TfIdf:
        """Of many utterances, terms that only one of them has are left out: they teach it alone."""
        counts = Counter(term for document in documents for term in set(document))
        total = math.log(1 + len(documents)) + 1
        least = 2 if len(documents) > _MANY else 1
        known = [term for term, count in counts.items() if count >= least]
        idf = np.array([total - math.log(1 + counts[term]) for term in known], np.float32)
        return cls({term: row for row, term in enumerate(known)}, idf, total)

    def weight(self, term: str) -> float:
        """How much a term counts: rare ones more, one never seen the most."""
        row = self.rows.get(term)
        return self.unseen if row is None else float(self.idf[row])

    def terms(self, document: Iterable[str]) -> Terms:
        """The known terms of `document` with their weights."""
        rows: list[int] = []
        weights: list[float] = []
        strange = 0.0
        for term, count in Counter(document).items():
            row = self.rows.get(term)
            often = 1 + math.log(count)
            if row is None:
                strange += (often * self.unseen) ** 2
            else:
                rows.append(row)
                weights.append(often)
        values = np.array(weights, np.float32) * self.idf[rows]
        length = math.sqrt(float(values @ values) + strange) or 1.0
        return Terms(np.array(rows, np.int32), values / np.float32(length))
