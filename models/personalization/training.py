"""Trains every head that the data tells of: on all rows, and once on the first ones as a check.

The check, the backtest, is the same recipe on the first four fifths of the rows (in time, where
they have an order), judged on the rest. It is kept beside the model, so that evaluating on the very
data that the model learnt from still judges only rows that the judged model has not seen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from fulfillment.personalization.model.artefact import (
    Propensities,
    read_propensities,
    write_propensities,
)
from models.personalization.data import Table
from models.personalization.judging import judge
from models.personalization.learning import Integers, Learnt, learn

BACKTEST = 0.8
_SHUFFLE = 11


@dataclass(frozen=True, slots=True)
class Trained:
    """The texts of the model and of its backtest, the rows each has seen, and the figures."""

    model: Propensities
    text: str
    backtest: Propensities
    backtest_text: str
    seen: Sequence[Table]
    seen_by_backtest: Sequence[Table]
    judged: Sequence[Table]
    metrics: dict[str, Any]


def train(
    tables: Sequence[Table], version: str, tell: Callable[[str], None] = lambda _: None
) -> Trained:
    """Learn every head. The same tables and version give the same bytes."""
    final: dict[str, Learnt] = {}
    early: dict[str, Learnt] = {}
    firsts, lasts, metrics = [], [], {}
    for table in tables:
        name = table.head.name
        final[name] = learn(table)
        tell(f"{name}: {len(table):,} rows, {_words(final[name])}")
        first, last = split(table)
        early[name] = learn(table.of(first), final[name].recipe)
        firsts.append(table.of(first))
        lasts.append(table.of(last))
        metrics[name] = judge(early[name].propensity, lasts[-1])
        told = metrics[name]
        tell(
            f"head={name}; validation_auc={told['auc_roc']:.4f};"
            f" validation_average_precision={told['average_precision']:.4f};"
            f" validation_brier={told['brier_score']:.4f};"
        )
    text = _file(version, tables, final, metrics)
    backtest_text = _file(f"{version}-backtest", firsts, early, {})
    return Trained(
        read_propensities(text), text, read_propensities(backtest_text), backtest_text,
        tables, firsts, lasts, metrics,
    )  # fmt: skip


def split(table: Table) -> tuple[Integers, Integers]:
    """The rows of the backtest and those that judge it, by their places."""
    count = len(table)
    order = np.arange(count)
    if not table.head.in_time:
        order = np.random.default_rng(_SHUFFLE).permutation(count)
    cut = int(BACKTEST * count)
    return np.sort(order[:cut]), np.sort(order[cut:])


def _file(
    version: str, tables: Sequence[Table], learnt: dict[str, Learnt], metrics: dict[str, Any]
) -> str:
    trained = {
        table.head.name: {"customers": len(table), "takers": int(table.labels.sum())}
        for table in tables
    }
    validation = {name: _without_time(told) for name, told in metrics.items()}
    heads = {name: one.as_json() for name, one in learnt.items()}
    return write_propensities(
        {"version": version, "heads": heads, "trained": trained, "validation": validation}
    )


def _without_time(told: dict[str, Any]) -> dict[str, Any]:
    """What does not differ from one run to the next."""
    return {key: value for key, value in told.items() if key not in ("latency_ms", "fairness")}


def _words(one: Learnt) -> str:
    tried = ", ".join(f"{recipe.share:.2f} of trees {loss:.4f}" for recipe, loss in one.tried)
    return f"{asdict(one.recipe)['share']:.2f} of trees chosen (log loss held back: {tried})"
