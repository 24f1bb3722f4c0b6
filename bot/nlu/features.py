"""What the classifier sees of an utterance: words, pairs, letter groups, kinds of values."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

VALUE_SCALE = 1 << 12
"""Vectors have length one in units of this, so that they can be multiplied exactly."""

Vector = Mapping[str, int]

_GROUPS = (2, 3, 4)
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


@dataclass(frozen=True, slots=True)
class TfIdf:
    """Term weights learned from utterances: rare terms count more, length does not.

    A term never seen in learning has no weight, yet makes the vector's known part shorter. So an
    utterance of strange words is far from everything, which is what keeps it out of scope.
    """

    idf: Mapping[str, float]
    unseen: float

    @classmethod
    def learn(cls, documents: Sequence[Sequence[str]]) -> TfIdf:
        counts = Counter(term for document in documents for term in set(document))
        total = math.log(1 + len(documents)) + 1
        return cls({t: total - math.log(1 + n) for t, n in counts.items()}, total)

    def vector(self, document: Iterable[str]) -> Vector:
        """The known terms of `document` with their weights in units of 1 / VALUE_SCALE."""
        weights: dict[str, float] = {}
        squares = 0.0
        for term, count in Counter(document).items():
            idf = self.idf.get(term)
            weight = (1 + math.log(count)) * (self.unseen if idf is None else idf)
            squares += weight * weight
            if idf is not None:
                weights[term] = weight
        scale = VALUE_SCALE / math.sqrt(squares) if squares else 0.0
        return {term: round(weight * scale) for term, weight in weights.items()}
