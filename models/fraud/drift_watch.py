"""What to tell of drift: how far the judged payments of some days are from the training data."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fulfillment.fraud.model.artefact import Model
from models.fraud.drift import ALARM, WARN, Drift, drift_of

SCORE = "score"


def drift_of_all(
    model: Model, rows: Sequence[Sequence[float]], scores: Sequence[float]
) -> list[Drift]:
    """Every feature of `rows` and the score beside the training data, the furthest first."""
    names = model.facts["features"]
    table = np.asarray(rows, dtype=np.float64).reshape(len(rows), len(names))
    columns = {name: table[:, place] for place, name in enumerate(names)}
    columns[SCORE] = np.asarray(scores, dtype=np.float64)
    known = model.facts["statistics"]
    found = [drift_of(name, known[name], values) for name, values in columns.items()]
    return sorted(found, key=lambda one: -one.psi)


def worth_telling(found: Sequence[Drift]) -> list[Drift]:
    """What people are told: the score, and the feature that moved most, if they are past a bound.

    Features move together, and a message about each of fifty would be read by nobody.
    """
    past = [one for one in found if one.level in ("warn", "alarm")]
    score = [one for one in past if one.name == SCORE]
    return score + [one for one in past if one.name != SCORE][:1]


def bound_of(one: Drift) -> float:
    """The bound that a drift is past."""
    return ALARM if one.level == "alarm" else WARN
