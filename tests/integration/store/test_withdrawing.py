"""A quote comes to one end: it is paid, or it is out of force and nothing can pay it any more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from fulfillment.bank.payments import (
    NotMade,
    PaymentOrder,
    Receipt,
    Refusal,
    Refused,
    Unknown,
)
from fulfillment.bank.rules import quote
from fulfillment.store.auditing import audit
from fulfillment.store.books import Books
from fulfillment.store.reconciling import settle_doubts
from fulfillment.store.sweeping import Sweep
from tests.integration.store.calls import CountingClient, answer_lost, conflict, request_lost
from tests.unit.bank.values import NOW, to_anna

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

PAY = "transact_write_items"
GONE = NotMade("q-1")


@pytest.fixture(autouse=True)
def _books_agree_afterwards(client: DynamoDBClient, loaded: str) -> Iterator[None]:
    yield
    assert audit(client, loaded).violations == []


@pytest.fixture
def order(books: Books, calls: CountingClient) -> PaymentOrder:
    order = to_anna("50.00")
    books.put_quote(quote(order, "s-1", "q-1", NOW))
    calls.reset()
    return order


def test_a_withdrawn_quote_pays_nothing_however_soon_the_yes_comes(
    books: Books, order: PaymentOrder
) -> None:
    assert books.quotes.withdraw("mira", "q-1", "s-1", NOW) == GONE
    assert books.quotes.withdraw("mira", "q-1", "s-1", NOW) == GONE
    assert books.pay("q-1", order, "s-1", NOW) == Refused(Refusal.QUOTE_EXPIRED)


def test_what_was_paid_is_told_and_cannot_be_withdrawn(books: Books, order: PaymentOrder) -> None:
    paid = books.pay("q-1", order, "s-1", NOW)
    assert isinstance(paid, Receipt)
    assert books.quotes.withdraw("mira", "q-1", "s-1", NOW) == replace(paid, replayed=True)


@pytest.mark.parametrize(
    ("customer", "quote_id", "session"),
    [("mira", "q-1", "s-2"), ("otto", "q-1", "s-1"), ("mira", "q-9", "s-1"), ("mira", "#", "s-1")],
)
def test_nobody_else_can_withdraw_it(
    books: Books, order: PaymentOrder, customer: str, quote_id: str, session: str
) -> None:
    assert books.quotes.withdraw(customer, quote_id, session, NOW) == NotMade(quote_id)
    assert isinstance(books.pay("q-1", order, "s-1", NOW), Receipt)
    assert not isinstance(books.quotes.withdraw(customer, quote_id, session, NOW), Receipt)


def test_silence_is_no_answer_and_asking_again_finds_it(
    books: Books, calls: CountingClient, order: PaymentOrder
) -> None:
    calls.plan(PAY, request_lost)
    assert books.quotes.withdraw("mira", "q-1", "s-1", NOW) == Unknown("q-1")
    calls.plan(PAY, answer_lost)
    assert books.quotes.withdraw("mira", "q-1", "s-1", NOW) == Unknown("q-1")
    assert books.quotes.withdraw("mira", "q-1", "s-1", NOW) == GONE


def test_a_quote_that_others_write_to_each_time_stays_in_doubt(
    books: Books, calls: CountingClient, order: PaymentOrder
) -> None:
    calls.plan(PAY, *[conflict] * 5)
    assert books.quotes.withdraw("mira", "q-1", "s-1", NOW) == Unknown("q-1")


def test_the_pass_over_doubts_puts_what_was_not_paid_out_of_force_once(
    books: Books, order: PaymentOrder
) -> None:
    assert books.quotes.doubt("mira", "q-1", NOW)
    assert settle_doubts(books.quotes, NOW) == Sweep(settled=1)
    assert books.pay("q-1", order, "s-1", NOW) == Refused(Refusal.QUOTE_EXPIRED)
    assert settle_doubts(books.quotes, NOW) == Sweep()


def test_the_pass_over_doubts_finds_what_was_paid_and_leaves_it(
    books: Books, calls: CountingClient, order: PaymentOrder
) -> None:
    calls.plan(PAY, answer_lost)
    calls.plan("get_item", request_lost)
    assert books.pay("q-1", order, "s-1", NOW, zone="UTC") == Unknown("q-1")
    assert books.quotes.doubt("mira", "q-1", NOW)
    assert settle_doubts(books.quotes, NOW) == Sweep(already=1)
    assert settle_doubts(books.quotes, NOW) == Sweep()
    assert isinstance(books.pay("q-1", order, "s-1", NOW), Receipt)


def test_a_doubt_that_meets_silence_is_left_for_the_next_pass(
    books: Books, calls: CountingClient, order: PaymentOrder
) -> None:
    assert books.quotes.doubt("mira", "q-1", NOW)
    calls.plan(PAY, request_lost)
    assert settle_doubts(books.quotes, NOW) == Sweep(left=1)
    assert settle_doubts(books.quotes, NOW, lambda: False) == Sweep(left=1)
    assert settle_doubts(books.quotes, NOW) == Sweep(settled=1)


def test_a_doubt_that_cannot_be_noted_is_said_to_be_so(
    books: Books, calls: CountingClient, order: PaymentOrder
) -> None:
    calls.plan("update_item", request_lost)
    assert not books.quotes.doubt("mira", "q-1", NOW)
    assert not books.quotes.doubt("mira", "q-9", NOW)
