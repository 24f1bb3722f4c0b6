"""The audit as a command: exit codes, one JSON object, and one clear sentence on failure."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from fulfillment.store.audit_cli import CLEAN, FAILED, VIOLATED, main

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient


@pytest.fixture
def overdrawn(client: DynamoDBClient, loaded: str) -> str:
    client.update_item(
        TableName=loaded,
        Key={"PK": {"S": "C#mira"}, "SK": {"S": "A#savings"}},
        UpdateExpression="SET posted = :more, avail = :more",
        ExpressionAttributeValues={":more": {"N": "100001"}},
    )
    return loaded


def test_clean_books_exit_with_zero_and_one_json_object(
    loaded: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TABLE_NAME", loaded)
    assert main(["--json"]) == CLEAN
    captured = capsys.readouterr()
    assert json.loads(captured.out) == {"accounts": 3, "postings": 4, "violations": []}
    assert captured.err == ""


def test_clean_books_are_said_to_agree(loaded: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--table", loaded]) == CLEAN
    assert capsys.readouterr().out == "3 accounts, 4 postings: the books agree.\n"


def test_violations_are_named_and_exit_with_one(
    overdrawn: str, capsys: pytest.CaptureFixture[str]
) -> None:
    named = "account C#mira#A#savings: posted is 1000.01 USD, its lines make 1000.00 USD"
    assert main(["--table", overdrawn]) == VIOLATED
    assert capsys.readouterr().out == f"3 accounts, 4 postings: 1 violations.\n  {named}\n"
    assert main(["--table", overdrawn, "--json"]) == VIOLATED
    assert json.loads(capsys.readouterr().out)["violations"] == [named]


def test_books_that_cannot_be_read_exit_with_two_and_one_sentence(
    table: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--table", "no-such-table", "--json"]) == FAILED
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("the books could not be read: ")
    assert captured.err.count("\n") == 1


def test_without_a_table_nothing_is_called(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("TABLE_NAME", raising=False)
    assert main([]) == FAILED
    assert "TABLE_NAME" in capsys.readouterr().err
