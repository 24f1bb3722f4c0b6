"""Each night yesterday's changes are asked for, and a second run of a night is the same export."""

from __future__ import annotations

import json
from typing import Any

import pytest

from fulfillment.handlers import ledger_export
from infra.capacity.command import create_table
from tests.integration.functions.conftest import client_of

BUCKET = "teller-exports"


@pytest.fixture
def dynamodb(monkeypatch: pytest.MonkeyPatch) -> Any:
    client = client_of("dynamodb")
    create_table(client, "teller")
    client_of("s3").create_bucket(Bucket=BUCKET)
    monkeypatch.setenv("TABLE_ARN", client.describe_table(TableName="teller")["Table"]["TableArn"])
    monkeypatch.setenv("EXPORT_BUCKET", BUCKET)
    monkeypatch.setenv("EXPORT_PREFIX", "ledger")
    monkeypatch.setenv("TELLER_CLOCK", "2026-11-23T01:10:00+00:00")
    ledger_export._client.cache_clear()
    return client


def keep_going_back(client: Any) -> None:
    client.update_continuous_backups(
        TableName="teller", PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True}
    )


def test_the_export_is_of_the_day_before_under_that_days_prefix(dynamodb: Any) -> None:
    keep_going_back(dynamodb)
    answer = ledger_export.handler({}, None)
    assert answer["prefix"] == "ledger/2026/11/22"
    assert answer["status"] in ("IN_PROGRESS", "COMPLETED")
    table = dynamodb.describe_table(TableName="teller")["Table"]["TableArn"]
    assert len(dynamodb.list_exports(TableArn=table)["ExportSummaries"]) == 1


def test_two_runs_of_a_night_ask_with_the_same_token(dynamodb: Any) -> None:
    asked = []
    client = ledger_export._client()
    client.meta.events.register(
        "before-call.dynamodb.ExportTableToPointInTime",
        lambda params, **_: asked.append(json.loads(params["body"])),
    )
    keep_going_back(dynamodb)
    for _ in range(2):
        ledger_export.handler({}, None)
    assert [one["ClientToken"] for one in asked] == ["ledger-20261122"] * 2
    span = asked[0]["IncrementalExportSpecification"]
    assert span["ExportToTime"] - span["ExportFromTime"] == 24 * 3600


def test_an_export_that_cannot_be_had_is_a_fault_so_that_it_is_asked_for_again(
    dynamodb: Any,
) -> None:
    with pytest.raises(Exception, match="Point in time recovery"):
        ledger_export.handler({}, None)
    assert dynamodb is not None
