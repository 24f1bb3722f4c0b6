"""`teller fraud drift`: do today's payments still look like those that the model was trained on?

Reads the features and scores that were kept with each judged payment, and compares them with the
bins of the training data in the model's file (PSI). With `--publish` what is past a bound becomes a
security event, written where every event is: the stream brings it to the topic and to the desk. On
AWS a function does so each week (`fulfillment.handlers.drift_watch`).
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import boto3

from fulfillment.alerts.events import SecurityEvent
from fulfillment.fraud.drift import LEAST_ROWS, Drift
from fulfillment.fraud.model.artefact import SHIPPED_MODEL, Model, read_model
from fulfillment.handlers.drift_watch import Watch
from infra.local.children import answers
from infra.local.settings import read_settings
from infra.local.stack import aws_client, outputs


def main(argv: Sequence[str] | None = None) -> int:
    """Exit status 1 when the bank is not running."""
    given = _arguments().parse_args(argv)
    if given.aws:
        client: Any = boto3.client("dynamodb")
        table, now = given.aws, datetime.now(UTC)
    else:
        settings = read_settings(os.environ)
        if not answers(f"{settings.endpoint}/health"):
            sys.stderr.write("teller fraud drift: the bank is not running; start it: make run\n")
            return 1
        client, now = aws_client("dynamodb", settings), settings.now
        table = outputs(settings)["BankTableName"]
    watch = Watch(client, table, read_model(given.model.read_bytes()), now)
    found = watch.look(given.days)
    events = watch.events(found)
    published = watch.publish(events) if given.publish else 0
    _tell(watch.model, found, events, published, as_json=given.json)
    return 0


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="teller fraud drift", description=(__doc__ or "").partition("\n\n")[2]
    )
    parser.add_argument("--days", type=int, default=7, help="the last days to look at (7)")
    parser.add_argument("--model", type=Path, default=SHIPPED_MODEL, help="the model that judged")
    parser.add_argument("--publish", action="store_true", help="tell the desk, once a day")
    parser.add_argument("--aws", metavar="TABLE", help="on AWS, by your own credentials")
    parser.add_argument("--json", action="store_true", help="print it as JSON")
    return parser


def _tell(
    model: Model,
    found: Sequence[Drift],
    events: Sequence[SecurityEvent],
    published: int,
    *,
    as_json: bool,
) -> None:
    rows = found[0].rows
    measures = [
        {
            "name": one.name,
            "psi": round(one.psi, 4),
            "by_chance": round(one.by_chance, 4),
            "level": one.level,
        }
        for one in found
    ]
    if as_json:
        said = {
            "model": {"name": model.name, "version": model.version},
            "rows": rows,
            "measures": measures,
            "events": [event.id for event in events],
            "published": published,
        }
        sys.stdout.write(json.dumps(said) + "\n")
        return
    sys.stdout.write(f"{rows} payments judged by {model.name} {model.version}\n")
    if rows < LEAST_ROWS:
        sys.stdout.write(f"Below {LEAST_ROWS} of them nothing is said.\n")
        return
    for one in measures[:10]:
        moved = f"{one['psi']:.4f} (by chance {one['by_chance']:.4f})"
        sys.stdout.write(f"{one['level']:<7} {one['name']:<36} {moved}\n")
    sys.stdout.write(f"{published} events published\n")
