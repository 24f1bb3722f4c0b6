"""Whether payments still look like those the model was trained on: PSI beside its own noise.

PSI compares shares over bins of the training data. With few rows it is large by chance alone: of n
rows over b bins it is about (b - 1) / n when nothing has changed, so below `LEAST_ROWS` nothing is
said, and what is expected by chance is always told beside it. No numpy: a function that looks once
a week need not carry it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Any, Final

from fulfillment.fraud.model.artefact import Model

LEAST_ROWS: Final = 5_000
WARN: Final = 0.10
ALARM: Final = 0.25
LEAST_SHARE: Final = 1e-4
"""A bin in which nobody is counts as this much: its logarithm has to be a number."""
SCORE: Final = "score"


@dataclass(frozen=True, slots=True)
class Drift:
    """`psi` of one feature over `rows`; `by_chance` is what no change at all would give."""

    name: str
    psi: float
    by_chance: float
    rows: int

    @property
    def level(self) -> str:
        """`alarm`, `warn`, `steady`, or `too few` when there are not enough rows to say."""
        if self.rows < LEAST_ROWS:
            return "too few"
        above = self.psi - self.by_chance
        return "alarm" if above >= ALARM else "warn" if above >= WARN else "steady"

    @property
    def bound(self) -> float:
        """The bound that it is past."""
        return ALARM if self.level == "alarm" else WARN


def drift_of(name: str, trained: Mapping[str, Any], values: Sequence[float]) -> Drift:
    """How far `values` have moved from a feature's training data: its inner bin edges, and the
    share of rows in each bin.
    """
    then, edges = trained["shares"], trained["edges"]
    counts = [0] * (len(edges) + 1)
    for value in values:
        # A value on an edge belongs below it, so that a feature with few values fills whole bins.
        counts[bisect_left(edges, value)] += 1
    rows = max(1, len(values))
    psi = 0.0
    for share, count in zip(then, counts, strict=True):
        was, is_now = max(share, LEAST_SHARE), max(count / rows, LEAST_SHARE)
        psi += (is_now - was) * log(is_now / was)
    return Drift(name, psi, (len(then) - 1) / rows, len(values))


def drift_of_all(
    model: Model, rows: Sequence[Sequence[float]], scores: Sequence[float]
) -> list[Drift]:
    """Every feature of `rows` and the score beside the training data, the furthest first."""
    known = model.facts["statistics"]
    columns: dict[str, Sequence[float]] = {
        name: [row[place] for row in rows] for place, name in enumerate(model.facts["features"])
    }
    columns[SCORE] = scores
    found = [drift_of(name, known[name], values) for name, values in columns.items()]
    return sorted(found, key=lambda one: -one.psi)


def worth_telling(found: Sequence[Drift]) -> list[Drift]:
    """What people are told: the score, and the feature that moved most, if they are past a bound.

    Features move together, and a message about each of fifty would be read by nobody.
    """
    past = [one for one in found if one.level in ("warn", "alarm")]
    score = [one for one in past if one.name == SCORE]
    return score + [one for one in past if one.name != SCORE][:1]
