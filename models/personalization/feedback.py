"""Calibration that follows a campaign's drift, by the answers that have come in so far.

Walks rows in their order, a batch at a time. Each batch is scored with a shift of the log odds
that was fitted on earlier answers alone, and only those that are `delay` rows old: an answer is not
known when the next call is made. Recent answers weigh most, and the shift is pulled to none.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.personalization.learning import sigmoid

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
_STEPS = 25


@dataclass(frozen=True, slots=True)
class Feedback:
    """`batch` rows are scored at a time; answers are known `delay` rows later and count half as
    much `half_life` rows after that; `pull` is how many answers' worth of doubt there is."""

    batch: int = 100
    delay: int = 200
    half_life: int = 500
    pull: float = 2.0


def with_feedback(margins: Floats, labels: Integers, how: Feedback | None = None) -> Floats:
    """The probability of each row, as it would have been said at its time."""
    how = how or Feedback()
    said = np.empty(len(margins))
    for start in range(0, len(margins), how.batch):
        known = max(0, start - how.delay)
        shift = _shift(margins[:known], labels[:known], how)
        batch = slice(start, start + how.batch)
        said[batch] = sigmoid(margins[batch] + shift)
    return said


def _shift(margins: Floats, labels: Integers, how: Feedback) -> float:
    """The shift that makes recent answers likeliest, by Newton's method."""
    weights = 0.5 ** (np.arange(len(margins))[::-1] / how.half_life)
    shift = 0.0
    for _ in range(_STEPS):
        said = sigmoid(margins + shift)
        slope = float(weights @ (said - labels)) + how.pull * shift
        curve = float(weights @ (said * (1 - said))) + how.pull
        step = float(np.clip(slope / curve, -1.0, 1.0))
        shift -= step
        if abs(step) < 1e-9:
            break
    return shift
