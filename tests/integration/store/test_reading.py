"""Reading: one's own things, exactly, a page at a time, at a cost that history does not raise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest

from fulfillment.bank.books import Account, Hold, Posting
from fulfillment.bank.opening import OpeningBooks
from fulfillment.store.books import Books
from fulfillment.store.errors import CorruptItemError, CustomerNotFoundError
from fulfillment.store.loading import load_books
from tests.integration.store.calls import CountingClient
from tests.unit.bank.values import (
    ACCOUNTS,
    ANNA,
    CHECKING,
    DEBIT_CARD,
    MIRA,
    NOW,
    account,
    dollars,
    opening_books,
    opening_hold,
    opening_posting,
)

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

FIRST = datetime(2026, 1, 1, 12, tzinfo=UTC)


def line(number: int, at: datetime, of: Account = CHECKING) -> Posting:
    return Posting(
        customer_id=of.customer_id,
        account_id=of.account_id,
        posting_id=f"p-{number:04d}",
        transfer_id=f"t-{number:04d}",
        booked_at=at,
        amount=dollars("-1.00"),
        kind="card",
        description=f"Purchase {number}",
        merchant="Whole Foods" if number % 2 else None,
        category="groceries",
    )


def load_lines(
    client: DynamoDBClient, table: str, lines: Iterable[Posting], holds: Iterable[Hold] = ()
) -> None:
    """Books of Mira's checking account alone, with exactly these lines and holds."""
    kept, pending = list(lines), list(holds)
    posted, held = dollars("0"), dollars("0")
    for posting in kept:
        posted += posting.amount
    for hold in pending:
        held += hold.amount
    checking = replace(CHECKING, posted=posted, held=held, available=posted - held)
    load_books(
        client,
        table,
        OpeningBooks(customers=[MIRA], accounts=[checking], postings=kept, holds=pending),
    )


def whole_history(books: Books, page: int) -> tuple[list[Posting], list[int]]:
    """All postings by paging, and how many each page held."""
    postings: list[Posting] = []
    sizes: list[int] = []
    cursor: str | None = None
    while True:
        found = books.recent("mira", "checking", page, cursor)
        postings += found.postings
        sizes.append(len(found.postings))
        cursor = found.cursor
        if cursor is None:
            return postings, sizes


def test_everything_that_was_loaded_reads_back_as_it_was(books: Books) -> None:
    assert books.customer("mira") == MIRA
    by_id = {one.account_id: one for one in ACCOUNTS}
    assert books.accounts("mira") == [by_id[name] for name in sorted(by_id)]
    assert books.cards("mira") == [DEBIT_CARD]
    assert books.payees("mira") == [ANNA]
    page = books.recent("mira", "checking", 10)
    assert page.postings == (opening_posting(CHECKING),)
    assert page.holds == (opening_hold(CHECKING),)
    assert page.cursor is None


def test_a_payee_without_a_nickname_has_none_and_a_removed_one_is_not_listed(
    client: DynamoDBClient, table: str
) -> None:
    plain = replace(ANNA, payee_id="plain", nickname=None)
    removed = replace(ANNA, payee_id="removed", active=False)
    load_books(client, table, replace(opening_books(), payees=[plain, removed]))
    books = Books(client, table)
    assert books.payees("mira") == [plain]
    accounts, payees = books.accounts_and_payees("mira")
    assert (accounts, payees) == (books.accounts("mira"), [plain])


def test_a_customer_sees_nothing_of_anothers(client: DynamoDBClient, table: str) -> None:
    noahs = account("noahs-own", "70.00", customer_id="noah")
    load_books(client, table, opening_books(*ACCOUNTS, noahs))
    books = Books(client, table)
    assert [one.account_id for one in books.accounts("noah")] == ["noahs-own"]
    assert books.cards("noah") == []
    assert books.recent("noah", "checking", 5).postings == ()
    assert books.recent("mira", "noahs-own", 5).postings == ()
    assert list(books.postings_between("mira", "noahs-own", FIRST, NOW)) == []


@pytest.mark.parametrize("hostile", ["nobody", "", "mira#A#checking", "m" * 3000, "mira\n", "*"])
def test_an_unknown_or_hostile_id_finds_nothing(books: Books, hostile: str) -> None:
    with pytest.raises(CustomerNotFoundError):
        books.customer(hostile)
    assert books.accounts(hostile) == []
    assert books.cards(hostile) == []
    assert books.payees(hostile) == []
    assert books.recent("mira", hostile, 5).postings == ()
    assert list(books.postings_between("mira", hostile, FIRST, NOW)) == []
    assert books.limits(hostile, NOW).ceilings == books.standing_limits.ceilings


