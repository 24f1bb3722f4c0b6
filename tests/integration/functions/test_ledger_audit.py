"""The nightly audit as a function: what it counts is what an alarm stops payments by."""

from __future__ import annotations

import json
from typing import Any

import pytest

from fulfillment.handlers import ledger_audit
from fulfillment.store.auditing import audit
from infra.capacity.command import create_table
from tests.integration.functions.conftest import client_of

TABLE = "teller"


@pytest.fixture
def dynamodb(account: None, monkeypatch: pytest.MonkeyPatch) -> Any:
    del account
    monkeypatch.setenv("TABLE_NAME", TABLE)
    ledger_audit._client.cache_clear()
    made = client_of("dynamodb")
    create_table(made, TABLE)
    return made


def a_wrong_balance(dynamodb: Any) -> None:
    """An account that has money which no line brought."""
    dynamodb.put_item(TableName=TABLE, Item={
        "PK": {"S": "C#c-1"}, "SK": {"S": "A#a-1"}, "name": {"S": "Checking"},
        "kind": {"S": "checking"}, "ccy": {"S": "USD"}, "st": {"S": "active"},
        "avail": {"N": "5000"}, "held": {"N": "0"}, "posted": {"N": "5000"}, "ver": {"N": "1"},
    })  # fmt: skip


def figures(said: str) -> dict[str, Any]:
    """What the function emitted for CloudWatch."""
    lines = [json.loads(one) for one in said.splitlines() if "CloudWatchMetrics" in one]
    return dict(lines[-1])


def test_books_that_agree_are_no_violation(
    dynamodb: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ledger_audit.handler({}, None)["violations"] == 0
    assert figures(capsys.readouterr().out)["LedgerViolations"] == [0]


def test_money_that_no_line_brought_is_counted_and_never_told_of_whom(
    dynamodb: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    a_wrong_balance(dynamodb)
    assert int(ledger_audit.handler({}, None)["violations"]) > 0
    said = capsys.readouterr().out
    assert figures(said)["LedgerViolations"][0] > 0
    assert "c-1" not in said


def test_what_only_one_reading_finds_is_a_payment_in_the_making(
    dynamodb: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_wrong_balance(dynamodb)
    halfway = audit(dynamodb, TABLE)
    assert halfway.violations
    dynamodb.delete_item(TableName=TABLE, Key={"PK": {"S": "C#c-1"}, "SK": {"S": "A#a-1"}})
    readings = iter([halfway, audit(dynamodb, TABLE)])
    monkeypatch.setattr(ledger_audit, "audit", lambda *_: next(readings))
    assert ledger_audit.handler({}, None)["violations"] == 0


def test_a_table_that_is_too_large_is_not_called_audited(
    dynamodb: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(ledger_audit, "LARGEST_BYTES", -1)
    assert ledger_audit.handler({}, None)["result"] == "too large"
    assert "LedgerAudits" not in capsys.readouterr().out
