"""Every figure that a propensity is judged by, on rows it has not seen."""

from __future__ import annotations

import statistics
import time
from typing import Any

import numpy as np

from fulfillment.personalization.model.artefact import Propensity
from models.fraud.metrics import auc_roc, average_precision, brier_score, calibration_error
from models.personalization.data import Table
from models.personalization.fairness import fairness
from models.personalization.feedback import with_feedback
from models.personalization.learning import Floats, Integers, margins, sigmoid

_TIMED = 1000


def judge(one: Propensity, table: Table) -> dict[str, Any]:
    """The figures of a head on `table`; rows in time are told with feedback beside."""
    odds = margins(one, table)
    scores = sigmoid(odds)
    told = {
        **_figures(table.labels, scores),
        "latency_ms": latency(one, table),
        "fairness": fairness(table, scores),
    }
    if table.head.in_time:
        followed = with_feedback(odds, table.labels)
        told["with_feedback"] = _figures(table.labels, followed)
    return told


def latency(one: Propensity, table: Table) -> dict[str, float]:
    """Of one row in process, from its named inputs to its probability."""
    times = []
    for number in range(_TIMED):
        row = table.rows[number % len(table)]
        began = time.perf_counter()
        one.probability(row)
        times.append((time.perf_counter() - began) * 1000)
    return {
        "p50": round(statistics.median(times), 4),
        "min": round(min(times), 4),
        "p99": round(statistics.quantiles(times, n=100)[98], 4),
    }


def _figures(labels: Integers, scores: Floats) -> dict[str, Any]:
    base = float(labels.mean())
    best = np.argsort(-scores, kind="stable")[: max(1, len(scores) // 10)]
    return {
        "customers": len(labels),
        "takers": int(labels.sum()),
        "base_rate": base,
        "mean_score": float(scores.mean()),
        "auc_roc": auc_roc(labels, scores),
        "average_precision": average_precision(labels, scores),
        "brier_score": brier_score(labels, scores),
        "expected_calibration_error": calibration_error(labels, scores),
        "lift_in_top_tenth": float(labels[best].mean()) / base if base else float("nan"),
    }
