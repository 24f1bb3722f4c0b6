"""Mira's bank, and a feed whose judge says what a test wants."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from fulfillment.alerts.desk_policy import shipped_desk_policy
from fulfillment.bank.analyst_cases import DeskCase
from fulfillment.bank.bank_messages import BankMessage
from fulfillment.bank.books import Card
from fulfillment.feed.desk import FeedDesk
from fulfillment.feed.transaction import read_transaction
from fulfillment.fraud.assessing import Assessor
from fulfillment.fraud.policy.model import shipped_policy
from fulfillment.store.analyst_cases import DeskCases
from fulfillment.store.auditing import audit
from fulfillment.store.bank_messages import MessageBoard
from fulfillment.store.books import Books
from fulfillment.store.feed_receipts import FeedReceipt
from fulfillment.store.loading import load_books
from fulfillment.store.sending import Patience
from tests.aws_in_process import empty_dynamodb
from tests.integration.conversations.test_judging import Scripted
from tests.integration.store.calls import CountingClient
from tests.integration.store.table import create_table
from tests.unit.bank.values import NOW, opening_books

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

PURCHASE: dict[str, Any] = {
    "kind": "card_purchase",
    "id": "auth-1",
    "at": "2026-03-02T09:30:00Z",
    "customer": "mira",
    "card": "card-1",
    "merchant": "Corner Coffee",
    "category": "dining",
    "amount": {"minor": 4500, "currency": "USD"},
}


@dataclass
class Feed:
    """`send` is what the card processor does; the rest looks at what became of it."""

    client: DynamoDBClient
    books: Books
    desk: FeedDesk
    calls: CountingClient
    scorer: Scripted

    def send(self, **changes: Any) -> FeedReceipt:
        return self.desk.take(read_transaction(json.dumps(PURCHASE | changes), NOW))

    def figures(self, account_id: str = "checking") -> tuple[str, str]:
        """What is posted and held."""
        one = next(a for a in self.books.accounts("mira") if a.account_id == account_id)
        return str(one.posted.amount), str(one.held.amount)

    def card(self) -> Card:
        [card] = self.books.cards("mira")
        return card

    def cases(self) -> list[DeskCase]:
        books = self.books
        return DeskCases(books.client, books.table, books.patience).of_customer("mira")

    def told(self) -> list[BankMessage]:
        return MessageBoard(self.books.client, self.books.table).after("mira", 0)

    def items(self, prefix: str, sort: str = "") -> list[Mapping[str, Any]]:
        found = self.client.scan(TableName=self.books.table)["Items"]
        return [
            item
            for item in found
            if item["PK"]["S"].startswith(prefix) and item["SK"]["S"].startswith(sort)
        ]

    def violations(self) -> list[str]:
        return audit(self.client, self.books.table).violations


@pytest.fixture
def feed(monkeypatch: pytest.MonkeyPatch) -> Iterator[Feed]:
    with empty_dynamodb(monkeypatch) as client:
        table = create_table(client)
        load_books(client, table, opening_books())
        calls = CountingClient(client)
        patience = Patience(sleep=lambda _: None, jitter=lambda ceiling: ceiling)
        books = Books(calls.as_client(), table, patience=patience)
        scorer = Scripted()
        assessor = Assessor(scorer, shipped_policy)
        desk = FeedDesk(books, shipped_desk_policy(), lambda: NOW, lambda: assessor)
        yield Feed(client, books, desk, calls, scorer)
