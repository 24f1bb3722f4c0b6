"""A payee of the last hours: little may be sent to it, whoever says yes and however often."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from fulfillment.bank.books import Payee
from fulfillment.bank.payments import Receipt, Refusal, Refused, TransferState
from fulfillment.bank.rules import check_order, quote
from fulfillment.store.auditing import audit
from fulfillment.store.books import Books
from fulfillment.store.items import payee_item
from tests.unit.bank.values import ANNA, NOW, dollars, limits_of, to_anna

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

NEW = replace(ANNA, new_until=NOW + timedelta(hours=20))


@pytest.fixture
def books(books: Books, client: DynamoDBClient, loaded: str) -> Books:
    """Anna was added four hours ago; limits leave room for more than a new payee may get."""
    client.put_item(TableName=loaded, Item=payee_item(NEW))
    return replace(books, standing_limits=limits_of("5000.00", "9000.00"))


@pytest.fixture(autouse=True)
def _books_agree_afterwards(client: DynamoDBClient, loaded: str) -> Iterator[None]:
    yield
    assert audit(client, loaded).violations == []


def pay(books: Books, amount: str, name: str, hours: int = 0, *, hold: bool = False) -> object:
    now = NOW + timedelta(hours=hours)
    order = to_anna(amount, source="savings")
    books.put_quote(quote(order, "s-1", name, now))
    until = now + timedelta(days=1) if hold else None
    return books.pay(name, order, "s-1", now, hold_until=until)


def anna(books: Books) -> Payee:
    return books.payees("mira")[0]


def test_all_payments_to_a_new_payee_together_stay_within_its_sum(books: Books) -> None:
    assert isinstance(pay(books, "300.00", "q-1"), Receipt)
    refused = Refused(Refusal.NEW_PAYEE_LIMIT, allowed=dollars("200.00"))
    assert pay(books, "200.01", "q-2") == refused
    assert isinstance(pay(books, "200.00", "q-3"), Receipt)
    assert pay(books, "0.01", "q-4") == Refused(Refusal.NEW_PAYEE_LIMIT, allowed=dollars("0"))
    assert anna(books).paid == (dollars("500.00"),)


def test_the_first_payment_is_no_exception(books: Books) -> None:
    refused = Refused(Refusal.NEW_PAYEE_LIMIT, allowed=dollars("500.00"))
    assert pay(books, "500.01", "q-1") == refused


def test_after_its_first_hours_only_the_ordinary_limits_stand(books: Books) -> None:
    pay(books, "500.00", "q-1")
    assert isinstance(pay(books, "400.00", "q-2", hours=20), Receipt)


def test_what_was_held_and_given_back_is_no_longer_counted(books: Books) -> None:
    held = pay(books, "500.00", "q-1", hold=True)
    assert isinstance(held, Receipt)
    assert held.state is TransferState.PENDING
    assert pay(books, "1.00", "q-2") == Refused(Refusal.NEW_PAYEE_LIMIT, allowed=dollars("0"))
    books.holds.release("q-1", NOW)
    assert anna(books).paid == (dollars("0"),)
    assert isinstance(pay(books, "500.00", "q-3"), Receipt)


def test_the_customer_is_told_before_the_figures_are_shown(books: Books) -> None:
    accounts, payees = books.accounts_and_payees("mira")
    limits = books.limits("mira", NOW)
    refused = check_order(to_anna("500.01", source="savings"), accounts, payees, NOW, limits)
    assert refused == Refused(Refusal.NEW_PAYEE_LIMIT, allowed=dollars("500.00"))


def test_the_audit_names_a_payee_whose_count_was_changed(
    books: Books, client: DynamoDBClient, loaded: str
) -> None:
    pay(books, "300.00", "q-1")
    key = {"PK": {"S": "C#mira"}, "SK": {"S": "B#anna"}}

    def count(minor: int) -> None:
        client.update_item(
            TableName=loaded,
            Key=key,
            UpdateExpression="SET paid_USD = :minor",
            ExpressionAttributeValues={":minor": {"N": str(minor)}},
        )

    count(0)
    assert audit(client, loaded).violations == [
        "payee anna of mira: what is counted for it is not what was paid to it"
    ]
    count(30_000)
