"""`teller models train fraud`, and the training script of a SageMaker job: they are the same.

SageMaker passes hyperparameters as arguments, its channel as `SM_CHANNEL_TRAINING` and the place
for the model as `SM_MODEL_DIR`, and reads metrics off lines such as
`round=120; validation_average_precision=0.7312;` by a regular expression.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from fulfillment.fraud.features.vector import LABEL_MATURITY_DAYS
from models.fraud.card import write_card
from models.fraud.fitting import Hyperparameters
from models.fraud.history import DataError, read_history
from models.fraud.layouts import LAYOUTS
from models.fraud.registry import MODEL_FILE, Registry
from models.fraud.training import Trained, train
from models.fraud.world_file import save_world
from models.job import job_arguments, telling, version_of

METRICS_FILE = "metrics.json"


def main(argv: Sequence[str] | None = None) -> int:
    """Trains and writes model, metrics, states and card. Exit status 2 for data of no use."""
    given = _arguments().parse_args(argv)
    if given.data is None or given.out is None:
        sys.stderr.write("teller models train fraud: --data and --out are needed\n")
        return 2
    began = time.monotonic()
    tell = telling(began)

    try:
        how = Hyperparameters(**{f.name: getattr(given, f.name) for f in fields(Hyperparameters)})
        history = read_history(given.data, given.layout)
        tell(f"{len(history):,} payments of layout {history.layout.name}")
        trained = train(
            history,
            how,
            name="teller-fraud",
            version=version_of(given),
            days=given.days,
            delay_days=given.label_delay,
            review_minor=given.review_cost,
            tell=tell,
        )
    except (DataError, ValueError) as fault:
        sys.stderr.write(f"teller models train fraud: {fault}\n")
        return 2
    report = _write(trained, given.out, plots=not given.no_plots)
    report["train_s"] = round(time.monotonic() - began, 1)
    if given.registry is not None:
        report["registered"] = Registry(given.registry).register(given.out)
    sys.stdout.write(_said(report, as_json=given.json))
    return 0


def _arguments() -> argparse.ArgumentParser:
    parser = job_arguments("fraud", "Train the fraud model on a folder of Parquet or CSV files.")
    parser.add_argument(
        "--layout",
        choices=[layout.name for layout in LAYOUTS],
        help="whose columns to read, when the folder holds several (default: the first found)",
    )
    parser.add_argument("--days", type=int, default=75, help="days to train on (%(default)s)")
    parser.add_argument(
        "--label-delay",
        type=int,
        default=LABEL_MATURITY_DAYS,
        choices=range(29),
        metavar="DAYS",
        help="when a payment's label is known (%(default)s)",
    )
    parser.add_argument(
        "--review-cost", type=int, default=500, metavar="MINOR", help="of one look (%(default)s)"
    )
    parser.add_argument("--registry", type=Path, metavar="DIR", help="register the model there")
    for one in fields(Hyperparameters):
        names = {f"--{one.name}", f"--{one.name.replace('_', '-')}"}
        parser.add_argument(
            *sorted(names), dest=one.name, type=type(one.default), default=one.default
        )
    return parser


def _write(trained: Trained, out: Path, *, plots: bool) -> dict[str, Any]:
    out.mkdir(parents=True, exist_ok=True)
    (out / MODEL_FILE).write_text(trained.text)
    save_world(trained.world, out)
    model = trained.model
    report = {
        "model": {"name": model.name, "version": model.version, "hash": model.content_hash},
        "layout": model.facts["layout"],
        "trained": model.facts["trained"],
        "rounds": len(model.forest.trees),
        "calibration": asdict(model.calibration),
        "validation": trained.metrics,
    }
    (out / METRICS_FILE).write_text(json.dumps(report, indent=2) + "\n")
    write_card(trained, out, plots=plots)
    return report


def _said(report: dict[str, Any], *, as_json: bool) -> str:
    if as_json:
        return json.dumps(report) + "\n"
    told, trained = report["validation"], report["trained"]
    return (
        f"Trained on {trained['payments']:,} payments ({trained['frauds']:,} frauds) from"
        f" {trained['from']} to {trained['labels_known_to']}, {report['rounds']} trees,"
        f" {report['train_s']} s.\n"
        f"Validation week: average precision {told['average_precision']:.4f}, AUC"
        f" {told['auc_roc']:.4f}, card precision@100 {told['card_precision_at_100']:.3f},"
        f" calibration error {told['expected_calibration_error']:.5f}.\n"
        f"Model {report['model']['version']}, hash {report['model']['hash'][:16]}.\n"
    )


if __name__ == "__main__":
    sys.exit(main())
