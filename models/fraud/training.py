"""From payments with labels to a model: time in order, labels only when they would be known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from fulfillment.fraud.features.vector import FEATURES, LABEL_MATURITY_DAYS, SCHEMA_VERSION
from fulfillment.fraud.model.artefact import Calibration, Model, read_model, write_model
from fulfillment.fraud.model.forest import tree_json
from models.fraud.calibrating import fit_platt
from models.fraud.costs import best_threshold, compare_rules
from models.fraud.drift import statistics
from models.fraud.fitting import Fitted, Hyperparameters, fit
from models.fraud.history import DataError, History
from models.fraud.measuring import measure
from models.fraud.protocol import WEEK_D, Window, days_later, iso_day
from models.fraud.replay import World
from models.fraud.table import Table, build_table

Floats = npt.NDArray[np.float64]
Tell = Callable[[str], None]

_SAME_SCORE = 1e-9
_CHECKED_ROWS = 500


@dataclass(frozen=True, slots=True)
class Plan:
    """Which days are for what. `now` is when the history ends, and nothing later is known.

    The last `delay` days have no labels yet, so training ends before them. The week before that
    end is for validation, and what is trained for validation ends another delay earlier.
    """

    now: int
    train: Window
    fitting: Window
    validation: Window


@dataclass(frozen=True, slots=True)
class Trained:
    """A model's file, the model in it, what was measured, and the states at the history's end."""

    text: str
    model: Model
    metrics: dict[str, Any]
    validation: tuple[Table, Window]
    world: World


def plan_of(history: History, days: int, delay_days: int) -> Plan:
    """Raises `DataError` when the history is too short for a validation with delayed labels."""
    if len(history) == 0:
        raise DataError("there are no payments to learn from")
    now = int(history.at[-1]) + 1
    known_to = days_later(now, -delay_days)
    validation = Window(days_later(known_to, -WEEK_D), known_to)
    start = max(int(history.at[0]), days_later(known_to, -days))
    fitting = Window(start, days_later(validation.start, -delay_days))
    if fitting.end <= fitting.start or history.fraud[fitting.rows(history)].sum() < 2:
        raise DataError(
            f"the history is too short: it must hold frauds more than {2 * delay_days + WEEK_D}"
            " days before its end"
        )
    return Plan(now, Window(start, known_to), fitting, validation)


def train(
    history: History,
    how: Hyperparameters,
    *,
    name: str,
    version: str,
    days: int = 75,
    delay_days: int = LABEL_MATURITY_DAYS,
    review_minor: int = 500,
    tell: Tell = lambda _: None,
) -> Trained:
    """Train on the last `days` whose labels are known when the history ends.

    Rounds, calibration and threshold are chosen on the validation week; then the trees are grown
    again, as many, on every day with labels. Raises `DataError`.
    """
    plan = plan_of(history, days, delay_days)
    world = World(maturity=delay_days)
    table = build_table(
        world, history, plan.train.start, delay_days, lambda done: tell(f"features {done:.0%}")
    )
    judged = table.window(plan.validation)
    early = fit(
        *table.window(plan.fitting), how, judged,
        lambda n, score: tell(f"round={n}; validation_average_precision={score:.4f};"),
    )  # fmt: skip
    margins = np.asarray(
        early.booster.predict(judged[0], raw_score=True, num_iteration=early.rounds)
    )
    calibration = fit_platt(margins, judged[1])
    scores = np.array([calibration.probability(margin) for margin in margins.tolist()])
    metrics = _validated(table, plan, scores, review_minor)
    tell(f"rounds={early.rounds}; validation_auc={metrics['auc_roc']:.4f};")
    rows, labels = table.window(plan.train)
    final = fit(rows, labels, _with_rounds(how, early.rounds))
    text = write_model(
        {
            "name": name,
            "version": version,
            "layout": history.layout.name,
            "schema_version": SCHEMA_VERSION,
            "features": list(FEATURES),
            "label_maturity_days": delay_days,
            "trees": [tree_json(tree) for tree in final.trees],
            "calibration": asdict(calibration),
            "threshold": metrics["threshold"],
            "hyperparameters": asdict(_with_rounds(how, early.rounds)),
            "trained": _period(plan, labels),
            "statistics": _statistics(rows, final, calibration),
            "validation": metrics,
        }
    )
    model = read_model(text)
    _check_same(model, final, rows)
    return Trained(text, model, metrics, (table, plan.validation), world)


def _with_rounds(how: Hyperparameters, rounds: int) -> Hyperparameters:
    return Hyperparameters(**(asdict(how) | {"rounds": rounds}))


def _validated(table: Table, plan: Plan, scores: Floats, review: int) -> dict[str, Any]:
    chosen = plan.validation.rows(table.history)
    labels, minor = table.history.fraud[chosen], table.history.minor[chosen]
    return {
        **measure(table.history.of(chosen), scores),
        "threshold": best_threshold(scores, labels, minor, review),
        "savings": compare_rules(scores, labels, minor, review, WEEK_D, 22_000),
    }


def _period(plan: Plan, labels: npt.NDArray[np.int64]) -> dict[str, Any]:
    return {
        "from": iso_day(plan.train.start),
        "labels_known_to": iso_day(plan.train.end),
        "history_to": iso_day(plan.now),
        "last_trained_at": plan.train.end,
        "history_ends_at": plan.now,
        "payments": len(labels),
        "frauds": int(labels.sum()),
    }


def _statistics(rows: Floats, fitted: Fitted, calibration: Calibration) -> dict[str, Any]:
    columns = {name: statistics(rows[:, place]) for place, name in enumerate(FEATURES)}
    margins = fitted.booster.predict(rows, raw_score=True)
    scores = np.array([calibration.probability(margin) for margin in margins.tolist()])
    return columns | {"score": statistics(scores)}


def _check_same(model: Model, fitted: Fitted, rows: Floats) -> None:
    """The exported trees must score as the library's do, or nothing is written."""
    some = rows[:: max(1, len(rows) // _CHECKED_ROWS)]
    theirs = fitted.booster.predict(some, raw_score=True)
    ours = [model.forest.margin(row) for row in some.tolist()]
    apart = float(np.max(np.abs(np.asarray(ours) - theirs)))
    if apart > _SAME_SCORE:
        raise AssertionError(f"the exported trees differ from LightGBM's by {apart}")
