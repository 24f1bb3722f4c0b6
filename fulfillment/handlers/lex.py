"""The Lambda that answers Lex's code hooks."""

from __future__ import annotations

import hashlib
import os
import time
import traceback
import uuid
from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from typing import Any

import botocore.session
from aws_lambda_powertools import Logger
from aws_lambda_powertools.metrics import Metrics, MetricUnit
from botocore.config import Config

from fulfillment.alerts.phone import PhoneTopic
from fulfillment.client_config import client_config
from fulfillment.clock import clock_of
from fulfillment.conversations.app import build_app
from fulfillment.conversations.deps import SCAM_PAUSE, Deps
from fulfillment.handlers import judging, propensities
from fulfillment.identity import SessionTokenKeys
from fulfillment.lex import LexResolver
from fulfillment.lex.resolver import MalformedEventError
from fulfillment.settings import read_settings
from fulfillment.store.books import Books
from fulfillment.store.statement_shelf import StatementShelf
from fulfillment.switches import switches_of

logger = Logger(service="fulfillment")
metrics = Metrics(namespace=os.environ.get("METRICS_NAMESPACE", "Teller"), service="fulfillment")

_CLIENT = client_config(read_s=2)
# Not a template: a template may be what went wrong.
_APOLOGIES = {
    "en": 'Something went wrong on our side. Please try again, or say "talk to a human".',
    "es": 'Algo falló de nuestro lado. Inténtelo de nuevo o diga "hablar con una persona".',
}


@cache
def application() -> LexResolver:
    """The conversations on real clients, built at the first invocation and kept."""
    settings = read_settings(os.environ)
    session = botocore.session.get_session()
    clock = clock_of(settings.clock)
    # botocore makes its clients at run time, so no type checker knows their operations.
    secrets: Any = session.create_client("secretsmanager", config=_CLIENT)
    dynamodb: Any = session.create_client("dynamodb", config=_CLIENT)
    keys = SessionTokenKeys(secrets, settings.session_token_secret, time.monotonic)
    books = Books(dynamodb, settings.table_name)
    bucket = settings.statement_bucket
    return build_app(
        Deps(
            books,
            keys,
            clock,
            lambda: uuid.uuid4().hex,
            switches_of(settings.feature_flags),
            PhoneTopic(_sns, settings.phone_topic_arn),
            assessor=lambda: judging.assessor(),
            # A rehearsal's clock stands still: on it nobody could ever have waited.
            pause=timedelta(0) if settings.clock else SCAM_PAUSE,
            statements=StatementShelf(_s3, bucket) if bucket else None,
            propensities=lambda: propensities.propensities(),
        )
    )


def _sns() -> Any:
    """Made when the first code is sent: most turns send none, and a client costs a cold start."""
    return botocore.session.get_session().create_client("sns", config=_CLIENT)


def _s3() -> Any:
    """Made when the first statement is asked for. A link has to name the region and the version of
    its signature: what another version signs, a bucket under a key of its own refuses.
    """
    signed = _CLIENT.merge(Config(signature_version="s3v4"))
    return botocore.session.get_session().create_client("s3", config=signed)


_PAYS = frozenset({"SendMoney", "TransferMoney", "PayCreditCard"})
"""Tasks at whose end money has moved, or is held until somebody has looked."""


def handler(event: Mapping[str, Any], _context: Any) -> dict[str, Any]:
    """Answers one code hook. A fault of ours becomes an apology; Lex never sees an exception."""
    started = time.perf_counter()
    outcome = "Fault"
    try:
        response = application().resolve(event)
        outcome = response["sessionState"]["dialogAction"]["type"]
    except MalformedEventError as error:
        # Not from Lex: refuse it, so that whoever sent it notices.
        logger.warning("malformed event", extra={"fault": str(error)})
        raise
    except Exception as error:
        stack = "".join(traceback.format_tb(error.__traceback__))
        # The stack without the message: messages may quote what a customer typed.
        logger.error("turn failed", extra={"error": type(error).__name__, "stack": stack})
        response = _apology(event)
    _record(event, response, outcome, (time.perf_counter() - started) * 1000)
    return response


def _apology(event: Mapping[str, Any]) -> dict[str, Any]:
    state = event["sessionState"]
    language = str((event.get("bot") or {}).get("localeId", ""))[:2]
    apology = _APOLOGIES.get(language, _APOLOGIES["en"])
    return {
        "sessionState": {
            "dialogAction": {"type": "Close"},
            "sessionAttributes": state.get("sessionAttributes") or {},
            "intent": {**state["intent"], "state": "Failed"},
        },
        "messages": [{"contentType": "PlainText", "content": apology}],
    }


def _record(
    event: Mapping[str, Any], response: Mapping[str, Any], outcome: str, milliseconds: float
) -> None:
    """One line and a few metrics a turn: what was asked and how it went, never what was said."""
    intent = event["sessionState"]["intent"]["name"]
    session = hashlib.sha256(str(event["sessionId"]).encode()).hexdigest()[:12]
    logger.info(
        "turn",
        extra={
            "intent": intent,
            "source": event["invocationSource"],
            "outcome": outcome,
            "ms": round(milliseconds, 1),
            "session": session,
        },
    )
    # Beside the figures and not as dimensions: each pair of them would be charged as a metric, and
    # no alarm could add them up.
    metrics.add_metadata("intent", intent)
    metrics.add_metadata("outcome", outcome)
    metrics.add_metric("Turns", MetricUnit.Count, 1)
    metrics.add_metric("TurnFaults", MetricUnit.Count, int(outcome == "Fault"))
    ended = (response["sessionState"].get("intent") or {}).get("state") == "Fulfilled"
    metrics.add_metric("Payments", MetricUnit.Count, int(intent in _PAYS and ended))
    metrics.add_metric("TurnDuration", MetricUnit.Milliseconds, milliseconds)
    metrics.flush_metrics()
