"""The Lambda behind the table's stream: what was written once is told, and learnt, at least once.

Each record is an item that some transaction has put: a security event (in the same transaction as
the hold that caused it), a verdict on a payment, or a message of the bank to a customer, whose open
chats are woken, or a booking of the feed, after which there may be something worth telling. The
mapping's filter lets nothing else through.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import botocore.session
from aws_lambda_powertools import Logger
from aws_lambda_powertools.metrics import Metrics, MetricUnit
from botocore.exceptions import BotoCoreError, ClientError

from fulfillment.alerts.doorbell import Doorbell
from fulfillment.alerts.events import SecurityEvent
from fulfillment.alerts.publishing import publish
from fulfillment.alerts.slack.jobs import Show
from fulfillment.client_config import client_config
from fulfillment.clock import Clock, clock_of
from fulfillment.conversations.tip_telling import TipTeller
from fulfillment.fraud.facts import Verdict
from fulfillment.fraud.remembering import FraudMemory
from fulfillment.handlers.ordered_batch import OrderedBatch
from fulfillment.personalization.offers.rules import standard_rules
from fulfillment.settings import read_bell_settings, read_jobs_settings, read_table_settings
from fulfillment.store import keys
from fulfillment.store.analyst_cases import case_of_entry
from fulfillment.store.bank_messages import told_to
from fulfillment.store.books import Books
from fulfillment.store.counting import CounterTable
from fulfillment.store.errors import BooksError
from fulfillment.store.feed_receipts import booked_by_the_feed
from fulfillment.store.fraud_labels import read_label
from fulfillment.store.security_events import EVENT

logger = Logger(service="stream")
metrics = Metrics(namespace=os.environ.get("METRICS_NAMESPACE", "Teller"), service="stream")

_CLIENT = client_config(read_s=5)

Image = Mapping[str, Any]


class UnknownRecordError(ValueError):
    """A record that the mapping's filter should not have let through."""


@cache
def memory() -> FraudMemory:
    """What the fraud features remember, on a real client, built once and kept."""
    settings = read_table_settings(os.environ)
    # botocore makes its clients at run time, so no type checker knows their operations.
    dynamodb: Any = botocore.session.get_session().create_client("dynamodb", config=_CLIENT)
    return FraudMemory(CounterTable(dynamodb, settings.table_name))


@cache
def doorbell() -> Doorbell:
    """Rings for open chats, on a real client, built once and kept."""

    def sns() -> Any:
        return botocore.session.get_session().create_client("sns", config=_CLIENT)

    return Doorbell(sns, read_bell_settings(os.environ).chat_topic_arn)


@cache
def desk_jobs() -> tuple[Any, str]:
    """The queue of the analysts' desk, on a real client, built once and kept."""
    url = read_jobs_settings(os.environ).desk_jobs_url
    return botocore.session.get_session().create_client("sqs", config=_CLIENT), url


@cache
def tips_and_clock() -> tuple[TipTeller, Clock]:
    """Who looks into a customer's lines, on a real client, built once and kept."""
    settings = read_table_settings(os.environ)
    dynamodb: Any = botocore.session.get_session().create_client("dynamodb", config=_CLIENT)
    teller = TipTeller(Books(dynamodb, settings.table_name), standard_rules())
    return teller, clock_of(settings.clock)


def look_for_a_tip(customer_id: str) -> None:
    """What was booked may be worth a word. Nothing here is worth holding others' records up for:
    trouble is noted, and the next booking looks again.
    """
    teller, clock = tips_and_clock()
    try:
        tip = teller.for_a_booking(customer_id, clock(), teller.books.chance.new_id())
    except (BooksError, ClientError, BotoCoreError) as fault:
        logger.warning("no tip", extra={"error": type(fault).__name__})
        return
    metrics.add_metric("TipsPushed", MetricUnit.Count, int(tip is not None))


def show_again(customer_id: str, case_id: str) -> None:
    """Has the desk show a case whose customer said or did something."""
    sqs, url = desk_jobs()
    job = Show(customer_id=customer_id, case_id=case_id)
    sqs.send_message(QueueUrl=url, MessageBody=job.as_json())


def handler(event: Mapping[str, Any], _context: Any) -> Mapping[str, Any]:
    """Processes a batch; says which records are to come again, if any."""
    records: Sequence[Mapping[str, Any]] = event.get("Records", ())
    answer, faults = OrderedBatch(process, owner).run(records)
    lag = max((time.time() - _made_at(record) for record in records), default=0.0)
    for fault in faults:
        # The kind alone: a message may quote what was in the record.
        logger.error("record failed", extra={"error": fault})
    logger.info("records", extra={"seen": len(records), "failed": len(faults)})
    metrics.add_metric("StreamRecords", MetricUnit.Count, len(records))
    metrics.add_metric("StreamFailures", MetricUnit.Count, len(faults))
    metrics.add_metric("StreamLag", MetricUnit.Milliseconds, max(0.0, lag) * 1000)
    metrics.flush_metrics()
    return answer


def process(image: Image) -> None:
    """Tells or learns one item. Doing it twice is harmless; what is raised has it come again."""
    partition = image["PK"]["S"]
    if EVENT in image:
        publish(SecurityEvent.model_validate_json(image[EVENT]["S"]))
    elif partition.startswith(keys.FRAUD_SCORES):
        label = read_label(image)
        memory().learn(label.payment_id, Verdict(label.verdict), label.by, label.at)
    elif (booked_for := booked_by_the_feed(image)) is not None:
        look_for_a_tip(booked_for)
    elif (moved := case_of_entry(partition, image["SK"]["S"])) is not None:
        show_again(*moved)
    elif (customer_id := told_to(partition, image["SK"]["S"])) is not None:
        doorbell().ring(customer_id)
    else:
        raise UnknownRecordError("an item that nobody here follows")


def owner(image: Image) -> str:
    """Whose records have to stay in order: the customer's, or else those of the same item."""
    return str(image["cid"]["S"] if "cid" in image else image["PK"]["S"])


def _made_at(record: Mapping[str, Any]) -> float:
    return float(record.get("dynamodb", {}).get("ApproximateCreationDateTime", time.time()))
