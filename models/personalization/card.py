"""The model card: what the propensities are for, what they are worth, and for whom they differ."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from models.personalization.plots import write_plots
from models.personalization.training import Trained

CARD_FILE = "model-card.md"
_NOT_TOLD = (
    "- **What cannot be told**, and is trained for the report alone (its area under the curve is"
    " below): who invests, from spending (`securities_from_spending`); who takes the bank's card,"
    " from income and card spending (`credit_card_from_ledger`). Both are chance. Who takes a term"
    " deposit, from earlier offers and their outcomes alone (`term_deposit_from_contacts`), is"
    " little better on later calls. Such products go by rules, suitability and priors.",
)
_SHOWN = (
    "customers", "takers", "base_rate", "mean_score", "auc_roc", "average_precision",
    "brier_score", "expected_calibration_error", "lift_in_top_tenth",
)  # fmt: skip


def write_card(trained: Trained, out: Path, *, plots: bool) -> None:
    """Write the card, and its pictures beside it."""
    pictures = write_plots(trained.backtest, trained.judged, out) if plots else []
    (out / CARD_FILE).write_text("\n".join(_lines(trained, pictures)) + "\n")


def _lines(trained: Trained, pictures: list[str]) -> Iterator[str]:
    model = trained.model
    yield from (
        f"# {model.name} {model.version}",
        "",
        "How likely a customer is to take a product, from what they hold and how they spend.",
        "",
        *(
            f"- **{name}**: {told['customers']:,} customers, {told['takers']:,} took it; inputs"
            f" {', '.join(one.name for one in model.of[name].head.inputs)}"
            + ("" if model.of[name].head.served else " (for the report only, not served)")
            for name, told in model.facts["trained"].items()
        ),
        f"- **Is**: ridge lines and boosted trees, mixed as held best on held-back rows; hash"
        f" `{model.content_hash[:16]}`.",
        "- **For**: ordering offers that the rules already allow. **Not for**: deciding credit,"
        " price, or who is served. Age, family, marital status, sex, postcode and the length of"
        " a call are no inputs.",
        *_NOT_TOLD,
        "",
        "## Backtest",
        "",
        "The same recipe on the first four fifths of the rows, judged on the last fifth: in time"
        " for `term_deposit`, shuffled for the others.",
        "",
        f"| measure | {' | '.join(trained.metrics)} |",
        f"|---|{'---|' * len(trained.metrics)}",
    )
    for name in _SHOWN:
        cells = (f"{_figure(told[name])}" for told in trained.metrics.values())
        yield f"| {name.replace('_', ' ')} | {' | '.join(cells)} |"
    for head, told in trained.metrics.items():
        if "with_feedback" in told:
            after = told["with_feedback"]
            yield ""
            yield (
                f"`{head}` with answers fed back after 200 calls: Brier score"
                f" {after['brier_score']:.4f}, calibration error"
                f" {after['expected_calibration_error']:.4f}, AUC {after['auc_roc']:.4f}."
            )
    yield from _fairness(trained.metrics)
    yield from ("", *(f"![{name}]({name})" for name in pictures))


def _fairness(metrics: dict[str, Any]) -> Iterator[str]:
    yield from (
        "",
        "## Fairness",
        "",
        "Of the best-scored fifth; the columns are no inputs. A ratio of selection rates below"
        " 0.8 is a gap to explain, and there are some: dropping a column does not close them.",
        "",
        "| head | group | customers | base rate | mean score | selected | takers found |",
        "|---|---|---|---|---|---|---|",
    )
    for head, told in metrics.items():
        for column in told["fairness"]:
            ratio, gap = column["selection_rate_ratio"], column["takers_found_gap"]
            yield f"| {head} | **{column['column']}**: ratio {ratio}, gap {gap} | | | | | |"
            for one in column["groups"]:
                found = "" if one["takers_found"] is None else f"{one['takers_found']:.2f}"
                yield (
                    f"| | {one['group']} | {one['customers']:,} | {one['base_rate']:.3f} |"
                    f" {one['mean_score']:.3f} | {one['selection_rate']:.2f} | {found} |"
                )


def _figure(value: float) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:.4f}"
