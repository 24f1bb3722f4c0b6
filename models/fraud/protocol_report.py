"""`teller models protocol fraud`: the recipe over the Handbook's four test weeks, fold by fold.

For each week the model is trained from nothing on days whose labels were known when it began. The
hyperparameters were chosen on two earlier weeks (2018-07-25 and 2018-08-01), never on these.
`--exact-windows` does it all again with windows exact to the second, and says what counters by day,
which a bank can keep, lose against them.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from fulfillment.fraud.features.vector import LABEL_MATURITY_DAYS, SCHEMA_VERSION
from fulfillment.fraud.model.forest import Forest
from models.fraud.costs import compare_rules
from models.fraud.exact import ExactWorld
from models.fraud.fitting import Hyperparameters, fit
from models.fraud.history import DataError, History, read_history
from models.fraud.layouts import HANDBOOK
from models.fraud.measuring import measure
from models.fraud.protocol import (
    PUBLISHED_FIRST_WEEK,
    PUBLISHED_TUNED,
    TEST_WEEKS,
    WEEK_D,
    Window,
    days_later,
    fraud_days,
    training_window,
    week_of,
    without_known_cards,
)
from models.fraud.replay import Lived, World
from models.fraud.table import Table, build_table

_MEANS = (
    "auc_roc", "average_precision", "card_precision_at_100", "expected_calibration_error",
    "mean_score_to_base_rate",
)  # fmt: skip


def main(argv: Sequence[str] | None = None) -> int:
    """Exit status 2 for data of no use."""
    given = _arguments().parse_args(argv)
    try:
        history = read_history(given.data, HANDBOOK.name)
    except DataError as fault:
        sys.stderr.write(f"teller models protocol fraud: {fault}\n")
        return 2
    weeks = [week_of(first) for first in given.weeks]
    met, how = fraud_days(history), Hyperparameters()
    table = cached_table(history, weeks, given.days, given.cache)
    report = run(table, met, weeks, given.days, how)
    if given.exact_windows:
        exactly = cached_table(history, weeks, given.days, given.cache, ExactWorld())
        exact = run(exactly, met, weeks, given.days, how)
        report["exact_windows"] = {name: exact[name] for name in ("folds", "mean")}
        report["average_precision_lost_to_days"] = [
            exactly["average_precision"] - by_day["average_precision"]
            for exactly, by_day in zip(
                (*exact["folds"], exact["mean"]), (*report["folds"], report["mean"]), strict=True
            )
        ]
    sys.stdout.write(json.dumps(report, indent=None if given.json else 2) + "\n")
    return 0


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="teller models protocol fraud", description=(__doc__ or "").partition("\n\n")[2]
    )
    parser.add_argument("--data", type=Path, required=True, metavar="DIR")
    parser.add_argument("--days", type=int, default=75, help="days to train on (%(default)s)")
    parser.add_argument(
        "--weeks", nargs="+", default=TEST_WEEKS, metavar="DAY", help="first days of test weeks"
    )
    parser.add_argument("--cache", type=Path, metavar="DIR", help="keep the features there")
    parser.add_argument(
        "--exact-windows", action="store_true", help="and with windows exact to the second"
    )
    parser.add_argument("--json", action="store_true", help="print it on one line")
    return parser


def cached_table(
    history: History,
    weeks: Sequence[Window],
    days: int,
    cache: Path | None,
    world: Lived | None = None,
) -> Table:
    """The features from the first training day on, replayed or as a run before has kept them.

    They are lived in `world`, by default the counters by day that serve.
    """
    world = world or World()
    since = min(training_window(week, days).start for week in weeks)
    end = max(week.end for week in weeks)
    lived = history.of(Window(0, end).rows(history))
    of = "exact-" if isinstance(world, ExactWorld) else ""
    path = cache / f"{of}features-v{SCHEMA_VERSION}-{since}-{end}.npy" if cache else None
    if path is not None and path.is_file():
        return Table(lived.since(since), np.load(path))

    def tell(done: float) -> None:
        sys.stderr.write(f"features {done:.0%}\n")

    table = build_table(world, lived, since, LABEL_MATURITY_DAYS, tell)
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        np.save(path, table.rows)
    return table


def run(
    table: Table,
    met: dict[str, set[int]],
    weeks: Sequence[Window],
    days: int,
    how: Hyperparameters,
) -> dict[str, Any]:
    """Each week's figures, and their means beside what was published."""
    folds = []
    for week in weeks:
        began = time.monotonic()
        rows, labels = table.window(training_window(week, days))
        fitted = fit(rows, labels, replace(how))
        forest = Forest(fitted.trees, rows.shape[1])
        kept = without_known_cards(table.history, week, met)
        scores = fitted.booster.predict(table.rows[kept])
        judged = table.history.of(kept)
        folds.append(
            {
                "week": time.strftime("%Y-%m-%d", time.gmtime(week.start)),
                **measure(judged, scores),
                "savings": compare_rules(scores, judged.fraud, judged.minor, 500, WEEK_D, 22_000),
                "trees": len(forest.trees),
                "seconds": round(time.monotonic() - began, 1),
            }
        )
        sys.stderr.write(f"{folds[-1]['week']}: AP {folds[-1]['average_precision']:.4f}\n")
    return {
        "folds": folds,
        "mean": {name: float(np.mean([fold[name] for fold in folds])) for name in _MEANS},
        "published_average_precision": {
            "first_week": PUBLISHED_FIRST_WEEK,
            "tuned_mean_of_four_weeks": PUBLISHED_TUNED,
        },
        "trained_days": days,
        "last_day": time.strftime("%Y-%m-%d", time.gmtime(days_later(weeks[-1].end, -1))),
    }
