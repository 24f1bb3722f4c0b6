"""An account is frozen once, with a record; what was closed stays closed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from fulfillment.bank.books import AccountStatus
from fulfillment.store.books import Books
from fulfillment.store.errors import BooksError, BooksUnreachableError
from tests.integration.store.calls import CountingClient, answer_lost, request_lost
from tests.unit.bank.values import NOW

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

PAY = "transact_write_items"


def records(client: DynamoDBClient, table: str) -> int:
    entries = client.query(
        TableName=table,
        KeyConditionExpression="PK = :customer AND begins_with(SK, :entries)",
        ExpressionAttributeValues={":customer": {"S": "C#mira"}, ":entries": {"S": "Z#"}},
    )
    return entries["Count"]


def test_freezing_an_account_twice_leaves_one_record(
    books: Books, client: DynamoDBClient, loaded: str
) -> None:
    account = books.accounts("mira")[0]
    for _ in range(2):
        frozen = books.freeze_account(account, NOW)
        assert frozen.status is AccountStatus.FROZEN
    assert frozen.posted == account.posted
    assert records(client, loaded) == 1


def test_an_answer_lost_after_the_freezing_is_found_out(
    books: Books, calls: CountingClient
) -> None:
    calls.plan(PAY, answer_lost)
    assert books.freeze_account(books.accounts("mira")[0], NOW).status is AccountStatus.FROZEN


def test_a_lost_request_is_not_said_to_have_frozen_anything(
    books: Books, calls: CountingClient
) -> None:
    calls.plan(PAY, request_lost)
    with pytest.raises(BooksUnreachableError):
        books.freeze_account(books.accounts("mira")[0], NOW)
    assert books.accounts("mira")[0].status is AccountStatus.ACTIVE


def test_an_account_of_somebody_else_is_not_found(books: Books) -> None:
    account = replace(books.accounts("mira")[0], customer_id="noah")
    with pytest.raises(BooksError):
        books.freeze_account(account, NOW)