def test_paging_shows_each_line_once_newest_first(client: DynamoDBClient, table: str) -> None:
    lines = [line(number, FIRST + timedelta(hours=number // 3)) for number in range(23)]
    load_lines(client, table, lines)
    books = Books(client, table)
    postings, sizes = whole_history(books, 5)
    assert postings == list(reversed(lines))
    assert sizes == [5, 5, 5, 5, 3]


@pytest.mark.parametrize(("lines", "sizes"), [(0, [0]), (4, [4]), (8, [4, 4]), (9, [4, 4, 1])])
def test_the_last_page_says_that_it_is_the_last(
    client: DynamoDBClient, table: str, lines: int, sizes: list[int]
) -> None:
    load_lines(client, table, [line(n, FIRST + timedelta(days=n)) for n in range(lines)])
    assert whole_history(Books(client, table), 4)[1] == sizes


def test_pending_items_come_newest_first_and_on_the_first_page_only(
    client: DynamoDBClient, table: str
) -> None:
    holds = [
        replace(opening_hold(CHECKING), hold_id=f"h-{n}", placed_at=FIRST + timedelta(days=40 + n))
        for n in range(3)
    ]
    load_lines(client, table, [line(n, FIRST + timedelta(days=n)) for n in range(4)], holds)
    books = Books(client, table)
    first = books.recent("mira", "checking", 2)
    assert [hold.hold_id for hold in first.holds] == ["h-2", "h-1", "h-0"]
    second = books.recent("mira", "checking", 2, first.cursor)
    assert second.holds == ()
    assert [posting.posting_id for posting in second.postings] == ["p-0001", "p-0000"]


def test_more_pending_items_than_foreseen_are_all_shown(client: DynamoDBClient, table: str) -> None:
    holds = [replace(opening_hold(CHECKING), hold_id=f"h-{n:02d}") for n in range(30)]
    load_lines(client, table, [line(n, FIRST + timedelta(days=n)) for n in range(6)], holds)
    page = Books(client, table).recent("mira", "checking", 5)
    assert len(page.holds) == 30
    assert len(page.postings) == 5
    assert page.cursor is not None


@pytest.mark.parametrize(
    "cursor",
    ["", "x", "#", "2026-01-01T12:00:00Z", "2026-01-01#p", "2026-01-01T12:00:00Z#a#b", "E#", "~"],
)
def test_a_cursor_of_somebodys_own_making_reads_as_the_end(books: Books, cursor: str) -> None:
    page = books.recent("mira", "checking", 5, cursor)
    assert (page.postings, page.cursor) == ((), None)


def test_asking_for_no_lines_at_all_is_answered_with_none(books: Books) -> None:
    assert books.recent("mira", "checking", 0).postings == ()


def test_a_period_is_exact_at_both_ends(client: DynamoDBClient, table: str) -> None:
    start, end = FIRST, FIRST + timedelta(days=31)
    moments = [
        start - timedelta(seconds=1), start, start + timedelta(seconds=1),
        end - timedelta(seconds=1), end, end + timedelta(seconds=1),
    ]  # fmt: skip
    lines = [line(number, at) for number, at in enumerate(moments)]
    load_lines(client, table, lines)
    books = Books(client, table)
    assert list(books.postings_between("mira", "checking", start, end)) == lines[1:4]
    elsewhere = timezone(timedelta(hours=-5))
    in_local_time = start.astimezone(elsewhere), end.astimezone(elsewhere)
    assert list(books.postings_between("mira", "checking", *in_local_time)) == lines[1:4]
    assert list(books.postings_between("mira", "checking", end, start)) == []
    assert list(books.postings_between("mira", "checking", start, start)) == []


def test_a_period_longer_than_one_answer_is_read_to_its_end(
    client: DynamoDBClient, table: str, calls: CountingClient
) -> None:
    long_text = "x" * 20_000
    lines = [
        replace(line(number, FIRST + timedelta(hours=number)), description=long_text)
        for number in range(60)
    ]
    load_lines(client, table, lines)
    books = Books(calls.as_client(), table)
    found = list(books.postings_between("mira", "checking", FIRST, NOW))
    assert found == lines
    assert calls.made["query"] > 1


def test_a_time_without_a_zone_is_refused(books: Books) -> None:
    naive = NOW.replace(tzinfo=None)
    with pytest.raises(ValueError, match="zone"):
        list(books.postings_between("mira", "checking", naive, NOW))


@pytest.mark.parametrize("lines", [30, 300])
def test_the_calls_of_a_read_do_not_grow_with_history(
    client: DynamoDBClient, table: str, calls: CountingClient, lines: int
) -> None:
    load_lines(client, table, [line(n, FIRST + timedelta(minutes=n)) for n in range(lines)])
    books = Books(calls.as_client(), table)
    page = books.recent("mira", "checking", 10)
    assert calls.made == {"query": 1}
    assert calls.requests[0][1]["Limit"] == 21
    books.recent("mira", "checking", 10, page.cursor)
    assert calls.made == {"query": 2}
    calls.reset()
    books.accounts("mira")
    books.accounts_and_payees("mira")
    books.customer("mira")
    assert calls.made == {"query": 2, "get_item": 1}


def test_every_read_is_strongly_consistent(books: Books, calls: CountingClient) -> None:
    calls.reset()
    books.customer("mira")
    books.accounts("mira")
    books.recent("mira", "checking", 5)
    books.limits("mira", NOW)
    assert all(request["ConsistentRead"] for _, request in calls.requests)
    assert len(calls.requests) == 4


@pytest.mark.parametrize(
    ("sort", "name", "value"),
    [("A#checking", "posted", "many"), ("A#checking", "ver", None), ("B#anna", "active", "yes")],
)
def test_an_item_that_the_bank_could_not_have_written_is_an_error(
    books: Books, client: DynamoDBClient, loaded: str, sort: str, name: str, value: str | None
) -> None:
    key = {"PK": {"S": "C#mira"}, "SK": {"S": sort}}
    item = client.get_item(TableName=loaded, Key=key)["Item"]
    item.pop(name)
    if value is not None:
        item[name] = {"S": value}
    client.put_item(TableName=loaded, Item=item)
    with pytest.raises(CorruptItemError, match=name):
        books.accounts_and_payees("mira")
