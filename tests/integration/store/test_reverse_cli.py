"""Reversing as a command: exit codes, one JSON object, and one clear sentence on failure."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from fulfillment.bank.rules import quote
from fulfillment.store.auditing import audit
from fulfillment.store.books import Books
from fulfillment.store.reverse_cli import DONE, FAILED, REFUSED, main
from tests.unit.bank.values import NOW, to_anna

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def paid(books: Books) -> str:
    books.put_quote(quote(to_anna("50.00"), "s-1", "q-1", NOW))
    books.pay("q-1", to_anna("50.00"), "s-1", NOW)
    return "q-1"


def test_a_movement_is_reversed_once_and_told_twice(
    paid: str, loaded: str, client: DynamoDBClient, capsys: Captured
) -> None:
    words = [paid, "--reason", "paid by mistake", "--by", "clerk-7", "--table", loaded, "--json"]
    assert main(words) == DONE
    first = json.loads(capsys.readouterr().out)
    assert (first["reverses"], first["amount"], first["replayed"]) == ("q-1", "50.00", False)
    assert main(words) == DONE
    assert json.loads(capsys.readouterr().out) == {**first, "replayed": True}
    assert main(words[:-1]) == DONE
    assert "q-1 was reversed before: 50.00 USD" in capsys.readouterr().out
    assert audit(client, loaded).violations == []


def test_what_cannot_be_reversed_is_one_sentence(loaded: str, capsys: Captured) -> None:
    assert main(["hold-checking", "--reason", "x", "--table", loaded]) == REFUSED
    assert capsys.readouterr() == ("", "not reversed: not posted\n")


def test_without_a_table_nothing_is_done(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TABLE_NAME", raising=False)
    assert main(["q-1", "--reason", "x"]) == FAILED
    assert "no table" in capsys.readouterr().err


def test_a_table_that_is_not_there_is_one_sentence(
    client: DynamoDBClient, capsys: Captured
) -> None:
    assert main(["q-1", "--reason", "x", "--table", "no-such-table"]) == FAILED
    assert capsys.readouterr().err.startswith("nothing is known to be reversed: ")
