"""An embedded AWS for these tests, and clients and tables on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from tests.embedded_aws import dynamodb_at, embedded_aws
from tests.integration.store.table import create_table

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient


@pytest.fixture(scope="session")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the embedded AWS answers."""
    with embedded_aws(tmp_path_factory.mktemp("embedded-aws")) as address:
        yield address


@pytest.fixture
def connect(endpoint: str) -> Iterator[Callable[[], DynamoDBClient]]:
    """Makes clients of the embedded DynamoDB, each with connections of its own."""
    made: list[DynamoDBClient] = []

    def client() -> DynamoDBClient:
        made.append(dynamodb_at(endpoint))
        return made[-1]

    yield client
    for one in made:
        one.close()


@pytest.fixture
def client(connect: Callable[[], DynamoDBClient]) -> DynamoDBClient:
    return connect()


@pytest.fixture
def table(client: DynamoDBClient) -> Iterator[str]:
    """A fresh table for one test."""
    name = create_table(client)
    yield name
    client.delete_table(TableName=name)
