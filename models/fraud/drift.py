"""Whether payments still look like those the model was trained on: PSI beside its own noise.

PSI compares shares over bins of the training data. With few rows it is large by chance alone: of n
rows over b bins it is about (b - 1) / n when nothing has changed, so below `LEAST_ROWS` nothing is
said, and what is expected by chance is always told beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

BINS: Final = 10
LEAST_ROWS: Final = 5_000
WARN: Final = 0.10
ALARM: Final = 0.25
_LEAST_SHARE: Final = 1e-4


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


def statistics(values: Floats) -> dict[str, list[float]]:
    """What a model's file keeps of one feature: inner bin edges and the share of rows in each."""
    edges = np.unique(np.quantile(values, np.linspace(0, 1, BINS + 1)[1:-1]))
    return {
        "edges": [float(edge) for edge in edges],
        "shares": [float(share) for share in _shares(values, edges)],
    }


def drift_of(name: str, trained: Mapping[str, Any], values: Floats) -> Drift:
    """How far `values` have moved from the training data of a feature."""
    then = np.asarray(trained["shares"])
    now = _shares(values, np.asarray(trained["edges"]))
    then, now = np.maximum(then, _LEAST_SHARE), np.maximum(now, _LEAST_SHARE)
    psi = float(np.sum((now - then) * np.log(now / then)))
    return Drift(name, psi, (len(then) - 1) / max(1, len(values)), len(values))


def _shares(values: Floats, edges: Floats) -> Floats:
    # A value on an edge belongs below it, so that a feature with few values fills whole bins.
    counts = np.bincount(np.searchsorted(edges, values, side="left"), minlength=len(edges) + 1)
    shares: Floats = counts / max(1, len(values))
    return shares
