"""A linear classifier over sparse vectors: averaged passive-aggressive learning, calibrated.

Standard library only: it learns a bot of this size in about a second and reads an utterance in less
than a millisecond. Deterministic: the order of learning comes from a fixed seed.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from bot.nlu.features import Vector

PASSES = 6
_AGGRESSIVENESS = 1.0
_FOLDS = 3
_TEMPERATURES = tuple(0.02 * 1.25**step for step in range(22))


@dataclass(frozen=True, slots=True)
class Linear:
    """`weights[term][label index]`; scores become probabilities at `temperature`."""

    labels: tuple[str, ...]
    weights: Mapping[str, Sequence[float]]
    temperature: float

    def margins(self, vector: Vector) -> list[float]:
        totals = [0.0] * len(self.labels)
        for term, value in vector.items():
            row = self.weights.get(term)
            if row is not None:
                totals = [total + value * weight for total, weight in zip(totals, row, strict=True)]
        return totals

    def probabilities(self, vector: Vector) -> list[float]:
        return softmax(self.margins(vector), self.temperature)


def softmax(margins: Sequence[float], temperature: float) -> list[float]:
    top = max(margins)
    raised = [math.exp((m - top) / temperature) for m in margins]
    total = sum(raised)
    return [value / total for value in raised]


def learn(vectors: Sequence[Vector], labels: Sequence[str], seed: int = 7) -> Linear:
    """A calibrated classifier of `vectors` into `labels` (one label a vector, at least one)."""
    names = tuple(sorted(set(labels)))
    rows = [(vector, names.index(label)) for vector, label in zip(vectors, labels, strict=True)]
    weights = _fit(rows, len(names), PASSES, seed)
    temperature = _temperature(rows, len(names), seed) if len(names) > 1 else 1.0
    return Linear(names, weights, temperature)


def _fit(
    rows: Sequence[tuple[Vector, int]], classes: int, passes: int, seed: int
) -> dict[str, list[float]]:
    """Averaged weights; the average is kept by the usual trick of a second, time-weighted sum."""
    weights: dict[str, list[float]] = {}
    weighted: dict[str, list[float]] = {}
    order, rng, clock = list(range(len(rows))), Random(seed), 1  # noqa: S311 - not for secrets
    for _ in range(passes):
        rng.shuffle(order)
        for index in order:
            vector, right = rows[index]
            wrong, loss = _mistake(weights, vector, right, classes)
            if loss > 0:
                step = min(_AGGRESSIVENESS, loss / 2)
                _update(weights, vector, right, wrong, step, classes)
                _update(weighted, vector, right, wrong, step * clock, classes)
            clock += 1
    return {
        term: [w - s / clock for w, s in zip(row, weighted[term], strict=True)]
        for term, row in weights.items()
    }


def _mistake(
    weights: Mapping[str, Sequence[float]], vector: Vector, right: int, classes: int
) -> tuple[int, float]:
    """The strongest wrong class, and by how much the right one fails to lead it by one."""
    totals = [0.0] * classes
    for term, value in vector.items():
        row = weights.get(term)
        if row is not None:
            totals = [total + value * weight for total, weight in zip(totals, row, strict=True)]
    wrong = max((c for c in range(classes) if c != right), key=totals.__getitem__, default=right)
    return wrong, 0.0 if wrong == right else 1 - totals[right] + totals[wrong]


def _update(
    weights: dict[str, list[float]],
    vector: Vector,
    right: int,
    wrong: int,
    step: float,
    classes: int,
) -> None:
    for term, value in vector.items():
        row = weights.setdefault(term, [0.0] * classes)
        row[right] += step * value
        row[wrong] -= step * value


def _temperature(rows: Sequence[tuple[Vector, int]], classes: int, seed: int) -> float:
    """The temperature at which utterances held out of learning are least surprising."""
    held: list[tuple[list[float], int]] = []
    for fold in range(_FOLDS):
        seen = [row for index, row in enumerate(rows) if index % _FOLDS != fold]
        model = Linear(tuple("x" * classes), _fit(seen, classes, PASSES // 2, seed), 1.0)
        held += [(model.margins(v), y) for i, (v, y) in enumerate(rows) if i % _FOLDS == fold]
    return min(_TEMPERATURES, key=lambda t: _surprise(held, t))


def _surprise(held: Sequence[tuple[list[float], int]], temperature: float) -> float:
    return -sum(math.log(softmax(m, temperature)[y] + 1e-12) for m, y in held)
