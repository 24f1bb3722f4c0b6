"""The Lambda that runs every minute and settles what time has decided."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from functools import cache
from typing import Any

import botocore.session
from aws_lambda_powertools import Logger
from aws_lambda_powertools.metrics import Metrics, MetricUnit
from botocore.config import Config

from fulfillment.clock import clock_of
from fulfillment.settings import read_table_settings
from fulfillment.store.books import Books
from fulfillment.store.reconciling import settle_doubts
from fulfillment.store.sweeping import Sweep, release_expired_holds

logger = Logger(service="sweeper")
metrics = Metrics(namespace=os.environ.get("METRICS_NAMESPACE", "Teller"), service="sweeper")

_CLIENT = Config(
    connect_timeout=1, read_timeout=5, retries={"mode": "standard", "total_max_attempts": 3}
)
# A run stops well before the next one begins; what it leaves is found again a minute later.
_BUDGET_S = 40.0


@cache
def _books() -> tuple[Books, Any]:
    settings = read_table_settings(os.environ)
    # botocore makes its clients at run time, so no type checker knows their operations.
    dynamodb: Any = botocore.session.get_session().create_client("dynamodb", config=_CLIENT)
    return Books(dynamodb, settings.table_name), clock_of(settings.clock)


def handler(_event: Mapping[str, Any], _context: Any) -> dict[str, dict[str, int]]:
    """Gives expired holds back and settles what is in doubt. Running it twice, or beside a
    payment, is safe.
    """
    books, clock = _books()
    began = time.monotonic()

    def may_go_on() -> bool:
        return time.monotonic() - began < _BUDGET_S

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
