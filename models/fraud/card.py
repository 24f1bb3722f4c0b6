"""The model card: what the model is for, what it is worth, where it errs, with pictures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from fulfillment.fraud.facts import HOUR_S
from fulfillment.fraud.features.vector import FEATURES
from models.fraud.measuring import measure
from models.fraud.plots import write_plots

if TYPE_CHECKING:
    from models.fraud.history import History
    from models.fraud.metrics import Floats
    from models.fraud.training import Trained

CARD_FILE = "model-card.md"
_LEAST_FRAUDS = 5


def write_card(trained: Trained, out: Path, *, plots: bool) -> None:
    """Write the card, and its pictures beside it."""
    table, window = trained.validation
    chosen = window.rows(table.history)
    judged, rows = table.history.of(chosen), table.rows[chosen]
    scores = np.array([trained.model.probability(row) for row in rows.tolist()])
    pictures = write_plots(trained.model, judged, rows, scores, out) if plots else []
    (out / CARD_FILE).write_text(_card(trained, judged, scores, pictures))


def _card(trained: Trained, judged: History, scores: Floats, pictures: list[str]) -> str:
    model, told = trained.model, trained.metrics
    period = model.facts["trained"]
    savings = told["savings"]
    lines = [
        f"# {model.name} {model.version}",
        "",
        "The probability that a payment is fraud, from its figures, the customer's own past and"
        " what is known of who gets the money.",
        "",
        f"- **Learnt from**: {period['payments']:,} payments of layout"
        f" `{model.facts['layout']}` ({period['frauds']:,} frauds), {period['from']} to"
        f" {period['labels_known_to']}; a label counts only {model.maturity} days after its"
        " payment.",
        f"- **Is**: {len(model.forest.trees)} boosted trees of at most"
        f" {model.facts['hyperparameters']['num_leaves']} leaves over {len(FEATURES)} features"
        f" (schema {model.facts['schema_version']}); hash `{model.content_hash[:16]}`.",
        f"- **Calibration**: {_calibration(trained)}",
        "- **For**: deciding with the fraud policy, sorting alerts. **Not for**: judging a"
        " person, credit, or offers. Age, gender, job, address and name are no features.",
        "- **Simulated data is easier than real fraud**: these figures are no promise for a bank.",
        "",
        "## On the week it was tuned on",
        "",
        "Trained for this on payments whose labels were known a week before that week began.",
        "",
        "| measure | value |",
        "|---|---|",
        *(f"| {name.replace('_', ' ')} | {_figure(told[name])} |" for name in _SHOWN),
        "",
        f"Reviewing by expected loss (a look costs {savings['review_cost_minor'] / 100:.2f}) saves"
        f" {savings['expected_loss']['saving']:.0%} of what fraud would cost, with"
        f" {savings['expected_loss']['alerts_a_day']:.0f} alerts a day; a rule on amounts above"
        f" {savings['amount_rule_above_minor'] / 100:.0f} saves"
        f" {savings['amount_rule']['saving']:.0%}. The cheapest single threshold on the score is"
        f" {told['threshold']:.3f}.",
        "",
        "## Slices of the same week, by the final model",
        "",
        "The final model has seen this week: the slices show where it is stronger and weaker, not"
        " how strong it is.",
        "",
        "| slice | payments | frauds | average precision | mean score / base rate |",
        "|---|---|---|---|---|",
        *_slices(judged, scores),
        "",
        *(f"![{name}]({name})" for name in pictures),
    ]
    return "\n".join(lines).rstrip() + "\n"


_SHOWN = (
    "payments", "frauds", "average_precision", "auc_roc", "card_precision_at_100",
    "expected_calibration_error", "mean_score_to_base_rate", "brier_score",
)  # fmt: skip


def _calibration(trained: Trained) -> str:
    by = trained.model.calibration
    if (by.slope, by.intercept) == (1.0, 0.0):
        return "none needed: Platt's would gain less than one percent of log loss."
    return f"Platt's, slope {by.slope:.3f}, intercept {by.intercept:.3f}."


def _figure(value: Any) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:.5f}"


def _slices(judged: History, scores: Floats) -> list[str]:
    """By size and time of day, and by category where the data has them."""
    hours = judged.at // HOUR_S % 24
    quarter = np.quantile(judged.minor, [0.25, 0.5, 0.75])
    size = np.searchsorted(quarter, judged.minor)
    parts = {
        **{f"amount, quarter {n + 1} of 4": size == n for n in range(4)},
        "night (0h to 6h)": hours < 6,
        "day": hours >= 6,
    }
    categories = np.asarray(judged.category)
    parts |= {name: categories == name for name in sorted(set(judged.category)) if name}
    lines = []
    for name, chosen in parts.items():
        rows = np.flatnonzero(chosen)
        if int(judged.fraud[rows].sum()) < _LEAST_FRAUDS:
            continue
        told = measure(judged.of(rows), scores[rows])
        lines.append(
            f"| {name} | {told['payments']:,} | {told['frauds']} |"
            f" {told['average_precision']:.3f} | {told['mean_score_to_base_rate']:.2f} |"
        )
    return lines
