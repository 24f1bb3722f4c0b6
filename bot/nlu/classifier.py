"""A linear classifier over terms and meaning, learned by softmax regression.

Terms are sparse, meaning is a short dense vector; both vote with weights of their own, learned
together. Deterministic: the order of learning comes from a fixed seed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
from numpy.typing import NDArray

from bot.nlu.features import Terms
from bot.nlu.meaning import Floats

_RATE = 2.0
_DECAY = 0.3
# A row that is right beyond this chance teaches nothing more; skipping it halves the work.
_LEARNED = 0.99

Row = tuple[Terms, Floats, int]
"""The terms of an utterance, its meaning, and the index of its label."""


@dataclass
class Linear:
    """`by_term[term]` and `by_meaning[number]` hold one weight a label.

    Grows by `learn`; reading never changes it.
    """

    labels: tuple[str, ...]
    by_term: Floats
    by_meaning: Floats

    @classmethod
    def blank(cls, labels: tuple[str, ...], terms: int, size: int) -> Linear:
        """Knows nothing yet."""
        return cls(
            labels,
            np.zeros((terms, len(labels)), np.float32),
            np.zeros((size, len(labels)), np.float32),
        )

    def margins(self, terms: Terms, meaning: Floats) -> NDArray[np.float32]:
        """How strongly an utterance speaks for each label. They sum to about zero."""
        votes: NDArray[np.float32] = terms.values @ self.by_term[terms.rows]
        votes += meaning @ self.by_meaning
        return votes

    def learn(self, rows: Sequence[Row], passes: int, seed: int = 7) -> None:
        """Goes over `rows` in random order `passes` times, in ever smaller steps.

        What is kept is the mean of the weights after each pass of the second half, which is
        steadier than the last.
        """
        order, rng, seen = list(range(len(rows))), Random(seed), 0  # noqa: S311 - not for secrets
        term_sum, meaning_sum = np.zeros_like(self.by_term), np.zeros_like(self.by_meaning)
        for turn in range(passes):
            rng.shuffle(order)
            for index in order:
                seen += 1
                self._learn_row(*rows[index], rate=_RATE / (1 + _DECAY * seen / len(rows)))
            if turn >= passes // 2:
                term_sum += self.by_term
                meaning_sum += self.by_meaning
        np.divide(term_sum, passes - passes // 2, out=self.by_term)
        np.divide(meaning_sum, passes - passes // 2, out=self.by_meaning)

    def _learn_row(self, terms: Terms, meaning: Floats, right: int, rate: float) -> None:
        step = softmax(self.margins(terms, meaning))
        if step[right] > _LEARNED:
            return
        step[right] -= 1
        step *= np.float32(rate)
        self.by_term[terms.rows] -= np.multiply.outer(terms.values, step)
        self.by_meaning -= np.multiply.outer(meaning, step)


def softmax(margins: Floats) -> Floats:
    raised: Floats = np.exp(margins - margins.max())
    raised /= raised.sum()
    return raised
