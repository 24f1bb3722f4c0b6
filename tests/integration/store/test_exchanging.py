"""Money moved between two currencies: both legs, the bank's position, and the books afterwards."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from fulfillment.bank.books import AccountKind
from fulfillment.bank.exchange import Rate
from fulfillment.bank.money import Money
from fulfillment.bank.opening import OpeningBooks
from fulfillment.bank.payment_fees import with_fee
from fulfillment.bank.payments import PaymentOrder, Receipt, Refusal, Refused, TransferState
from fulfillment.bank.rules import quote
from fulfillment.store.auditing import audit
from fulfillment.store.books import Books
from fulfillment.store.loading import load_books
from fulfillment.store.rates import GOOD_FOR, RateTable, RateTakenError
from tests.integration.store.table import create_table
from tests.unit.bank.values import (
    CHECKING,
    MIRA,
    NOW,
    account,
    between,
    dollars,
    opening_hold,
    opening_posting,
)

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

EUROS = account("savings", "200.00", kind=AccountKind.SAVINGS, currency="EUR")
RATE = Rate("USD", "EUR", Decimal("0.9184"), NOW.replace(microsecond=0), "treasury")


@pytest.fixture
def books(client: DynamoDBClient) -> Books:
    table = create_table(client)
    opening = OpeningBooks(
        [MIRA],
        [CHECKING, EUROS],
        postings=[opening_posting(CHECKING), opening_posting(EUROS)],
        holds=[opening_hold(CHECKING)],
    )
    load_books(client, table, opening)
    return Books(client, table)


def order(amount: str) -> PaymentOrder:
    return with_fee(between("checking", "savings", amount).exchange_at(RATE))


def pay(books: Books, asked: PaymentOrder, hold: bool = False) -> object:
    books.put_quote(quote(asked, "s-1", "q-1", NOW))
    until = NOW + timedelta(days=1) if hold else None
    return books.pay("q-1", asked, "s-1", NOW, hold_until=until)


def balances(books: Books) -> dict[str, Money]:
    return {one.account_id: one.posted for one in books.accounts("mira")}


def position(books: Books) -> dict[str, int]:
    """The sum of the shards, by currency."""
    sums: Counter[str] = Counter()
    for item in books.client.scan(TableName=books.table)["Items"]:
        if item["PK"]["S"].startswith("BANK#EXCHANGE") and item["SK"]["S"] == "S":
            sums[item["PK"]["S"].split("#")[2]] += int(item["posted"]["N"])
    return dict(sums)


def test_each_currency_stays_balanced_by_the_bank_s_position_in_it(books: Books) -> None:
    receipt = pay(books, order("100.00"))
    assert isinstance(receipt, Receipt)
    assert (receipt.fee, receipt.arrived) == (dollars("0.50"), Money(9184, "EUR"))
    assert balances(books) == {"checking": dollars("399.50"), "savings": Money(29184, "EUR")}
    assert position(books) == {"USD": 10_000, "EUR": -9184}
    assert audit(books.client, books.table).violations == []


def test_it_is_reversed_at_the_rate_that_it_was_made_at(books: Books) -> None:
    before = balances(books)
    pay(books, order("33.33"))
    books.reverse("q-1", "booked by mistake", "clerk-7", NOW + timedelta(hours=1))
    assert balances(books) == before
    assert set(position(books).values()) == {0}
    assert audit(books.client, books.table).violations == []


def test_what_was_held_is_exchanged_at_the_rate_that_was_agreed_in_full_or_in_part(
    books: Books,
) -> None:
    held = pay(books, order("100.00"), hold=True)
    assert isinstance(held, Receipt)
    assert held.state is TransferState.PENDING
    books.holds.post("q-1", NOW + timedelta(hours=1), dollars("50.00"))
    assert balances(books) == {"checking": dollars("449.50"), "savings": Money(24592, "EUR")}
    assert audit(books.client, books.table).violations == []


def test_an_order_without_a_rate_or_at_another_one_than_was_shown_moves_nothing(
    books: Books,
) -> None:
    assert pay(books, order("10.00").exchange_at(RATE)) is not None
    other = Rate("USD", "EUR", Decimal("0.99"), RATE.since, "treasury")
    changed = order("10.00").exchange_at(other)
    assert books.pay("q-1", changed, "s-1", NOW) == Refused(Refusal.QUOTE_CHANGED)
    books.put_quote(quote(between("checking", "savings", "10.00"), "s-1", "q-2", NOW))
    assert books.pay("q-2", between("checking", "savings", "10.00"), "s-1", NOW) == Refused(
        Refusal.CURRENCY_MISMATCH
    )
    assert audit(books.client, books.table).violations == []


def test_the_latest_rate_that_holds_is_told_with_who_set_it_and_an_old_one_is_none(
    books: Books,
) -> None:
    rates = RateTable(books.client, books.table)
    assert rates.at("USD", "EUR", NOW) is None
    rates.put(RATE)
    rates.put(RATE)
    later = Rate("USD", "EUR", Decimal("0.92"), RATE.since + timedelta(days=1), "ana")
    rates.put(later)
    assert rates.at("USD", "EUR", NOW) == RATE
    assert rates.at("USD", "EUR", NOW + timedelta(days=2)) == later
    assert rates.at("EUR", "USD", NOW) is None
    assert rates.at("USD", "EUR", NOW + timedelta(days=1) + GOOD_FOR + timedelta(hours=1)) is None
    with pytest.raises(RateTakenError):
        rates.put(Rate("USD", "EUR", Decimal("0.5"), RATE.since, "treasury"))
