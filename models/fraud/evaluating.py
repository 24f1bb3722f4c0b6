"""Judge a stored model on payments it was not trained on, with features as they would have been."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from fulfillment.fraud.facts import DAY_S
from fulfillment.fraud.model.artefact import Model
from models.fraud.costs import compare_rules
from models.fraud.drift import drift_of
from models.fraud.history import DataError, History
from models.fraud.measuring import measure
from models.fraud.protocol import FraudDays, Window, fraud_days, iso_day, without_known_cards
from models.fraud.replay import World
from models.fraud.table import Table, build_table

Floats = npt.NDArray[np.float64]
_TIMED_ROWS = 2_000


@dataclass(frozen=True, slots=True)
class Scored:
    """A window's payments with their features and scores."""

    table: Table
    window: Window
    scores: Floats
    fraud_days: FraudDays
    """On which days each customer met fraud, as far back as is known."""


def test_window(model: Model, history: History, start: int | None, end: int | None) -> Window:
    """What to judge a model on: as asked, or else everything that it cannot have learnt from.

    That is what comes after the history it was trained on or, when there is nothing, the days at
    that history's end whose labels were not known yet. Raises `DataError` when there is neither.
    """
    trained = model.facts["trained"]
    last = int(history.at[-1]) + 1 if len(history) else 0
    if start is None:
        ends = int(trained["history_ends_at"])
        start = ends if last > ends else int(trained["last_trained_at"])
    window = Window(start, end if end is not None else last)
    if not len(window.rows(history)):
        raise DataError(
            f"there are no payments from {iso_day(window.start)} to before {iso_day(window.end)}:"
            f" the model has learnt from all labels up to {trained['labels_known_to']}"
        )
    return window


def score_window(
    model: Model,
    history: History,
    window: Window,
    world: World | None,
    tell: Callable[[float], None] = lambda _: None,
) -> Scored:
    """Live through the history up to the window's end and score the window.

    It begins in `world`, the states saved with the model, when the window lies after them; else
    in an empty one, and `history` must then reach back a month or more before the window.
    """
    goes_on = world is not None and window.start >= world.now
    start = world if goes_on and world is not None else World(maturity=model.maturity)
    met = fraud_days(history, start)
    lived = history.of(Window(start.now + 1 if goes_on else 0, window.end).rows(history))
    table = build_table(start, lived, window.start, model.maturity, tell)
    scores = np.array([model.probability(row) for row in table.rows.tolist()])
    return Scored(table, window, scores, met)


def judge(model: Model, scored: Scored, review_minor: int) -> dict[str, Any]:
    """The figures of a model on a window, by the protocol of the data's layout.

    Where that protocol leaves out customers with a known compromised card, the figures over every
    payment stand beside, under `all_payments`.
    """
    everything = measure(scored.table.history, scored.scores)
    report = dict(everything)
    if scored.table.history.layout.known_cards_left_out:
        kept = without_known_cards(
            scored.table.history, scored.window, scored.fraud_days, model.maturity
        )
        report = measure(scored.table.history.of(kept), scored.scores[kept])
    labels, minor = scored.table.history.fraud, scored.table.history.minor
    days = len(np.unique(scored.table.history.at // DAY_S))
    return {
        **report,
        "latency_ms": latency_ms(model, scored.table.rows),
        "all_payments": everything,
        "savings": compare_rules(scored.scores, labels, minor, review_minor, days, 22_000),
        "drift": drift(model, scored),
        "from": iso_day(scored.window.start),
        "to": iso_day(scored.window.end - 1),
        "model": {"name": model.name, "version": model.version, "hash": model.content_hash},
    }


def drift(model: Model, scored: Scored) -> list[dict[str, Any]]:
    """The features that moved most since training, and the score, the furthest first."""
    statistics = model.facts["statistics"]
    names = model.facts["features"]
    columns = {name: scored.table.rows[:, place] for place, name in enumerate(names)}
    columns["score"] = scored.scores
    found = [drift_of(name, statistics[name], values) for name, values in columns.items()]
    found.sort(key=lambda one: -one.psi)
    shown = found[:5] + [one for one in found[5:] if one.name == "score"]
    return [
        {
            "name": one.name,
            "psi": round(one.psi, 4),
            "by_chance": round(one.by_chance, 4),
            "rows": one.rows,
            "level": one.level,
        }
        for one in shown
    ]


def latency_ms(model: Model, rows: Floats) -> dict[str, float]:
    """How long one row takes in process, by the trees as data."""
    times = []
    for row in rows[:_TIMED_ROWS].tolist():
        began = time.perf_counter()
        model.probability(row)
        times.append((time.perf_counter() - began) * 1000)
    return {
        "p50": round(float(np.percentile(times, 50)), 4),
        "p99": round(float(np.percentile(times, 99)), 4),
    }
