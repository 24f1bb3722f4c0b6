"""Hands security events to the topic that analysts, pagers and whoever else subscribe to."""

from __future__ import annotations

import os
from functools import cache
from typing import Any

import botocore.session
from botocore.config import Config

from fulfillment.alerts.events import SecurityEvent
from fulfillment.alerts.phone import SnsClient
from fulfillment.settings import read_topic_settings

_CLIENT = Config(
    connect_timeout=1, read_timeout=5, retries={"mode": "standard", "total_max_attempts": 3}
)


@cache
def _topic() -> tuple[SnsClient, str]:
    arn = read_topic_settings(os.environ).security_topic_arn
    # botocore makes its clients at run time, so no type checker knows their operations.
    client: Any = botocore.session.get_session().create_client("sns", config=_CLIENT)
    return client, arn


def publish(event: SecurityEvent, topic: tuple[SnsClient, str] | None = None) -> None:
    """Put `event` on the topic (the one of `SECURITY_TOPIC_ARN`). May raise botocore's own errors.

    It may be published twice, as by a retry: its id says that it is the same.
    """
    client, arn = topic or _topic()
    client.publish(TopicArn=arn, Message=event.as_json(), MessageAttributes=attributes(event))


def attributes(event: SecurityEvent) -> dict[str, dict[str, str]]:
    """What a subscription can filter by, without reading the body."""
    said = {"kind": event.kind, "severity": event.severity, "type": event.type}
    return {name: {"DataType": "String", "StringValue": str(said[name])} for name in said}
