"""The pictures of the model card: for each served head its ROC, precision and calibration."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from fulfillment.personalization.model.artefact import Propensities
from models.fraud.metrics import bins_of, precision_recall, roc_curve
from models.personalization.data import Table
from models.personalization.feedback import with_feedback
from models.personalization.learning import margins, sigmoid


def write_plots(model: Propensities, judged: Sequence[Table], out: Path) -> list[str]:
    """Write a picture for each head to `out`; the names of the files."""
    import matplotlib as mpl

    mpl.use("Agg")
    names = []
    for table in judged:
        if table.head.served:
            names.append(f"{table.head.name}.png")
            _picture(model, table, out / names[-1])
    return names


def _picture(model: Propensities, table: Table, path: Path) -> None:
    from matplotlib import pyplot as plt

    odds = margins(model.of[table.head.name], table)
    scores, labels = sigmoid(odds), table.labels
    figure, (left, middle, right) = plt.subplots(1, 3, figsize=(11, 3.4), layout="constrained")
    false, true = roc_curve(labels, scores)
    left.plot(false, true)
    left.plot([0, 1], [0, 1], color="0.7", linestyle=":")
    left.set(xlabel="others chosen", ylabel="takers found", title="ROC")
    share, recall, _ = precision_recall(labels, scores)
    middle.plot(recall, share)
    middle.set(xlabel="recall", ylabel="precision", title="Precision and recall", ylim=(0, 1.02))
    right.plot([0, 1], [0, 1], color="0.7", linestyle=":")
    _calibration(right, labels, scores, "as trained")
    if table.head.in_time:
        _calibration(right, labels, with_feedback(odds, labels), "with feedback")
        right.legend()
    right.set(xlabel="score", ylabel="share that took it", title="Calibration")
    figure.suptitle(table.head.name.replace("_", " "))
    # No date inside: the same model gives the same picture.
    figure.savefig(path, dpi=80, metadata={"Software": None})
    plt.close(figure)


def _calibration(axes: Any, labels: Any, scores: Any, name: str) -> None:
    bins = bins_of(labels, scores)
    axes.plot([said for _, said, _ in bins], [was for _, _, was in bins], marker="o", label=name)
