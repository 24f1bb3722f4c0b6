"""Mira's bank in an in-process DynamoDB, and a look into its items."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from fulfillment.store.books import Books
from fulfillment.store.chance import Chance
from fulfillment.store.loading import load_books
from fulfillment.store.sending import Patience
from tests.aws_in_process import empty_dynamodb
from tests.integration.store.calls import CountingClient
from tests.integration.store.table import create_table
from tests.unit.bank.values import limits_of, opening_books

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Iterator[DynamoDBClient]:
    with empty_dynamodb(monkeypatch) as made:
        yield made


@pytest.fixture
def table(client: DynamoDBClient) -> str:
    return create_table(client)


@pytest.fixture
def loaded(client: DynamoDBClient, table: str) -> str:
    """The table's name, once Mira's opening books are in it."""
    load_books(client, table, opening_books())
    return table


@pytest.fixture
def calls(client: DynamoDBClient) -> CountingClient:
    return CountingClient(client)


@pytest.fixture
def books(calls: CountingClient, loaded: str) -> Books:
    """Books that never wait, under limits of 300 a payment, 450 a day, 5 payments a day."""
    return Books(
        calls.as_client(),
        loaded,
        standing_limits=limits_of("300.00", "450.00", 5),
        patience=Patience(sleep=lambda _: None, jitter=lambda ceiling: ceiling),
        chance=Chance(shard=lambda shards: shards - 1),
    )
