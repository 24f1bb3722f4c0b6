"""Platt's calibration, kept only where it helps: unweighted boosting is calibrated as it comes."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from fulfillment.fraud.model.artefact import Calibration

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

_STEPS = 50
_WORTH_IT = 0.01


def fit_platt(margins: Floats, labels: Integers) -> Calibration:
    """Slope and intercept by maximum likelihood, or none when they gain less than one percent.

    The gain is taken on rows that the fit has not seen: fitted on the even ones, judged on the odd
    ones, and only then fitted on all.
    """
    even, odd = slice(0, None, 2), slice(1, None, 2)
    trial = _newton(margins[even], labels[even])
    plain = _log_loss(margins[odd], labels[odd], Calibration())
    if not _log_loss(margins[odd], labels[odd], trial) < plain * (1 - _WORTH_IT):
        return Calibration()
    return _newton(margins, labels)


def _newton(margins: Floats, labels: Integers) -> Calibration:
    design = np.column_stack([margins, np.ones(len(margins))])
    weights = np.array([1.0, 0.0])
    for _ in range(_STEPS):
        said = _sigmoid(design @ weights)
        slope = design.T @ (said - labels)
        curve = (design * (said * (1 - said))[:, None]).T @ design + 1e-9 * np.eye(2)
        step = np.linalg.solve(curve, slope)
        weights = weights - step
        if np.abs(step).max() < 1e-10:
            break
    return Calibration(float(weights[0]), float(weights[1]))


def _log_loss(margins: Floats, labels: Integers, by: Calibration) -> float:
    said = np.clip(_sigmoid(by.slope * margins + by.intercept), 1e-12, 1 - 1e-12)
    return float(-np.mean(np.where(labels == 1, np.log(said), np.log(1 - said))))


def _sigmoid(values: Floats) -> Floats:
    sigmoid: Floats = 1 / (1 + np.exp(-np.clip(values, -500, 500)))
    return sigmoid
