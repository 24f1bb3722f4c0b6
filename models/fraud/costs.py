"""What a way of choosing payments for review is worth, in money.

Doing nothing costs every fraud's amount. Reviewing a payment costs `review` and saves its amount if
it is fraud. A saving is told as the share of what doing nothing would have cost.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Saving:
    """`alerts_a_day`, the share of them that is fraud, and what they save, all costs counted."""

    saving: float
    alerts_a_day: float
    precision: float
    value_caught: float

    def as_json(self) -> dict[str, float]:
        return {name: round(value, 4) for name, value in asdict(self).items()}


def saving_of(chosen: Flags, labels: Integers, minor: Integers, review: int, days: int) -> Saving:
    """What reviewing the `chosen` payments saves."""
    lost = float(minor[labels == 1].sum())
    caught = float(minor[chosen & (labels == 1)].sum())
    alerts = int(chosen.sum())
    return Saving(
        (caught - review * alerts) / lost if lost else 0.0,
        alerts / max(1, days),
        float(labels[chosen].mean()) if alerts else 0.0,
        caught / lost if lost else 0.0,
    )


def by_expected_loss(scores: Floats, minor: Integers, review: int) -> Flags:
    """Payments whose score times amount is more than a review costs: it needs no search."""
    chosen: Flags = scores * minor > review
    return chosen


def best_threshold(scores: Floats, labels: Integers, minor: Integers, review: int) -> float:
    """The one score from which on reviewing costs least, found on past payments."""
    order = np.argsort(-scores, kind="stable")
    gains = np.cumsum(np.where(labels[order] == 1, minor[order], 0) - review)
    best = int(np.argmax(gains))
    return float(scores[order][best]) if gains[best] > 0 else 1.0


def compare_rules(
    scores: Floats, labels: Integers, minor: Integers, review: int, days: int, rule_minor: int
) -> dict[str, Any]:
    """The saving by expected loss beside that of a rule on the amount, on the same payments."""
    ways = {
        "expected_loss": by_expected_loss(scores, minor, review),
        "amount_rule": np.asarray(minor > rule_minor),
        "score_above_half": np.asarray(scores > 0.5),
    }
    told = {
        name: saving_of(way, labels, minor, review, days).as_json() for name, way in ways.items()
    }
    return {"review_cost_minor": review, "amount_rule_above_minor": rule_minor, **told}
