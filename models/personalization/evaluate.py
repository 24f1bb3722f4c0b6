"""`teller models evaluate personalization`: stored propensities on rows they have not seen."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from fulfillment.fraud.model.artefact import ModelError
from fulfillment.personalization.model.artefact import Propensities, read_propensities
from models.personalization.data import DataError, Table, read_tables
from models.personalization.judging import judge
from models.personalization.seen import read_seen, unseen
from models.personalization.train import (
    BACKTEST_FILE,
    MODEL_FILE,
    SEEN_BY_BACKTEST_FILE,
    SEEN_FILE,
)

_TOP = (
    "auc_roc", "average_precision", "brier_score", "expected_calibration_error", "latency_ms",
)  # fmt: skip


def main(argv: Sequence[str] | None = None) -> int:
    """Prints the figures. Exit status 2 for a model or data of no use."""
    given = _arguments().parse_args(argv)
    try:
        report = evaluate(given.model, given.data)
    except (OSError, ModelError, DataError) as fault:
        sys.stderr.write(f"teller models evaluate personalization: {fault}\n")
        return 2
    sys.stdout.write(json.dumps(report) + "\n" if given.json else _as_text(report))
    return 0


def evaluate(folder: Path, data: Path) -> dict[str, Any]:
    """The figures of every head that the data tells of; those of the first one stand on top.

    Rows that the model has learnt from are left out. Where nothing is left, the backtest beside the
    model is judged instead, on the rows that it has not seen. Raises `DataError`, `ModelError`.
    """
    model = read_propensities((folder / MODEL_FILE).read_bytes())
    products = {
        table.head.name: _judged(folder, model, table)
        for table in read_tables(data)
        if table.head.name in model.of
    }
    if not products:
        raise DataError("the data tells of no propensity that the model has")
    first = next(iter(products))
    named = {"name": model.name, "version": model.version, "hash": model.content_hash}
    top = {key: products[first][key] for key in _TOP}
    return {"model": named, "product": first, **top, "products": products}


def _judged(folder: Path, model: Propensities, table: Table) -> dict[str, Any]:
    name = table.head.name
    left = unseen(table, read_seen(folder / SEEN_FILE))
    by = "model"
    if not len(left) and (folder / BACKTEST_FILE).is_file():
        model = read_propensities((folder / BACKTEST_FILE).read_bytes())
        left, by = unseen(table, read_seen(folder / SEEN_BY_BACKTEST_FILE)), "backtest"
    if not len(left):
        raise DataError(f"the model has learnt from every row of {name}: give rows it has not seen")
    return {"judged": by, "rows_left_out": len(table) - len(left), **judge(model.of[name], left)}


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="teller models evaluate personalization",
        description=(
            "Measure trained propensities on rows that they were not trained on. Where the data"
            " holds only rows that were, the backtest kept beside the model is judged on its own"
            " later rows."
        ),
    )
    parser.add_argument("--model", type=Path, required=True, metavar="DIR")
    parser.add_argument("--data", type=Path, required=True, metavar="DIR")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


def _as_text(report: dict[str, Any]) -> str:
    lines = []
    for name, told in report["products"].items():
        lines.append(
            f"{name} ({told['judged']}, {told['customers']:,} rows, base rate"
            f" {told['base_rate']:.3f}): AUC {told['auc_roc']:.4f}, average precision"
            f" {told['average_precision']:.4f}, Brier {told['brier_score']:.4f}, calibration error"
            f" {told['expected_calibration_error']:.4f}, p50 {told['latency_ms']['p50']} ms"
        )
        if "with_feedback" in told:
            after = told["with_feedback"]
            lines.append(
                f"  with feedback: AUC {after['auc_roc']:.4f}, Brier {after['brier_score']:.4f},"
                f" calibration error {after['expected_calibration_error']:.4f}"
            )
        lines += [
            f"  by {one['column']}: ratio of selection rates {one['selection_rate_ratio']}"
            for one in told["fairness"]
        ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
