"""`teller models train fraud`, and the training script of a SageMaker job: they are the same.

A job passes hyperparameters as arguments, its channel as `SM_CHANNEL_TRAINING`, the place for the
model as `SM_MODEL_DIR` and for what holds customer ids as `SM_OUTPUT_DATA_DIR`. SageMaker reads
metrics off lines such as `round=120; validation_average_precision=0.7312;` and
`gate auc_roc=0.879512;` by a regular expression.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from fulfillment.fraud.features.vector import LABEL_MATURITY_DAYS
from models.fraud.card import write_card
from models.fraud.data_set import checked
from models.fraud.fitting import Hyperparameters
from models.fraud.gate import LIMITS, broken, figures_of, lines_of
from models.fraud.history import DataError, read_history
from models.fraud.layouts import LAYOUTS
from models.fraud.registry import MODEL_FILE, Registry
from models.fraud.training import Trained, train
from models.fraud.world_file import save_world
from models.job import job_arguments, refused, telling, version_of

METRICS_FILE = "metrics.json"


def main(argv: Sequence[str] | None = None) -> int:
    """Trains and writes model, metrics, states and card. Exit status 2 for data of no use."""
    given = _arguments().parse_args(argv)
    if given.data is None or given.out is None:
        return refused("fraud", "--data and --out are needed")
    began = time.monotonic()
    tell = telling(began)

    try:
        how = Hyperparameters(**{f.name: getattr(given, f.name) for f in fields(Hyperparameters)})
        data = checked(given.data, given.data_sha256)
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
        return refused("fraud", fault)
    for line in lines_of(figures_of(trained.metrics)):
        tell(line)
    report = _write(trained, data, given.out, plots=not given.no_plots)
    states = given.states or given.out
    states.mkdir(parents=True, exist_ok=True)
    save_world(trained.world, states)
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
    parser.add_argument(
        "--data-sha256",
        metavar="HEX",
        help="refuse data of another digest (models/fraud/data_set.py)",
    )
    states = os.environ.get("SM_OUTPUT_DATA_DIR")
    parser.add_argument(
        "--states",
        type=Path,
        default=Path(states) if states else None,
        metavar="DIR",
        help="where the states go, which hold customer ids (default: beside the model)",
    )
    parser.add_argument("--registry", type=Path, metavar="DIR", help="register the model there")
    for one in fields(Hyperparameters):
        names = {f"--{one.name}", f"--{one.name.replace('_', '-')}"}
        parser.add_argument(
            *sorted(names), dest=one.name, type=type(one.default), default=one.default
        )
    return parser


def _write(trained: Trained, data: str, out: Path, *, plots: bool) -> dict[str, Any]:
    out.mkdir(parents=True, exist_ok=True)
    (out / MODEL_FILE).write_text(trained.text)
    model, figures = trained.model, figures_of(trained.metrics)
    report = {
        "model": {"name": model.name, "version": model.version, "hash": model.content_hash},
        "data_sha256": data,
        "layout": model.facts["layout"],
        "trained": model.facts["trained"],
        "rounds": len(model.forest.trees),
        "calibration": asdict(model.calibration),
        "validation": trained.metrics,
        "gate": {"figures": figures, "broken": [one.figure for one in broken(figures)]},
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
        f"Gate: {_judged(report['gate'])}.\n"
        f"Model {report['model']['version']}, hash {report['model']['hash'][:16]}; data"
        f" {report['data_sha256'][:16]}.\n"
    )


def _judged(gate: dict[str, Any]) -> str:
    figures = gate["figures"]
    return (
        "; ".join(
            f"{one.figure} is {figures[one.figure]:.3f} and must be {one}"
            for one in LIMITS
            if one.figure in gate["broken"]
        )
        or "passed"
    )


if __name__ == "__main__":
    sys.exit(main())
