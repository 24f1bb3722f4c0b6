"""Every figure a model is judged by, on one stretch of payments."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from fulfillment.fraud.facts import DAY_S
from models.fraud.history import History
from models.fraud.metrics import (
    auc_roc,
    average_precision,
    brier_score,
    calibration_error,
    card_precision,
)

Floats = npt.NDArray[np.float64]


def measure(history: History, scores: Floats) -> dict[str, Any]:
    """The figures of `scores`, one for each payment of `history`."""
    labels = history.fraud
    base = float(labels.mean()) if len(labels) else 0.0
    return {
        "payments": len(labels),
        "frauds": int(labels.sum()),
        "auc_roc": auc_roc(labels, scores),
        "average_precision": average_precision(labels, scores),
        "card_precision_at_100": card_precision(
            history.at // DAY_S, history.customer, labels, scores
        ),
        "expected_calibration_error": calibration_error(labels, scores),
        "mean_score_to_base_rate": float(scores.mean()) / base if base else float("nan"),
        "brier_score": brier_score(labels, scores),
    }
