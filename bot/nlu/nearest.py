"""How like the nearest sample of each intent an utterance is: what is like none is out of scope."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.nlu.meaning import Floats

_MOST = 40
_AT_ONCE = 128


@dataclass(frozen=True, slots=True)
class Nearest:
    """The meanings of all samples, label by label; `starts[k]` is the first row of label `k`."""

    samples: Floats
    starts: NDArray[np.intp]

    @classmethod
    def of(cls, samples: Floats, labels: Sequence[int], count: int) -> Nearest:
        """Every label below `count` must have a sample; of many, evenly spread ones are kept."""
        by_label: list[list[int]] = [[] for _ in range(count)]
        for row, label in enumerate(labels):
            by_label[label].append(row)
        kept = [rows[:: -(-len(rows) // _MOST)] for rows in by_label]
        starts = np.cumsum([0, *map(len, kept)])[:-1]
        return cls(samples[[row for rows in kept for row in rows]], starts)

    def likeness(self, meaning: Floats) -> Floats:
        """For each label the cosine, from -1 to 1, of its sample that means nearly the same."""
        if not len(self.starts):
            return np.zeros(0, np.float32)
        likeness: Floats = np.maximum.reduceat(self.samples @ meaning, self.starts)
        return likeness

    def likenesses(self, meanings: Floats) -> Iterator[Floats]:
        """`likeness` of each row of `meanings`, some hundred at a time."""
        for start in range(0, len(meanings), _AT_ONCE):
            some = meanings[start : start + _AT_ONCE]
            if not len(self.starts):
                yield from np.zeros((len(some), 0), np.float32)
                continue
            yield from np.maximum.reduceat(some @ self.samples.T, self.starts, axis=1)
