"""The pictures of a model card: ROC, precision and recall, calibration, what the features do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from fulfillment.fraud.features.vector import FEATURES
from fulfillment.fraud.model.artefact import Model
from fulfillment.fraud.model.contributions import Explainer
from models.fraud.history import History
from models.fraud.metrics import Floats, bins_of, precision_recall, roc_curve

_EXPLAINED = 400
_SHOWN = 12
_EFFECTS = 6


def write_plots(
    model: Model, judged: History, rows: Floats, scores: Floats, out: Path
) -> list[str]:
    """Write the pictures to `out` and return their file names, in the order of the card."""
    import matplotlib as mpl

    mpl.use("Agg")
    order = np.argsort(-scores, kind="stable")
    some = np.r_[order[: _EXPLAINED // 2], order[:: max(1, 2 * len(order) // _EXPLAINED)]]
    explainer = Explainer(model.forest)
    shares = np.array([explainer.explain(row).by_feature for row in rows[some].tolist()])

    def roc(axes: Any) -> None:
        false, true = roc_curve(judged.fraud, scores)
        axes.plot(false, true)
        axes.plot([0, 1], [0, 1], color="0.7", linestyle=":")
        axes.set(xlabel="genuine payments flagged", ylabel="frauds found", title="ROC")

    def precision(axes: Any) -> None:
        share, recall, _ = precision_recall(judged.fraud, scores)
        axes.plot(recall, share)
        axes.set(xlabel="recall", ylabel="precision", title="Precision and recall", ylim=(0, 1.02))

    def calibration(axes: Any) -> None:
        bins = bins_of(judged.fraud, scores)
        axes.plot([0, 1], [0, 1], color="0.7", linestyle=":")
        axes.plot([said for _, said, _ in bins], [was for _, _, was in bins], marker="o")
        axes.set(xlabel="score", ylabel="share of fraud", title="Calibration")

    def importance(axes: Any) -> None:
        strength = np.abs(shares).mean(axis=0)
        top = np.argsort(strength)[-_SHOWN:]
        axes.barh([FEATURES[place] for place in top], strength[top])
        axes.set(xlabel="mean absolute contribution to the log odds", title="Features")

    drawn = {
        "roc.png": roc,
        "precision-recall.png": precision,
        "calibration.png": calibration,
        "features.png": importance,
    }
    for name, draw in drawn.items():
        _picture(out / name, draw)
    _effects(rows[some], shares, out / "effects.png")
    return [*drawn, "effects.png"]


def _picture(path: Path, draw: Callable[[Any], None]) -> None:
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(figsize=(6, 4), layout="constrained")
    draw(axes)
    _save(figure, path)


def _effects(rows: Floats, shares: Floats, path: Path) -> None:
    """For the strongest features, what each of their values added to the log odds."""
    from matplotlib import pyplot as plt

    top = np.argsort(-np.abs(shares).mean(axis=0))[:_EFFECTS]
    figure, grid = plt.subplots(2, _EFFECTS // 2, figsize=(10, 6), layout="constrained")
    for place, axes in zip(top, grid.flat, strict=True):
        axes.scatter(rows[:, place], shares[:, place], s=6, alpha=0.5)
        axes.axhline(0, color="0.7", linestyle=":")
        axes.set_title(FEATURES[place], fontsize="small")
    figure.supylabel("contribution to the log odds")
    _save(figure, path)


def _save(figure: Any, path: Path) -> None:
    from matplotlib import pyplot as plt

    # No date inside: the same model gives the same picture.
    figure.savefig(path, dpi=80, metadata={"Software": None})
    plt.close(figure)
