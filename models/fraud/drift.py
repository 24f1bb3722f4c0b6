"""How far the rows of an evaluation are from the training data, for hundreds of thousands of them.

The same figures as `fulfillment.fraud.drift` gives, which says what they mean; a test holds them
together.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from fulfillment.fraud.drift import LEAST_SHARE, Drift

Floats = npt.NDArray[np.float64]

BINS: Final = 10


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
    then, now = np.maximum(then, LEAST_SHARE), np.maximum(now, LEAST_SHARE)
    psi = float(np.sum((now - then) * np.log(now / then)))
    return Drift(name, psi, (len(then) - 1) / max(1, len(values)), len(values))


def _shares(values: Floats, edges: Floats) -> Floats:
    # A value on an edge belongs below it, so that a feature with few values fills whole bins.
    counts = np.bincount(np.searchsorted(edges, values, side="left"), minlength=len(edges) + 1)
    shares: Floats = counts / max(1, len(values))
    return shares
