"""The bank's table in an in-process DynamoDB, for what the fraud features remember."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from fulfillment.fraud.remembering import FraudMemory
from fulfillment.store.counting import CounterTable
from fulfillment.store.sending import Patience
from tests.aws_in_process import empty_dynamodb
from tests.integration.store.calls import CountingClient
from tests.integration.store.table import create_table

if TYPE_CHECKING:
    pass


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Iterator[CountingClient]:
    with empty_dynamodb(monkeypatch) as client:
        yield CountingClient(client)


@pytest.fixture
def memory(calls: CountingClient) -> FraudMemory:
    """A memory that never waits."""
    table = create_table(calls.as_client())
    calls.reset()
    patience = Patience(sleep=lambda _: None, jitter=lambda ceiling: ceiling)
    return FraudMemory(CounterTable(calls.as_client(), table, patience))
