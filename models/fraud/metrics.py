"""How good scores are, in the measures of the literature, with their definitions in the open."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]


def auc_roc(labels: Integers, scores: Floats) -> float:
    """The chance that a fraud scores above a genuine payment; a tie counts half.

    `nan` when there is only one kind.
    """
    frauds = int(labels.sum())
    genuine = len(labels) - frauds
    if not frauds or not genuine:
        return float("nan")
    _, place, size = np.unique(scores, return_inverse=True, return_counts=True)
    middle = np.cumsum(size) - (size - 1) / 2
    ranks = float(middle[place][labels == 1].sum())
    return (ranks - frauds * (frauds + 1) / 2) / (frauds * genuine)


def precision_recall(labels: Integers, scores: Floats) -> tuple[Floats, Floats, Floats]:
    """(precision, recall, threshold) at every distinct score, the highest first."""
    order = np.argsort(-scores, kind="stable")
    sorted_scores = scores[order]
    hits = np.cumsum(labels[order])
    ends = np.flatnonzero(np.r_[sorted_scores[1:] != sorted_scores[:-1], True])
    return hits[ends] / (ends + 1), hits[ends] / max(1, int(hits[-1])), sorted_scores[ends]


def average_precision(labels: Integers, scores: Floats) -> float:
    """Precision averaged over the recall it adds, without interpolation."""
    precision, recall, _ = precision_recall(labels, scores)
    return float(np.sum(np.diff(np.r_[0.0, recall]) * precision))


def roc_curve(labels: Integers, scores: Floats) -> tuple[Floats, Floats]:
    """(false positive rate, true positive rate) at every distinct score."""
    order = np.argsort(-scores, kind="stable")
    ends = np.flatnonzero(np.r_[np.diff(scores[order]) != 0, True])
    hits, misses = np.cumsum(labels[order]), np.cumsum(1 - labels[order])
    rates = (misses[ends] / max(1, misses[-1]), hits[ends] / max(1, hits[-1]))
    return np.r_[0.0, rates[0]], np.r_[0.0, rates[1]]


def calibration_error(labels: Integers, probabilities: Floats, bins: int = 10) -> float:
    """Expected calibration error over bins of equal width, weighted by how many fall in each."""
    return float(
        sum(share * abs(said - was) for share, said, was in bins_of(labels, probabilities, bins))
    )


def bins_of(
    labels: Integers, probabilities: Floats, bins: int = 10
) -> list[tuple[float, float, float]]:
    """(share of payments, mean probability, share of fraud) of each bin that is not empty."""
    place = np.minimum((probabilities * bins).astype(np.int64), bins - 1)
    found = []
    for one in range(bins):
        chosen = place == one
        if chosen.any():
            said, was = probabilities[chosen].mean(), labels[chosen].mean()
            found.append((float(chosen.mean()), float(said), float(was)))
    return found


def brier_score(labels: Integers, probabilities: Floats) -> float:
    return float(np.mean((probabilities - labels) ** 2))


def card_precision(
    days: Integers, cards: Sequence[str], labels: Integers, scores: Floats, top: int = 100
) -> float:
    """Of the `top` cards by their highest score, the share with fraud that day, averaged over days.

    As in the Fraud Detection Handbook: a card found compromised is not checked on later days.
    """
    found: set[str] = set()
    shares = []
    for day in np.unique(days):
        rows = np.flatnonzero(days == day)
        highest: dict[str, float] = {}
        compromised: set[str] = set()
        for row in rows.tolist():
            card = cards[row]
            if card in found:
                continue
            highest[card] = max(highest.get(card, -1.0), float(scores[row]))
            if labels[row]:
                compromised.add(card)
        checked = sorted(highest, key=lambda card: (-highest[card], card))[:top]
        hits = compromised.intersection(checked)
        shares.append(len(hits) / top)
        found |= hits
    return float(np.mean(shares)) if shares else float("nan")
