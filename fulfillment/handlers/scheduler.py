"""The Lambda that runs every minute and pays the scheduled payments that are due."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.metrics import Metrics, MetricUnit

from fulfillment.alerts.desk_policy import shipped_desk_policy
from fulfillment.conversations.judging_due import DueJudge
from fulfillment.handlers.every_minute import books_and_clock, while_there_is_time
from fulfillment.handlers.judging import assessor
from fulfillment.store.schedule_runner import ScheduleRunner

logger = Logger(service="scheduler")
metrics = Metrics(namespace=os.environ.get("METRICS_NAMESPACE", "Teller"), service="scheduler")


def handler(_event: Mapping[str, Any], _context: Any) -> dict[str, int]:
    """Pays what is due. Running it twice, late, or beside another run is safe."""
    books, clock = books_and_clock()
    judge = DueJudge(books, shipped_desk_policy(), assessor)
    run = ScheduleRunner.of(books, judge).run(clock(), may_go_on=while_there_is_time()).as_json()
    logger.info("scheduled payments", extra=run)
    for name, count in run.items():
        metrics.add_metric(f"ScheduledPayments{name.title()}", MetricUnit.Count, count)
    metrics.flush_metrics()
    return run
