"""What a model must show, on a week that it has not learnt from, before anybody is asked for a yes.

The same limits hold on a laptop, where training says whether they are kept, and on AWS, where a
model that breaks one is not registered (`infra.aws.training`). None of them is a figure of one
bank's data: average precision, for instance, is told as a multiple of what chance would give.
Which of two good models serves is another question: `teller models compare fraud`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

PATTERN = "gate {figure}=(-?[0-9.]+);"
"""How a figure stands in a training's log: as SageMaker's metric definitions ask for it."""


@dataclass(frozen=True, slots=True)
class Limit:
    """`figure` is from `least` to `most`, both still good; None: it has no such end."""

    figure: str
    why: str
    least: float | None = None
    most: float | None = None

    def holds(self, value: float) -> bool:
        """Whether `value` is within. What is not a number is not."""
        over = self.least is None or value >= self.least
        return over and (self.most is None or value <= self.most)

    def __str__(self) -> str:
        ends = (("at least", self.least), ("at most", self.most))
        return " and ".join(f"{word} {end:g}" for word, end in ends if end is not None)


LIMITS = (
    Limit("frauds", "with fewer in the week the other figures are luck", least=30),
    Limit("auc_roc", "it tells fraud from the rest, wherever the line is drawn", least=0.8),
    Limit(
        "precision_over_base_rate",
        "what analysts are shown is fraud so many times more often than a payment at large",
        least=10,
    ),
    Limit(
        "mean_score_to_base_rate",
        "the policy weighs the score against money, so it has to be a probability",
        least=0.7,
        most=1.4,
    ),
    Limit(
        "saving_over_amount_rule",
        "in shares of what fraud would cost: a rule on the amount needs no model",
        least=0.0,
    ),
)


def figures_of(metrics: Mapping[str, Any]) -> dict[str, float]:
    """What is judged, of the metrics of a training's validation week."""
    base = metrics["frauds"] / metrics["payments"] if metrics["payments"] else 0.0
    savings = metrics["savings"]
    return {
        "frauds": float(metrics["frauds"]),
        "auc_roc": metrics["auc_roc"],
        "precision_over_base_rate": metrics["average_precision"] / base if base else float("nan"),
        "mean_score_to_base_rate": metrics["mean_score_to_base_rate"],
        "saving_over_amount_rule": (
            savings["expected_loss"]["saving"] - savings["amount_rule"]["saving"]
        ),
    }


def broken(figures: Mapping[str, float]) -> list[Limit]:
    """The limits that are not kept; one whose figure is missing is none that is."""
    nothing = float("nan")
    return [one for one in LIMITS if not one.holds(figures.get(one.figure, nothing))]


def lines_of(figures: Mapping[str, float]) -> list[str]:
    """The figures as a training's log has them, one a line."""
    return [f"gate {name}={value:.6f};" for name, value in figures.items()]
