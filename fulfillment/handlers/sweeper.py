"""The Lambda that runs every minute and settles what time has decided."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.metrics import Metrics, MetricUnit

from fulfillment.handlers.every_minute import books_and_clock, while_there_is_time
from fulfillment.store.reconciling import settle_doubts
from fulfillment.store.sweeping import Sweep, release_expired_holds

logger = Logger(service="sweeper")
metrics = Metrics(namespace=os.environ.get("METRICS_NAMESPACE", "Teller"), service="sweeper")


def handler(_event: Mapping[str, Any], _context: Any) -> dict[str, dict[str, int]]:
    """Gives expired holds back and settles what is in doubt. Running it twice, or beside a
    payment, is safe.
    """
    books, clock = books_and_clock()
    may_go_on = while_there_is_time()
    done = {
        "holds": release_expired_holds(books.holds, clock(), may_go_on),
        "doubts": settle_doubts(books.quotes, clock(), may_go_on),
    }
    for what, sweep in done.items():
        _record(what, sweep)
    metrics.flush_metrics()
    return {what: sweep.as_json() for what, sweep in done.items()}


def _record(what: str, sweep: Sweep) -> None:
    logger.info("sweep", extra={"what": what, **sweep.as_json()})
    for name, count in sweep.as_json().items():
        metrics.add_metric(f"{what.title()}{name.title()}", MetricUnit.Count, count)
