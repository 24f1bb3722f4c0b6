"""A correction is a new movement: opposite, once, and the old one stays as it was booked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from fulfillment.bank.payments import PaymentOrder, Receipt, Unknown
from fulfillment.bank.reversals import Reversal, ReversalRefusal, ReversalRefused, reversal_id
from fulfillment.bank.rules import quote
from fulfillment.store import keys
from fulfillment.store.auditing import audit
from fulfillment.store.books import Books
from fulfillment.store.errors import BooksError
from fulfillment.store.wire import encode
from tests.integration.store.calls import CountingClient, answer_lost, conflict, request_lost
from tests.integration.store.test_holds import LATER, at_the_grocer, figures
from tests.unit.bank.values import NOW, between, dollars, to_anna

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

WRITE = "transact_write_items"
SOON = NOW + timedelta(minutes=30)


@pytest.fixture(autouse=True)
def _books_agree_afterwards(client: DynamoDBClient, loaded: str) -> Iterator[None]:
    yield
    assert audit(client, loaded).violations == []


def paid(books: Books, order: PaymentOrder, quote_id: str = "q-1") -> None:
    books.put_quote(quote(order, "s-1", quote_id, NOW))
    assert isinstance(books.pay(quote_id, order, "s-1", NOW), Receipt)


def reverse(books: Books, transfer_id: str = "q-1") -> Reversal | ReversalRefused | Unknown:
    return books.reverse(transfer_id, "booked by mistake", "clerk-7", SOON)


def test_a_payment_goes_back_with_its_fee_and_both_movements_stay(books: Books) -> None:
    paid(books, to_anna("50.00", fee="0.25"))
    before = books.recent("mira", "checking", 10).postings
    done = reverse(books)
    assert isinstance(done, Reversal)
    assert (done.reverses, done.amount, done.fee) == ("q-1", dollars("50"), dollars("0.25"))
    assert figures(books) == ("500.00", "20.00", "480.00")
    after = books.recent("mira", "checking", 10).postings
    assert after[2:] == before
    assert sorted(line.amount for line in after[:2]) == [dollars("0.25"), dollars("50.00")]
    assert {line.description for line in after[:2]} == {
        "Reversal: Payment to Anna Kovacs",
        "Reversal: Fee: Payment to Anna Kovacs",
    }
    assert {line.transfer_id for line in after[:2]} == {done.transfer_id}


def test_a_transfer_goes_back_to_where_it_came_from(books: Books) -> None:
    paid(books, between("checking", "savings", "100.00"))
    assert isinstance(reverse(books), Reversal)
    assert figures(books) == ("500.00", "20.00", "480.00")
    assert figures(books, "savings") == ("1000.00", "0.00", "1000.00")


def test_what_a_merchant_took_goes_back_to_the_cent(books: Books) -> None:
    books.holds.authorise(at_the_grocer(), NOW)
    books.holds.post("auth-1", NOW, dollars("12.34"))
    done = reverse(books, "auth-1")
    assert isinstance(done, Reversal)
    assert done.amount == dollars("12.34")
    assert figures(books) == ("500.00", "20.00", "480.00")
    newest = books.recent("mira", "checking", 1).postings[0]
    assert (newest.merchant, newest.kind) == ("Green Grocer", "card")


def test_a_held_payment_that_was_posted_in_part_goes_back_as_it_was_posted(books: Books) -> None:
    order = to_anna("50.00", fee="0.25")
    books.put_quote(quote(order, "s-1", "q-1", NOW))
    books.pay("q-1", order, "s-1", NOW, hold_until=LATER)
    books.holds.post("q-1", NOW, dollars("20.00"))
    assert figures(books)[0] == "479.75"
    assert isinstance(reverse(books), Reversal)
    assert figures(books) == ("500.00", "20.00", "480.00")


def test_a_movement_is_reversed_once_and_the_first_reversal_is_told_again(books: Books) -> None:
    paid(books, to_anna("50.00"))
    first = reverse(books)
    assert isinstance(first, Reversal)
    again = books.reverse("q-1", "another reason", "clerk-8", SOON + timedelta(days=1))
    assert again == replace(first, replayed=True)
    assert figures(books)[0] == "500.00"


def test_what_never_moved_cannot_be_reversed(books: Books) -> None:
    for name in ("q-none", "a#b", ""):
        assert reverse(books, name) == ReversalRefused(ReversalRefusal.UNKNOWN)
    not_posted = ReversalRefused(ReversalRefusal.NOT_POSTED)
    assert reverse(books, "hold-checking") == not_posted
    books.holds.release("hold-checking", NOW)
    assert reverse(books, "hold-checking") == not_posted
    paid(books, to_anna("5.00"))
    reverse(books)
    refused = reverse(books, reversal_id("q-1"))
    assert refused == ReversalRefused(ReversalRefusal.IS_A_REVERSAL)


def test_money_that_is_spent_is_not_taken_below_zero(books: Books) -> None:
    paid(books, between("checking", "savings", "100.00"))
    paid(books, to_anna("300.00", source="savings"), "q-2")
    for number in range(2):
        hold = replace(
            at_the_grocer("375.00", f"auth-{number}"), account_id="savings", card_id=None
        )
        books.holds.authorise(hold, NOW)
    refused = reverse(books)
    assert refused == ReversalRefused(ReversalRefusal.MONEY_IS_SPENT, available=dollars("50.00"))


def test_nothing_goes_back_to_a_closed_account_and_all_to_a_frozen_one(
    books: Books, client: DynamoDBClient, loaded: str
) -> None:
    paid(books, to_anna("50.00"))
    paid(books, to_anna("10.00"), "q-2")

    def set_status(status: str) -> None:
        client.update_item(
            TableName=loaded,
            Key=encode({"PK": "C#mira", "SK": "A#checking"}),
            UpdateExpression="SET st = :st",
            ExpressionAttributeValues=encode({":st": status}),
        )

    set_status("closed")
    assert reverse(books) == ReversalRefused(ReversalRefusal.ACCOUNT_CLOSED)
    set_status("frozen")
    assert isinstance(reverse(books), Reversal)


def test_a_movement_whose_account_is_gone_is_named_as_damage(
    books: Books, client: DynamoDBClient, loaded: str
) -> None:
    """And is no error of the request, which is what DynamoDB calls adding to what is not there."""
    paid(books, to_anna("50.00"))
    account = encode(keys.account("mira", "checking"))
    kept = client.get_item(TableName=loaded, Key=account)["Item"]
    client.delete_item(TableName=loaded, Key=account)
    with pytest.raises(BooksError, match="not as its record says"):
        reverse(books)
    client.put_item(TableName=loaded, Item=kept)
    assert isinstance(reverse(books), Reversal)


def test_lost_requests_and_answers_reverse_once(books: Books, calls: CountingClient) -> None:
    paid(books, to_anna("50.00"))
    calls.plan(WRITE, request_lost)
    assert reverse(books) == Unknown("q-1")
    calls.plan(WRITE, conflict, answer_lost)
    done = reverse(books)
    assert isinstance(done, Reversal)
    assert not done.replayed
    calls.plan(WRITE, request_lost)
    assert reverse(books) == replace(done, replayed=True)
    assert figures(books)[0] == "500.00"
