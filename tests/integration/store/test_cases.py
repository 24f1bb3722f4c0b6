"""Cases: opened once under their id, with a record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from fulfillment.bank.cases import Case, CaseKind
from fulfillment.store.books import Books
from fulfillment.store.errors import BooksError, BooksUnreachableError
from tests.integration.store.calls import CountingClient, answer_lost, request_lost
from tests.unit.bank.values import NOW

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

CASE = Case("case-1", "mira", CaseKind.CONVERSATION, "Wants to talk about a mortgage", NOW)
PAY = "transact_write_items"


def test_an_opened_case_can_be_read_by_its_customer_alone(books: Books) -> None:
    assert books.open_case(CASE) == CASE
    assert books.cases("mira") == [CASE]
    assert books.cases("noah") == []


def test_a_case_keeps_what_it_is_about_and_when_its_answer_is_due(books: Books) -> None:
    dispute = Case(
        "D-1", "mira", CaseKind.DISPUTE, "disputes a charge", NOW,
        subject="not_mine", about="posting-7", due=date(2026, 12, 7),
    )  # fmt: skip
    books.open_case(dispute)
    assert books.cases("mira") == [dispute]


def test_opening_a_case_again_answers_with_the_first(
    books: Books, client: DynamoDBClient, loaded: str
) -> None:
    books.open_case(CASE)
    assert books.open_case(replace(CASE, summary="Something else")) == CASE
    entries = client.query(
        TableName=loaded,
        KeyConditionExpression="PK = :customer AND begins_with(SK, :entries)",
        ExpressionAttributeValues={":customer": {"S": "C#mira"}, ":entries": {"S": "Z#"}},
    )
    assert [item["subject"]["S"] for item in entries["Items"]] == ["case-1"]


def test_an_answer_lost_after_the_case_was_opened_is_found_out(
    books: Books, calls: CountingClient
) -> None:
    calls.plan(PAY, answer_lost)
    assert books.open_case(CASE) == CASE


def test_a_lost_request_is_not_said_to_have_opened_a_case(
    books: Books, calls: CountingClient
) -> None:
    calls.plan(PAY, request_lost)
    with pytest.raises(BooksUnreachableError):
        books.open_case(CASE)
    calls.plan(PAY, request_lost)
    calls.plan("get_item", request_lost)
    with pytest.raises(BooksUnreachableError):
        books.open_case(CASE)
    assert books.cases("mira") == []


def test_a_case_that_could_not_be_found_again_is_not_opened(books: Books) -> None:
    with pytest.raises(BooksError):
        books.open_case(replace(CASE, case_id="a#b"))


def test_a_record_without_its_case_is_an_alarm(
    books: Books, client: DynamoDBClient, loaded: str
) -> None:
    books.open_case(CASE)
    client.delete_item(TableName=loaded, Key={"PK": {"S": "C#mira"}, "SK": {"S": "X#case-1"}})
    with pytest.raises(BooksError, match="without the case"):
        books.open_case(CASE)
