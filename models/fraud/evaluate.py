"""`teller models evaluate fraud`: a stored model on payments that it has not seen."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from fulfillment.fraud.model.artefact import ModelError, read_model
from models.fraud.evaluating import judge, score_window, test_window
from models.fraud.history import DataError, read_history
from models.fraud.protocol import seconds
from models.fraud.registry import MODEL_FILE
from models.fraud.world_file import load_world


def main(argv: Sequence[str] | None = None) -> int:
    """Prints the figures. Exit status 2 for a model or data of no use."""
    given = _arguments().parse_args(argv)
    try:
        model = read_model((given.model / MODEL_FILE).read_bytes())
        history = read_history(given.data, model.facts["layout"])
        window = test_window(model, history, given.start, given.end)
        world = load_world(given.model)
        scored = score_window(
            model,
            history,
            window,
            world,
            _tell,
        )
    except (OSError, ModelError, DataError) as fault:
        sys.stderr.write(f"teller models evaluate fraud: {fault}\n")
        return 2
    report = judge(model, scored, given.review_cost)
    sys.stdout.write(json.dumps(report) + "\n" if given.json else _as_text(report))
    return 0


def _tell(done: float) -> None:
    sys.stderr.write(f"features {done:.0%}\n")


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="teller models evaluate fraud",
        description=(
            "Measure a trained model on payments that it was not trained on. The data may be the"
            " later weeks alone (the states saved with the model are their past) or a whole"
            " history. Without --from it is everything after the training history, or the days at"
            " its end whose labels were not known yet."
        ),
    )
    parser.add_argument("--model", type=Path, required=True, metavar="DIR")
    parser.add_argument("--data", type=Path, required=True, metavar="DIR")
    for name, dest, which in (("--from", "start", "first"), ("--to", "end", "first day after the")):
        parser.add_argument(
            name, dest=dest, type=seconds, metavar="DAY", help=f"the {which} day to judge (UTC)"
        )
    parser.add_argument("--review-cost", type=int, default=500, metavar="MINOR")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


def _as_text(report: dict[str, Any]) -> str:
    savings = report["savings"]
    lines = [
        f"{report['from']} to {report['to']}: {report['payments']:,} payments,"
        f" {report['frauds']:,} frauds",
        f"average precision      {report['average_precision']:.4f}"
        f"  (over every payment {report['all_payments']['average_precision']:.4f})",
        f"AUC                    {report['auc_roc']:.4f}",
        f"card precision@100     {report['card_precision_at_100']:.4f}",
        f"calibration error      {report['expected_calibration_error']:.5f}",
        f"mean score / base rate {report['mean_score_to_base_rate']:.3f}",
        f"saving by expected loss {savings['expected_loss']['saving']:.0%}, by a rule on the amount"
        f" {savings['amount_rule']['saving']:.0%}",
        f"one row in process: p50 {report['latency_ms']['p50']} ms, p99"
        f" {report['latency_ms']['p99']} ms",
        *(
            f"PSI {one['name']}: {one['psi']} ({one['by_chance']} by chance), {one['level']}"
            for one in report["drift"]
        ),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
