"""A security event says the same to everybody, once for each cause, and no more than it must."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pydantic import ValidationError

from fulfillment.alerts.events import (
    Data,
    SecurityEvent,
    SecurityEventKind,
    event_id,
    json_schema,
    security_event,
)
from fulfillment.alerts.masking import masked_name
from fulfillment.alerts.publishing import NotOnTheBusError, publish, put_on
from tests.unit.alerts.events import NOW, ONE_OF_EACH, event_of, held

SCHEMA = Path(__file__).resolve().parents[3] / "docs/schemas/security-event.schema.json"


@pytest.mark.parametrize("data", ONE_OF_EACH, ids=lambda data: data.kind)
def test_every_kind_comes_back_from_its_envelope_as_it_went_in(data: Data) -> None:
    event = event_of(data)
    assert SecurityEvent.model_validate_json(event.as_json()) == event


def test_there_is_an_example_of_every_kind() -> None:
    assert {data.kind for data in ONE_OF_EACH} == set(SecurityEventKind)


def test_the_envelope_has_what_cloudevents_asks_for() -> None:
    wire = json.loads(event_of(held()).as_json())
    assert wire["specversion"] == "1.0"
    assert wire["type"] == "teller.security.suspected_fraud.v1"
    assert wire["source"] == "teller/tests"
    assert wire["subject"] == "amelia"
    assert wire["time"] == "2026-11-23T15:00:00Z"
    assert len(wire["id"]) == 32


def test_one_cause_has_one_id_however_often_it_is_told() -> None:
    kind = SecurityEventKind.SUSPECTED_FRAUD
    assert event_of(held(), "p-1").id == event_of(held(), "p-1").id == event_id(kind, "p-1")
    assert event_id(kind, "p-1") != event_id(kind, "p-2")
    assert event_id(kind, "p-1") != event_id(SecurityEventKind.LOCKOUT, "p-1")


def test_a_name_is_masked_whatever_is_put_in() -> None:
    assert "Kowalska" not in event_of(held()).as_json()
    assert held().payee == masked_name(masked_name("Anna Maria Kowalska")) == "Anna K."


def test_an_envelope_whose_type_is_of_another_kind_is_refused() -> None:
    wire = json.loads(event_of(held()).as_json()) | {"type": "teller.security.lockout.v1"}
    with pytest.raises(ValidationError, match="two kinds"):
        SecurityEvent.model_validate(wire)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValidationError):
        security_event(held(), "p-1", NOW.replace(tzinfo=None), source="tests")


def test_the_published_schema_is_the_one_that_the_code_keeps() -> None:
    published = json.loads(SCHEMA.read_text(encoding="utf-8"))
    assert published == json_schema(), f"teller events schema -o {SCHEMA.name}"


class Topic:
    """Keeps what is published."""

    def __init__(self) -> None:
        self.published: list[dict[str, object]] = []

    def publish(self, **request: object) -> None:
        self.published.append(request)


def test_a_published_event_can_be_filtered_by_kind_and_severity() -> None:
    topic = Topic()
    publish(event_of(held()), (topic, "arn:topic"))
    [sent] = topic.published
    assert sent["TopicArn"] == "arn:topic"
    assert sent["Message"] == event_of(held()).as_json()
    assert sent["MessageAttributes"] == {
        "kind": {"DataType": "String", "StringValue": "suspected_fraud"},
        "severity": {"DataType": "String", "StringValue": "high"},
        "type": {"DataType": "String", "StringValue": "teller.security.suspected_fraud.v1"},
    }


class Bus:
    """EventBridge, which takes an event or says why not."""

    def __init__(self, refusal: str | None = None) -> None:
        self.entries: list[dict[str, object]] = []
        self._refusal = refusal

    def put_events(self, Entries: list[dict[str, object]]) -> dict[str, object]:  # noqa: N803
        self.entries += Entries
        if self._refusal is None:
            return {"FailedEntryCount": 0, "Entries": [{"EventId": "1"}]}
        return {"FailedEntryCount": 1, "Entries": [{"ErrorCode": self._refusal}]}


def test_an_event_on_the_bus_is_the_one_on_the_topic_under_its_own_type() -> None:
    bus = Bus()
    put_on((bus, "teller"), event_of(held()))
    [entry] = bus.entries
    assert entry["EventBusName"] == "teller"
    assert entry["DetailType"] == "teller.security.suspected_fraud.v1"
    assert str(entry["Source"]).startswith("teller/")
    assert entry["Detail"] == event_of(held()).as_json()


def test_an_event_that_the_bus_did_not_take_is_not_taken_for_told() -> None:
    with pytest.raises(NotOnTheBusError, match="ThrottlingException"):
        put_on((Bus("ThrottlingException"), "teller"), event_of(held()))
