"""Drift is found in what the bank judged, told once a day, and not found where nothing moved."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from fulfillment.alerts.events import ModelDrift, SecurityEvent, Severity
from fulfillment.fraud import drift
from fulfillment.fraud.model.artefact import SHIPPED_MODEL, Model, read_model
from fulfillment.handlers import drift_watch
from fulfillment.handlers.drift_watch import Watch
from fulfillment.store import keys
from fulfillment.store.wire import encode
from tests.aws_in_process import empty_dynamodb
from tests.integration.store.table import create_table

NOW = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)
ROWS = 60
MODEL = read_model(SHIPPED_MODEL.read_bytes())


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch]:
    """A bank that looks at sixty payments as another would at thousands."""
    monkeypatch.setattr(drift, "LEAST_ROWS", ROWS)
    with empty_dynamodb(monkeypatch) as client:
        yield Watch(client, create_table(client), MODEL, NOW)


def as_trained(statistics: Mapping[str, Sequence[float]], place: int) -> float:
    """The value of row `place` of a column whose shares are exactly the training data's."""
    edges, reached = statistics["edges"], 0.0
    for edge, share in zip(edges, statistics["shares"], strict=False):
        reached += share
        if (place + 0.5) / ROWS < reached:
            return edge
    return edges[-1] + 1 if edges else 0.0


def judge(watch: Watch, model: Model, *, dearer: float = 1.0, at: datetime = NOW) -> None:
    """Sixty payments of the last hour as the bank keeps them; `dearer` multiplies amounts."""
    known: Mapping[str, Any] = model.facts["statistics"]
    for place in range(ROWS):
        row = {name: as_trained(known[name], place) for name in model.facts["features"]}
        row["amount"] *= dearer
        item: dict[str, str | int] = {
            **keys.fraud_score(f"p-{place}-{at.day}"),
            "at": int((at - timedelta(minutes=place + 1)).timestamp()),
            "mv": model.version,
            "sc": repr(as_trained(known["score"], place)),
            "row": json.dumps(list(row.values())),
        }
        watch.client.put_item(TableName=watch.table, Item=encode(item))


def told(watch: Watch) -> list[SecurityEvent]:
    """Every event that the stream would bring to the topic."""
    items = watch.client.scan(TableName=watch.table)["Items"]
    return [SecurityEvent.model_validate_json(i["event"]["S"]) for i in items if "event" in i]


def test_payments_like_those_of_the_training_data_are_no_news(watch: Watch) -> None:
    judge(watch, MODEL)
    found = watch.look(7)
    assert {one.name for one in found} == {*MODEL.facts["features"], "score"}
    assert {one.level for one in found} == {"steady"}
    assert watch.events(found) == []


def test_amounts_that_grew_are_told_of_once_a_day(watch: Watch) -> None:
    judge(watch, MODEL, dearer=4.0)
    found = watch.look(7)
    assert (found[0].name, found[0].level) == ("amount", "alarm")
    assert watch.publish(watch.events(found)) == 1
    assert watch.publish(watch.events(watch.look(7))) == 0
    [event] = told(watch)
    assert (event.kind, event.severity, event.customer_id) == ("model_drift", Severity.MEDIUM, None)
    assert isinstance(event.data, ModelDrift)
    assert event.data.measure == "PSI of amount"
    assert event.data.value > event.data.threshold == drift.ALARM
    tomorrow = Watch(watch.client, watch.table, MODEL, NOW + timedelta(days=1))
    assert tomorrow.publish(tomorrow.events(tomorrow.look(7))) == 1


def test_too_few_payments_say_nothing(watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    judge(watch, MODEL, dearer=4.0)
    monkeypatch.setattr(drift, "LEAST_ROWS", ROWS + 1)
    found = watch.look(7)
    assert {one.level for one in found} == {"too few"}
    assert watch.events(found) == []


def test_what_is_older_or_another_model_s_is_not_looked_at(watch: Watch) -> None:
    judge(watch, MODEL, at=NOW - timedelta(days=8))
    assert watch.look(7)[0].rows == 0
    assert watch.look(9)[0].rows == ROWS


def test_the_function_looks_by_itself_and_tells_twice_a_day_once(
    watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge(watch, MODEL, dearer=4.0)
    monkeypatch.setenv("TABLE_NAME", watch.table)
    monkeypatch.setenv("TELLER_CLOCK", NOW.isoformat())
    monkeypatch.setattr(drift_watch, "_client", lambda: watch.client)
    assert drift_watch.handler({}, None) == {"rows": ROWS, "told": 1}
    assert drift_watch.handler({}, None) == {"rows": ROWS, "told": 0}
    assert len(told(watch)) == 1
