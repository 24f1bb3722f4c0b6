"""Hands security events on: to the topic that people hear, and to the bus that rules are made on.

The topic is for the analysts' desk and whoever else wants every event; the bus keeps an archive and
lets another system of the bank ask for the kinds that it wants.
"""

from __future__ import annotations

import os
from functools import cache
from typing import Any, Protocol

import botocore.session

from fulfillment.alerts.events import SecurityEvent
from fulfillment.alerts.phone import SnsClient
from fulfillment.client_config import client_config
from fulfillment.settings import read_topic_settings

_CLIENT = client_config(read_s=5)


class NotOnTheBusError(RuntimeError):
    """EventBridge did not take an event; the message is its code."""


class BusClient(Protocol):
    """The one call of EventBridge that is used."""

    def put_events(self, *, Entries: Any) -> Any: ...  # noqa: N803 - as AWS has it


@cache
def _topic() -> tuple[SnsClient, str]:
    arn = read_topic_settings(os.environ).security_topic_arn
    # botocore makes its clients at run time, so no type checker knows their operations.
    client: Any = botocore.session.get_session().create_client("sns", config=_CLIENT)
    return client, arn


@cache
def _bus() -> tuple[BusClient, str] | None:
    name = read_topic_settings(os.environ).event_bus
    if name is None:
        return None
    client: Any = botocore.session.get_session().create_client("events", config=_CLIENT)
    return client, name


def publish(event: SecurityEvent, topic: tuple[SnsClient, str] | None = None) -> None:
    """Put `event` on the topic (the one of `SECURITY_TOPIC_ARN`) and, where `EVENT_BUS` names one,
    on the bus. May raise botocore's own errors, and `NotOnTheBusError`.

    It may be published twice, as by a retry: its id says that it is the same.
    """
    client, arn = topic or _topic()
    client.publish(TopicArn=arn, Message=event.as_json(), MessageAttributes=attributes(event))
    if topic is None and (bus := _bus()) is not None:
        put_on(bus, event)


def put_on(bus: tuple[BusClient, str], event: SecurityEvent) -> None:
    """Puts `event` on a named bus. Raises `NotOnTheBusError`: the call itself refuses nothing."""
    client, name = bus
    answer = client.put_events(Entries=[entry_of(event, name)])
    if answer["FailedEntryCount"]:
        raise NotOnTheBusError(str(answer["Entries"][0].get("ErrorCode")))


def entry_of(event: SecurityEvent, bus: str) -> dict[str, Any]:
    """The event as EventBridge takes it: its detail is the envelope that the topic has."""
    return {
        "EventBusName": bus,
        "Source": event.source,
        "DetailType": event.type,
        "Time": event.time,
        "Detail": event.as_json(),
    }


def attributes(event: SecurityEvent) -> dict[str, dict[str, str]]:
    """What a subscription can filter by, without reading the body."""
    said = {"kind": event.kind, "severity": event.severity, "type": event.type}
    return {name: {"DataType": "String", "StringValue": str(said[name])} for name in said}
