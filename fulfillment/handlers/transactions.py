"""The Lambda behind `POST /transactions`: the card and core-banking feed of the bank.

An answer below 500 is final; after any other, or none, the sender repeats the same transaction.
"""

from __future__ import annotations

import base64
import json
import os
import time
import traceback
from collections.abc import Mapping
from functools import cache
from typing import Any

import botocore.session
from aws_lambda_powertools import Logger
from aws_lambda_powertools.metrics import Metrics, MetricUnit
from botocore.exceptions import BotoCoreError, ClientError

from fulfillment.alerts.desk_policy import shipped_desk_policy
from fulfillment.client_config import client_config
from fulfillment.clock import clock_of
from fulfillment.feed.answers import Answer, refused, taken
from fulfillment.feed.credential import FeedCredential
from fulfillment.feed.desk import ConflictError, FeedDesk, UnknownPartyError
from fulfillment.feed.transaction import MAX_BYTES, InvalidTransactionError, read_transaction
from fulfillment.handlers.judging import assessor
from fulfillment.settings import read_feed_settings
from fulfillment.store.books import Books
from fulfillment.store.errors import BooksBusyError, BooksUnreachableError

logger = Logger(service="transactions")
metrics = Metrics(namespace=os.environ.get("METRICS_NAMESPACE", "Teller"), service="transactions")

_CLIENT = client_config(read_s=2)
_AGAIN = {"Retry-After": "1"}


@cache
def _parts() -> tuple[FeedDesk, FeedCredential]:
    settings = read_feed_settings(os.environ)
    session = botocore.session.get_session()
    # botocore makes its clients at run time, so no type checker knows their operations.
    dynamodb: Any = session.create_client("dynamodb", config=_CLIENT)
    secrets: Any = session.create_client("secretsmanager", config=_CLIENT)
    credential = FeedCredential(secrets, settings.feed_secret, time.monotonic)
    books = Books(dynamodb, settings.table_name)
    return FeedDesk(books, shipped_desk_policy(), clock_of(settings.clock), assessor), credential


def handler(event: Mapping[str, Any], _context: Any) -> dict[str, Any]:
    """One request, as API Gateway's payload format 2.0 has it."""
    started = time.perf_counter()
    try:
        status, body = _answer(event)
    except (BooksBusyError, BooksUnreachableError, ClientError, BotoCoreError) as fault:
        logger.warning("not taken", extra={"error": type(fault).__name__})
        status, body = refused(503, "try_again", "Not taken: send the same transaction again.")
    except Exception as fault:
        # The stack without the message: messages may quote what was sent.
        stack = "".join(traceback.format_tb(fault.__traceback__))
        logger.error("transaction failed", extra={"error": type(fault).__name__, "stack": stack})
        status, body = refused(500, "fault", "A fault of ours: send the same transaction again.")
    milliseconds = (time.perf_counter() - started) * 1000
    outcome = str(body.get("decision") or body["error"])
    logger.info(
        "transaction", extra={"status": status, "outcome": outcome, "ms": round(milliseconds, 1)}
    )
    metrics.add_dimension("outcome", outcome)
    metrics.add_metric("FeedTransactions", MetricUnit.Count, 1)
    metrics.add_metric("FeedLatency", MetricUnit.Milliseconds, milliseconds)
    metrics.flush_metrics()
    return _response(status, body)


def _answer(event: Mapping[str, Any]) -> Answer:
    desk, credential = _parts()
    headers = {name.lower(): value for name, value in (event.get("headers") or {}).items()}
    # First of all: whoever may not feed the bank learns nothing about what it would take.
    if not credential.admits(headers.get("authorization", "")):
        return refused(401, "not_authenticated", "The feed's own credential is needed.")
    if headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        return refused(415, "not_json", "Send JSON, with content-type application/json.")
    try:
        body = _body(event)
    except ValueError:
        return refused(400, "invalid_transaction", "The body is not base64.", fields=[])
    if len(body) > MAX_BYTES:
        return refused(413, "too_large", f"A transaction has at most {MAX_BYTES} bytes.")
    try:
        return taken(desk.take(read_transaction(body, desk.clock())))
    except InvalidTransactionError as fault:
        return refused(400, "invalid_transaction", str(fault), fields=fault.faults)
    except UnknownPartyError as fault:
        return refused(404, f"unknown_{fault.field}", f"{fault}.".capitalize(), field=fault.field)
    except ConflictError as fault:
        return refused(409, "conflict", f"{fault}.".capitalize())


def _body(event: Mapping[str, Any]) -> bytes:
    """The body's bytes. Raises `ValueError` for what is no base64."""
    body = str(event.get("body") or "")
    return base64.b64decode(body, validate=True) if event.get("isBase64Encoded") else body.encode()


def _response(status: int, body: Mapping[str, Any]) -> dict[str, Any]:
    headers = {"Content-Type": "application/json", "Cache-Control": "no-store"}
    if status >= 500:
        headers |= _AGAIN
    if status == 401:
        headers["WWW-Authenticate"] = 'Bearer realm="teller-feed"'
    return {"statusCode": status, "headers": headers, "body": json.dumps(body)}
