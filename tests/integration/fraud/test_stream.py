"""The stream's function on a table: events are told, verdicts learnt, twice as good as once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from fulfillment.alerts.events import SecurityEvent
from fulfillment.fraud.facts import Verdict
from fulfillment.fraud.remembering import FraudMemory
from fulfillment.handlers import stream
from fulfillment.store.fraud_labels import FraudLabel, label_put, put_label
from fulfillment.store.security_events import event_put
from fulfillment.store.sending import Patience
from tests.integration.fraud.test_remembering import ASSESSOR
from tests.integration.store.calls import CountingClient
from tests.unit.alerts.events import event_of, held
from tests.unit.fraud.payments import payment

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, memory: FraudMemory) -> list[SecurityEvent]:
    """What the function publishes, on the table of `memory`."""
    published: list[SecurityEvent] = []
    monkeypatch.setattr(stream, "publish", published.append)
    monkeypatch.setattr(stream, "memory", lambda: memory)
    return published


def as_record(number: int, image: Mapping[str, Any]) -> dict[str, Any]:
    keys = {name: image[name] for name in ("PK", "SK")}
    change = {"SequenceNumber": str(number), "Keys": keys, "NewImage": image}
    return {"eventName": "INSERT", "dynamodb": {**change, "ApproximateCreationDateTime": 1.0}}


def label(verdict: Any = "fraud", by: str = "analyst:U1", minutes: int = 0) -> FraudLabel:
    return FraudLabel("p1", "amelia", verdict, by, NOW + timedelta(minutes=minutes))


def image_of(found: FraudLabel) -> Mapping[str, Any]:
    return label_put("table", found)["Put"]["Item"]


def scored(memory: FraudMemory) -> None:
    facts = payment(1)
    known = memory.read(facts)
    memory.record(facts, ASSESSOR.assess(facts, known.states, 2), known)


def run(*images: Mapping[str, Any]) -> list[str]:
    records = [as_record(number, image) for number, image in enumerate(images)]
    answer = stream.handler({"Records": json.loads(json.dumps(records))}, None)
    return [one["itemIdentifier"] for one in answer["batchItemFailures"]]


def test_a_security_event_is_published_as_it_was_written(told: list[SecurityEvent]) -> None:
    event = event_of(held("p1"), "p1")
    assert run(event_put("table", event)["Put"]["Item"]) == []
    assert told == [event]


def test_a_verdict_reaches_the_features_and_a_second_delivery_changes_nothing(
    told: list[SecurityEvent], memory: FraudMemory
) -> None:
    scored(memory)
    for _ in range(2):
        assert run(image_of(label())) == []
    assert memory.read(payment(2)).counterparty[f"f{payment().day}"] == 1


def test_the_later_verdict_stands(told: list[SecurityEvent], memory: FraudMemory) -> None:
    scored(memory)
    assert run(image_of(label()), image_of(label("genuine", "customer", 1))) == []
    known = memory.read(payment(2)).counterparty
    assert (known[f"f{payment().day}"], known[f"g{payment().day}"]) == (0, 1)


def test_a_verdict_on_a_payment_that_was_never_scored_blocks_nothing(
    told: list[SecurityEvent],
) -> None:
    assert run(image_of(label())) == []


def test_a_poisoned_record_is_reported_and_other_customers_are_served(
    told: list[SecurityEvent],
) -> None:
    poison = {
        "PK": {"S": "SECURITY#2026-11-23"}, "SK": {"S": "x"}, "cid": {"S": "ben"},
        "event": {"S": "no json"},
    }  # fmt: skip
    event = event_of(held("p1"), "p1")
    assert run(poison, event_put("table", event)["Put"]["Item"]) == ["0"]
    assert told == [event]


def test_a_label_is_stored_once_for_each_judge_and_instant(
    calls: CountingClient, memory: FraudMemory
) -> None:
    put = [put_label(calls.as_client(), memory.counters.table, label(), Patience()) for _ in "12"]
    assert put == [True, False]
    assert put_label(calls.as_client(), memory.counters.table, label(minutes=1), Patience())


def test_verdicts_are_the_ones_that_features_know() -> None:
    assert {Verdict("fraud"), Verdict("genuine")} == set(Verdict)
