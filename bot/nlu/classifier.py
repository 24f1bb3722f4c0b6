"""A linear classifier over sparse vectors, learned by softmax regression in exact integers.

Standard library only: a bot of this size is learned in about a second and an utterance is read in a
fraction of a millisecond. Deterministic: the order of learning comes from a fixed seed.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from bot.nlu.features import VALUE_SCALE, Vector
from bot.nlu.lanes import Lanes

_STEP_SCALE = 1 << 18
_MARGIN_UNIT = VALUE_SCALE * VALUE_SCALE * _STEP_SCALE
_RATE = 4.0
_DECAY = 0.3
# A row that is right beyond this chance teaches nothing more; skipping it halves the work.
_LEARNED = 0.97

Row = tuple[Vector, int]
"""A vector and the index of its label."""


@dataclass
class Linear:
    """`weights[term]` holds one lane a label. Grows by `learn`; reading never changes it."""

    labels: tuple[str, ...]
    weights: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._lanes = Lanes(len(self.labels))

    def margins(self, vector: Vector) -> list[float]:
        """How strongly `vector` speaks for each label. They sum to about zero."""
        weights = self.weights
        total = sum(value * weights[term] for term, value in vector.items() if term in weights)
        return [margin / _MARGIN_UNIT for margin in self._lanes.unpack(total)]

    def learn(self, rows: Sequence[Row], passes: int, seed: int = 7) -> None:
        """Goes over `rows` in random order `passes` times, in ever smaller steps."""
        order, rng, seen = list(range(len(rows))), Random(seed), 0  # noqa: S311 - not for secrets
        for _ in range(passes):
            rng.shuffle(order)
            for index in order:
                seen += 1
                self._learn_row(*rows[index], rate=_RATE / (1 + _DECAY * seen / len(rows)))

    def _learn_row(self, vector: Vector, right: int, rate: float) -> None:
        chances = softmax(self.margins(vector))
        if chances[right] > _LEARNED:
            return
        steps = [round(-rate * chance * _STEP_SCALE) for chance in chances]
        steps[right] = round(rate * (1 - chances[right]) * _STEP_SCALE)
        packed, weights = self._lanes.pack(steps), self.weights
        for term, value in vector.items():
            weights[term] = weights.get(term, 0) + value * packed


def softmax(margins: Sequence[float]) -> list[float]:
    top = max(margins)
    raised = [math.exp(margin - top) for margin in margins]
    total = sum(raised)
    return [value / total for value in raised]
