"""What the classifier sees of an utterance: words, pairs, letter groups, kinds of values."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

Vector = Mapping[str, float]


def terms(words: Sequence[str], kinds: Iterable[str] = ()) -> list[str]:
    """Words, pairs of words, letter groups of 2 to 4, and the kinds of values found."""
    found = [f"w:{word}" for word in words]
    found += [f"b:{a} {b}" for a, b in pairwise(words)]
    found += [f"k:{kind}" for kind in kinds]
    for word in words:
        padded = f"<{word}>"
        for size in (2, 3, 4):
            found += [f"c:{padded[i : i + size]}" for i in range(len(padded) - size + 1)]
    return found


class TfIdf:
    """Term weights learned from a set of utterances: rare terms count more, length does not."""

    def __init__(self, idf: Mapping[str, float]) -> None:
        self.idf = dict(idf)

    @classmethod
    def learn(cls, documents: Sequence[Sequence[str]]) -> TfIdf:
        counts = Counter(term for document in documents for term in set(document))
        total = len(documents)
        return cls({t: math.log((1 + total) / (1 + n)) + 1 for t, n in counts.items()})

    def vector(self, document: Sequence[str]) -> dict[str, float]:
        """The known terms of `document`, weighted, of length one; empty when none is known."""
        counts = Counter(term for term in document if term in self.idf)
        weights = {t: (1 + math.log(n)) * self.idf[t] for t, n in counts.items()}
        norm = math.sqrt(sum(w * w for w in weights.values()))
        return {t: w / norm for t, w in weights.items()} if norm else {}


def coverage(words: Sequence[str], idf: Mapping[str, float]) -> float:
    """The share of the words that were seen in learning."""
    return sum(f"w:{word}" in idf for word in words) / len(words) if words else 0.0
