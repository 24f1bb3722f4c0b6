"""Opening books arrive whole, or not at all, or can be loaded again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError, ReadTimeoutError

from fulfillment.bank.opening import OpeningBooks
from fulfillment.bank.rules import quote
from fulfillment.store.auditing import audit
from fulfillment.store.books import Books
from fulfillment.store.errors import (
    BooksAlreadyLoadedError,
    BooksBusyError,
    BooksError,
    CustomerNotFoundError,
    UnbalancedBooksError,
)
from fulfillment.store.loading import is_loaded, load_books
from fulfillment.store.sending import Patience
from tests.integration.store.calls import (
    Call,
    CountingClient,
    Fault,
    answer_lost,
    does_it,
    refused_with,
    request_lost,
)
from tests.unit.bank.values import (
    CHECKING,
    NOW,
    account,
    dollars,
    opening_books,
    opening_posting,
    to_anna,
)

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

WRITE = "batch_write_item"
AT_ONCE = Patience(sleep=lambda _: None, jitter=lambda ceiling: ceiling)


def long_books(lines: int) -> OpeningBooks:
    """Books of one account with this many lines of a dollar each, on as many days."""
    full = account("checking", f"{lines}.00")
    postings = [
        replace(
            opening_posting(full),
            posting_id=f"p-{number}",
            transfer_id=f"t-{number}",
            amount=dollars("1.00"),
            booked_at=opening_posting(full).booked_at - timedelta(days=number),
        )
        for number in range(lines)
    ]
    return replace(opening_books(full), postings=postings)


def leaves(count: int) -> Fault:
    """A batch write that leaves its last `count` items unprocessed."""

    def fault(real: Call, request: Mapping[str, Any]) -> Mapping[str, Any]:
        ((table, items),) = request["RequestItems"].items()
        if items[:-count]:
            real(RequestItems={table: items[:-count]})
        return {"UnprocessedItems": {table: items[-count:]}}

    return fault


def test_loaded_books_agree_with_themselves_on_both_sides(
    client: DynamoDBClient, loaded: str
) -> None:
    report = audit(client, loaded)
    assert (report.accounts, report.violations) == (3, [])
    assert report.postings == 3 + 1


def test_books_are_written_in_batches_of_twenty_five(calls: CountingClient, table: str) -> None:
    load_books(calls.as_client(), table, long_books(60))
    sizes = [
        len(request["RequestItems"][table])
        for operation, request in calls.requests
        if operation == WRITE
    ]
    assert set(sizes[:-1]) == {25}
    assert calls.made == {"put_item": 1, WRITE: len(sizes), "transact_write_items": 1}


def test_items_left_unprocessed_are_written_in_the_end(
    calls: CountingClient, client: DynamoDBClient, table: str
) -> None:
    calls.plan(WRITE, leaves(20), leaves(10), leaves(1), does_it, leaves(24))
    load_books(calls.as_client(), table, long_books(60), AT_ONCE)
    assert audit(client, table).violations == []
    assert Books(client, table).accounts("mira")[0].posted == dollars("60.00")


def test_items_left_unprocessed_for_ever_are_an_error_and_the_load_can_be_repeated(
    calls: CountingClient, client: DynamoDBClient, table: str
) -> None:
    calls.plan(WRITE, does_it, *[leaves(1)] * 5)
    with pytest.raises(BooksBusyError):
        load_books(calls.as_client(), table, long_books(60), AT_ONCE)
    assert any("cut short" in violation for violation in audit(client, table).violations)
    load_books(client, table, long_books(60))
    assert audit(client, table).violations == []


def test_throttled_batches_are_written_again(
    calls: CountingClient, client: DynamoDBClient, table: str
) -> None:
    calls.plan(WRITE, refused_with("ProvisionedThroughputExceededException"))
    load_books(calls.as_client(), table, long_books(3), AT_ONCE)
    assert audit(client, table).violations == []


def test_a_batch_that_can_never_be_accepted_is_an_error_at_once(
    calls: CountingClient, table: str
) -> None:
    calls.plan(WRITE, refused_with("AccessDeniedException"))
    with pytest.raises(ClientError, match="AccessDenied"):
        load_books(calls.as_client(), table, long_books(3), AT_ONCE)


@pytest.mark.parametrize("cut_at", range(3))
def test_a_load_cut_short_anywhere_can_be_repeated(
    calls: CountingClient, client: DynamoDBClient, table: str, cut_at: int
) -> None:
    calls.plan(WRITE, *[does_it] * cut_at, answer_lost)
    with pytest.raises(ReadTimeoutError):
        load_books(calls.as_client(), table, long_books(60))
    load_books(client, table, long_books(60))
    assert audit(client, table).violations == []


def test_a_load_whose_end_is_not_known_is_repeated_or_found_done(
    calls: CountingClient, client: DynamoDBClient, table: str
) -> None:
    calls.plan("transact_write_items", request_lost)
    with pytest.raises(BooksError):
        load_books(calls.as_client(), table, long_books(3))
    calls.plan("transact_write_items", answer_lost)
    with pytest.raises(BooksError):
        load_books(calls.as_client(), table, long_books(3))
    with pytest.raises(BooksAlreadyLoadedError):
        load_books(client, table, long_books(3))
    assert audit(client, table).violations == []


def test_books_are_not_loaded_over_what_was_paid_since(client: DynamoDBClient, table: str) -> None:
    load_books(client, table, opening_books())
    books = Books(client, table)
    books.put_quote(quote(to_anna("5.00"), "s-1", "q-1", NOW))
    books.pay("q-1", to_anna("5.00"), "s-1", NOW)
    with pytest.raises(BooksAlreadyLoadedError):
        load_books(client, table, opening_books())
    assert books.accounts("mira")[0].posted == dollars("495.00")
    assert audit(client, table).violations == []


def test_books_of_other_customers_may_be_added(client: DynamoDBClient, table: str) -> None:
    load_books(client, table, opening_books())
    load_books(client, table, opening_books(account("noahs", "70.00", customer_id="noah")))
    report = audit(client, table)
    assert (report.accounts, report.violations) == (4, [])


def test_books_that_do_not_add_up_are_refused_with_every_reason_and_nothing_is_written(
    calls: CountingClient, table: str
) -> None:
    wrong = replace(CHECKING, posted=dollars("1.00"), account_id="a#b")
    with pytest.raises(UnbalancedBooksError) as refused:
        load_books(calls.as_client(), table, replace(opening_books(), accounts=[wrong]))
    assert "the id 'a#b' cannot be part of a key" in refused.value.violations
    assert "account a#b has posted 1.00 USD, its lines make 0.00 USD" in refused.value.violations
    assert calls.made.total() == 0


def test_no_customer_is_seen_before_the_books_are_whole(
    calls: CountingClient, client: DynamoDBClient, table: str
) -> None:
    books = Books(client, table)
    calls.plan("transact_write_items", request_lost)
    with pytest.raises(BooksError):
        load_books(calls.as_client(), table, opening_books())
    assert not is_loaded(client, table, opening_books().customers)
    with pytest.raises(CustomerNotFoundError):
        books.customer("mira")
    load_books(client, table, opening_books())
    assert is_loaded(client, table, opening_books().customers)
    assert books.customer("mira").name == "Mira Hartmann"


def test_other_books_are_not_loaded_over_the_remains_of_a_load(
    calls: CountingClient, client: DynamoDBClient, table: str
) -> None:
    calls.plan("transact_write_items", request_lost)
    with pytest.raises(BooksError):
        load_books(calls.as_client(), table, long_books(3))
    with pytest.raises(BooksError, match="in part"):
        load_books(client, table, long_books(4))


def test_more_customers_than_one_transaction_takes_are_loaded(
    client: DynamoDBClient, table: str
) -> None:
    crowd = [account("own", "1.00", customer_id=f"c-{number:03d}") for number in range(120)]
    load_books(client, table, opening_books(*crowd))
    report = audit(client, table)
    assert (report.accounts, report.violations) == (120, [])
    books = Books(client, table)
    assert {books.customer(one.customer_id).name for one in crowd} == {"Mira Hartmann"}


def test_a_beginning_that_is_not_allowed_is_an_error_at_once(
    calls: CountingClient, table: str
) -> None:
    calls.plan("put_item", refused_with("AccessDeniedException"))
    with pytest.raises(ClientError, match="AccessDenied"):
        load_books(calls.as_client(), table, long_books(3))
    assert calls.made == {"put_item": 1}
