"""`teller models train personalization`, and the training script of a SageMaker job alike."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from models.job import job_arguments, refused, telling, version_of
from models.personalization.card import write_card
from models.personalization.data import DataError, read_tables
from models.personalization.seen import write_seen
from models.personalization.training import Trained, train

MODEL_FILE = "model.json"
BACKTEST_FILE = "backtest.json"
SEEN_FILE = "seen.bin"
SEEN_BY_BACKTEST_FILE = "seen-by-backtest.bin"
METRICS_FILE = "metrics.json"


def main(argv: Sequence[str] | None = None) -> int:
    """Trains and writes model, metrics and card. Exit status 2 for data of no use."""
    given = _arguments().parse_args(argv)
    if given.data is None or given.out is None:
        return refused("personalization", "--data and --out are needed")
    began = time.monotonic()
    tell = telling(began)

    try:
        tables = read_tables(given.data)
        tell(", ".join(f"{table.head.name} {len(table):,}" for table in tables))
        trained = train(tables, version_of(given), tell)
    except DataError as fault:
        return refused("personalization", fault)
    report = _write(trained, given.out, plots=not given.no_plots)
    report["train_s"] = round(time.monotonic() - began, 1)
    sys.stdout.write(json.dumps(report) + "\n" if given.json else _said(report))
    return 0


def _arguments() -> argparse.ArgumentParser:
    return job_arguments(
        "personalization",
        "Train the propensities on a folder of CSV files, told apart by their columns"
        " (UCI Bank Marketing, UniversalBank).",
    )


def _write(trained: Trained, out: Path, *, plots: bool) -> dict[str, Any]:
    out.mkdir(parents=True, exist_ok=True)
    (out / MODEL_FILE).write_text(trained.text)
    (out / BACKTEST_FILE).write_text(trained.backtest_text)
    write_seen(trained.seen, out / SEEN_FILE)
    write_seen(trained.seen_by_backtest, out / SEEN_BY_BACKTEST_FILE)
    model = trained.model
    report = {
        "model": {"name": model.name, "version": model.version, "hash": model.content_hash},
        "trained": model.facts["trained"],
        "validation": trained.metrics,
    }
    (out / METRICS_FILE).write_text(json.dumps(report, indent=2) + "\n")
    write_card(trained, out, plots=plots)
    return report


def _said(report: dict[str, Any]) -> str:
    lines = [
        f"{name}: AUC {told['auc_roc']:.4f}, average precision {told['average_precision']:.4f},"
        f" Brier {told['brier_score']:.4f} on {told['customers']:,} rows held back"
        for name, told in report["validation"].items()
    ]
    model = report["model"]
    end = f"Model {model['version']}, hash {model['hash'][:16]}, {report['train_s']} s."
    return "\n".join([*lines, end]) + "\n"


if __name__ == "__main__":
    sys.exit(main())
