"""The Lambda behind the desk's queues: events become cases in Slack, clicks become decisions.

What Slack does not take now goes back into the queue for as long as Slack asks, or longer each
time; what never goes through ends in the dead-letter queue, where an alarm and a redrive wait.
"""

from __future__ import annotations

import json
import os
import time
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

import botocore.session
from aws_lambda_powertools import Logger
from aws_lambda_powertools.metrics import Metrics, MetricUnit
from botocore.exceptions import BotoCoreError, ClientError
from pydantic import ValidationError

from fulfillment.alerts.case_desk import CaseDesk
from fulfillment.alerts.desk_policy import shipped_desk_policy
from fulfillment.alerts.doorbell import Doorbell
from fulfillment.alerts.events import SecurityEvent
from fulfillment.alerts.slack.channel import DeskChannel, ShowLaterError
from fulfillment.alerts.slack.client import SlackError, SlackLockedError, WebApi
from fulfillment.alerts.slack.desk_work import DeskWork
from fulfillment.alerts.slack.jobs import Show, ShowDigest, read_job
from fulfillment.alerts.slack.secret import SlackSecrets
from fulfillment.client_config import client_config
from fulfillment.clock import clock_of, system_clock
from fulfillment.handlers.every_minute import while_there_is_time
from fulfillment.settings import read_desk_settings
from fulfillment.store.allowances import Allowances
from fulfillment.store.books import Books
from fulfillment.store.digests import Digests
from fulfillment.store.shown_cases import ShownCases

logger = Logger(service="desk")
metrics = Metrics(namespace=os.environ.get("METRICS_NAMESPACE", "Teller"), service="desk")

_CLIENT = client_config(read_s=5)
_LONGEST_WAIT_S = 300
_FAR = timedelta(days=3650)


@dataclass(frozen=True, slots=True)
class _Clients:
    """What is built once and kept. botocore makes clients at run time, so none has a type."""

    dynamodb: Any
    sqs: Any
    secrets: SlackSecrets
    doorbell: Doorbell
    jobs_url: str
    events_url: str
    slack_url: str
    table: str
    clock: str | None


@cache
def _clients() -> _Clients:
    settings = read_desk_settings(os.environ)
    session = botocore.session.get_session()
    secrets: Any = session.create_client("secretsmanager", config=_CLIENT)

    def sns() -> Any:
        return session.create_client("sns", config=_CLIENT)

    return _Clients(
        session.create_client("dynamodb", config=_CLIENT),
        session.create_client("sqs", config=_CLIENT),
        SlackSecrets(secrets, settings.slack_secret, time.monotonic),
        Doorbell(sns, settings.chat_topic_arn),
        settings.desk_jobs_url,
        settings.desk_events_url,
        settings.slack_api_url,
        settings.table_name,
        settings.clock,
    )


def _work() -> DeskWork:
    clients = _clients()
    books = Books(clients.dynamodb, clients.table)
    slack = WebApi(clients.secrets.read().bot_token, clients.slack_url)

    def later(job: Show | ShowDigest, seconds: int) -> None:
        clients.sqs.send_message(
            QueueUrl=clients.jobs_url, MessageBody=job.as_json(), DelaySeconds=seconds
        )

    desk = CaseDesk(books, shipped_desk_policy(), clock_of(clients.clock))
    channel = DeskChannel(
        desk,
        slack,
        ShownCases(clients.dynamodb, clients.table),
        Digests(clients.dynamodb, clients.table),
        system_clock,
    )
    bell = clients.doorbell.ring
    return DeskWork(channel, Allowances(clients.dynamodb, clients.table), bell, later)


def handler(event: Mapping[str, Any], _context: Any) -> dict[str, Any]:
    """Works a batch of the queues off, or, when the minute strikes, looks after open cases."""
    if "Records" not in event:
        return _strike()
    failed = [
        {"itemIdentifier": record["messageId"]} for record in event["Records"] if not _one(record)
    ]
    logger.info("desk", extra={"records": len(event["Records"]), "failed": len(failed)})
    metrics.add_metric("DeskRecords", MetricUnit.Count, len(event["Records"]))
    metrics.add_metric("DeskFailures", MetricUnit.Count, len(failed))
    metrics.flush_metrics()
    return {"batchItemFailures": failed}


def _one(record: Mapping[str, Any]) -> bool:
    try:
        do(record["body"], _work())
    except ShowLaterError:
        _wait(record, ShowLaterError.seconds)
        return False
    except SlackError as fault:
        # Its own words hold a method and an error code, never what was to be shown.
        logger.warning("slack", extra={"fault": type(fault).__name__, "why": str(fault)})
        metrics.add_metric(type(fault).__name__.removesuffix("Error"), MetricUnit.Count, 1)
        if isinstance(fault, SlackLockedError):
            _clients().secrets.forget()
        _wait(record, fault.retry_after or _backoff(record))
        return False
    except Exception as fault:
        stack = "".join(traceback.format_tb(fault.__traceback__))
        logger.error("record failed", extra={"error": type(fault).__name__, "stack": stack})
        return False
    return True


def do(body: str, work: DeskWork) -> None:
    """One message of a queue. Raises what the work raises."""
    found = json.loads(body)
    if "specversion" in found:
        work.event(SecurityEvent.model_validate(found))
        return
    try:
        job = read_job(body)
    except ValidationError as fault:
        logger.error("not a job", extra={"faults": fault.error_count()})
        return
    work.job(job)


def _backoff(record: Mapping[str, Any]) -> int:
    count = int(record.get("attributes", {}).get("ApproximateReceiveCount", "1"))
    return int(min(2 ** min(count, 12), _LONGEST_WAIT_S))


def _wait(record: Mapping[str, Any], seconds: int) -> None:
    """The message comes again after `seconds`, and not when its queue would have it."""
    clients = _clients()
    own = "jobs" in str(record.get("eventSourceARN", "")).rpartition(":")[2]
    try:
        clients.sqs.change_message_visibility(
            QueueUrl=clients.jobs_url if own else clients.events_url,
            ReceiptHandle=record["receiptHandle"],
            VisibilityTimeout=min(seconds, _LONGEST_WAIT_S * 3),
        )
    except (ClientError, BotoCoreError) as fault:
        logger.warning("visibility", extra={"error": type(fault).__name__})


def _strike() -> dict[str, Any]:
    """What a minute may bring: a deadline, or a payment that ended without the desk. Cases come in
    the order of their deadlines; after a flood of them the last ones wait for a later minute.
    """
    work, there_is_time = _work(), while_there_is_time()
    seen = failed = 0
    whole = True
    for case in work.desk.cases.due(work.desk.clock() + _FAR):
        if not there_is_time():
            whole = False
            break
        seen += 1
        try:
            work.look_after_open_cases(case, f"escalate-{case.case_id}")
        except Exception as fault:
            failed += 1
            logger.error("case failed", extra={"error": type(fault).__name__})
    logger.info("minute", extra={"open_cases": seen, "failed": failed, "whole": whole})
    metrics.add_metric("OpenCases", MetricUnit.Count, seen)
    metrics.flush_metrics()
    return {"open_cases": seen, "failed": failed}
