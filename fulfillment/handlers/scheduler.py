"""The Lambda that runs every minute and pays the scheduled payments that are due."""

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
from fulfillment.store.schedule_runner import ScheduleRunner

logger = Logger(service="scheduler")
metrics = Metrics(namespace=os.environ.get("METRICS_NAMESPACE", "Teller"), service="scheduler")

_CLIENT = Config(
    connect_timeout=1, read_timeout=5, retries={"mode": "standard", "total_max_attempts": 3}
)
# A run stops well before the next one begins; what it leaves is due still a minute later.
_BUDGET_S = 40.0


@cache
def _books() -> tuple[Books, Any]:
    settings = read_table_settings(os.environ)
    # botocore makes its clients at run time, so no type checker knows their operations.
    dynamodb: Any = botocore.session.get_session().create_client("dynamodb", config=_CLIENT)
    return Books(dynamodb, settings.table_name), clock_of(settings.clock)


def handler(_event: Mapping[str, Any], _context: Any) -> dict[str, int]:
    """Pays what is due. Running it twice, late, or beside another run is safe."""
    books, clock = _books()
    began = time.monotonic()
    run = (
        ScheduleRunner.of(books)
        .run(clock(), may_go_on=lambda: time.monotonic() - began < _BUDGET_S)
        .as_json()
    )
    logger.info("scheduled payments", extra=run)
    for name, count in run.items():
        metrics.add_metric(f"ScheduledPayments{name.title()}", MetricUnit.Count, count)
    metrics.flush_metrics()
    return run
