"""Faults in front of the embedded AWS, over HTTP: each at the very transaction that moves money."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fulfillment.store.auditing import audit
from fulfillment.store.loading import load_books
from infra.faults import Fault, injected
from tests.integration.faults.stories import Teller, bought_by_card, transfer
from tests.unit.bank.values import opening_books

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient


@pytest.mark.parametrize("fault", list(Fault))
def test_money_moves_once_whatever_happens_to_its_first_transactions(
    client: DynamoDBClient, table: str, fault: Fault
) -> None:
    load_books(client, table, opening_books())
    transactions = 0

    def first_two(_at: int, operation: str) -> Fault | None:
        nonlocal transactions
        transactions += operation == "TransactWriteItems"
        return fault if operation == "TransactWriteItems" and transactions <= 2 else None

    teller = Teller(client, table)
    with injected(client, first_two):
        transfer(teller)
        bought_by_card(teller)
    accounts = {one.account_id: one.posted.minor for one in teller.books().accounts("mira")}
    assert accounts == {"checking": 52_000, "savings": 95_000, "credit-card": -30_000}
    assert audit(client, table).violations == []
