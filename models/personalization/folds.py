"""`teller models folds personalization`: the recipe on random parts of the data, each judged once.

Beside the backtest, which goes with time, this tells what shuffling hides, and how much a figure
owes to which rows happened to be held back.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from models.personalization.data import DataError, Table, read_tables
from models.personalization.judging import judge
from models.personalization.learning import learn

FOLDS = 5
_SHUFFLE = 11
_FIGURES = ("auc_roc", "average_precision", "brier_score", "expected_calibration_error")


def main(argv: Sequence[str] | None = None) -> int:
    """Prints the mean and the range of each figure. Exit status 2 for data of no use."""
    parser = argparse.ArgumentParser(
        prog="teller models folds personalization",
        description="Train on random parts of the data and judge on what each leaves out.",
    )
    parser.add_argument("--data", type=Path, required=True, metavar="DIR")
    parser.add_argument("--head", action="append", help="only this propensity; may be repeated")
    parser.add_argument("--folds", type=int, default=FOLDS, metavar="N")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    given = parser.parse_args(argv)
    try:
        tables = read_tables(given.data)
        wanted = [one for one in tables if not given.head or one.head.name in given.head]
        if given.folds < 2 or not wanted:
            raise DataError("there is nothing to fold: name a head of the data, and two folds")
        report = {one.head.name: folded(one, given.folds) for one in wanted}
    except (OSError, DataError) as fault:
        sys.stderr.write(f"teller models folds personalization: {fault}\n")
        return 2
    sys.stdout.write(json.dumps(report) + "\n" if given.json else _as_text(report))
    return 0


def folded(table: Table, folds: int) -> Any:
    """The figures of `table`'s head: the mean of the folds, the least and the most."""
    order = np.random.default_rng(_SHUFFLE).permutation(len(table))
    told = []
    for number in range(folds):
        out = np.sort(order[number::folds])
        rest = np.sort(np.setdiff1d(order, out))
        told.append(judge(learn(table.of(rest)).propensity, table.of(out)))
    return {"customers": len(table), "folds": folds} | {
        name: {
            "mean": statistics.fmean(one[name] for one in told),
            "least": min(one[name] for one in told),
            "most": max(one[name] for one in told),
        }
        for name in _FIGURES
    }


def _as_text(report: dict[str, Any]) -> str:
    lines = []
    for name, told in report.items():
        figures = ", ".join(
            f"{figure.replace('_', ' ')} {told[figure]['mean']:.4f}"
            f" ({told[figure]['least']:.4f} to {told[figure]['most']:.4f})"
            for figure in _FIGURES
        )
        lines.append(f"{name}, {told['customers']:,} rows, {told['folds']} folds: {figures}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
