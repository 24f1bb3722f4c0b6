"""The Lambda behind the addresses that Slack calls: checks that it is Slack, queues, and answers.

Slack wants an answer within three seconds and asks again without one, so nothing is done here: the
work waits in a queue, under an id that is the same for every repetition.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from functools import cache
from typing import Any

import botocore.session
from aws_lambda_powertools import Logger

from fulfillment.alerts.slack.jobs import Click, Said
from fulfillment.alerts.slack.requests import (
    NotFromSlackError,
    challenge_of,
    click_of,
    raw_body,
    require_signature,
    said_of,
)
from fulfillment.alerts.slack.secret import SlackSecrets
from fulfillment.client_config import client_config
from fulfillment.settings import read_slack_settings

logger = Logger(service="slack-requests")

_CLIENT = client_config(connect_s=0.5, read_s=1, attempts=2)


@cache
def _clients() -> tuple[SlackSecrets, Any, str]:
    settings = read_slack_settings(os.environ)
    session = botocore.session.get_session()
    # botocore makes its clients at run time, so no type checker knows their operations.
    secrets: Any = session.create_client("secretsmanager", config=_CLIENT)
    sqs: Any = session.create_client("sqs", config=_CLIENT)
    return SlackSecrets(secrets, settings.slack_secret, time.monotonic), sqs, settings.desk_jobs_url


def handler(event: Mapping[str, Any], _context: Any) -> dict[str, Any]:
    """One request of Slack's, as API Gateway's payload format 2.0 has it."""
    secrets, sqs, queue = _clients()
    try:
        body = raw_body(event)
        secret = secrets.read().signing_secret
        require_signature(body, event.get("headers") or {}, secret, time.time)
    except NotFromSlackError as fault:
        logger.warning("refused", extra={"why": str(fault)})
        return _answer(401, "")
    if not str(event.get("rawPath", "")).endswith("/events"):
        return _queued(click_of(body), sqs, queue)
    challenge = challenge_of(body)
    if challenge is not None:
        return _answer(200, challenge)
    return _queued(said_of(body), sqs, queue)


def _queued(job: Click | Said | None, sqs: Any, queue: str) -> dict[str, Any]:
    if job is not None:
        sqs.send_message(QueueUrl=queue, MessageBody=job.as_json())
    logger.info("request", extra={"job": job.type if job else "none"})
    return _answer(200, "")


def _answer(status: int, body: str) -> dict[str, Any]:
    return {"statusCode": status, "headers": {"Content-Type": "text/plain"}, "body": body}
