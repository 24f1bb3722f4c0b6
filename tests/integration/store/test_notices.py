"""News waits for the customer, is told once, and costs a turn without news nothing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from fulfillment.bank.notices import MissedPayment
from fulfillment.bank.payments import Refusal
from fulfillment.store.books import Books
from fulfillment.store.notices import announce
from tests.unit.bank.values import NOW, dollars

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient


def missed(number: int) -> MissedPayment:
    return MissedPayment(
        notice_id=f"n-{number}",
        customer_id="mira",
        at=NOW + timedelta(minutes=number),
        amount=dollars("50.00"),
        to="Anna Kovacs",
        due=date(2026, 3, 6),
        reason=Refusal.INSUFFICIENT_FUNDS,
        goes_on=True,
    )


@pytest.fixture(autouse=True)
def _five_notices(client: DynamoDBClient, loaded: str) -> None:
    for number in range(5):
        client.transact_write_items(TransactItems=announce(loaded, missed(number)))


def test_the_oldest_few_are_read_first_and_are_gone_once_told(books: Books) -> None:
    first = books.notices.read("mira")
    assert first == [missed(0), missed(1), missed(2)]
    assert books.customer("mira").news == 5
    assert books.notices.clear(first, "t-1")
    assert books.customer("mira").news == 2
    assert books.notices.read("mira") == [missed(3), missed(4)]


def test_news_that_another_turn_told_is_counted_off_once(books: Books) -> None:
    first = books.notices.read("mira")
    assert books.notices.clear(first, "t-1")
    assert not books.notices.clear(first, "t-2")
    assert books.customer("mira").news == 2


def test_nobody_reads_the_news_of_others(books: Books) -> None:
    assert books.notices.read("someone-else") == []
    assert books.notices.read("#") == []
    assert books.notices.clear([], "t-1")
