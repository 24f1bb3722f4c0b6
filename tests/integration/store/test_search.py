"""Searching the history: every wanted line once, newest first, one's own only, at bounded cost."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from fulfillment.bank.books import Account, Hold, Posting
from fulfillment.bank.opening import OpeningBooks
from fulfillment.store import search as searching
from fulfillment.store.books import Books
from fulfillment.store.loading import load_books
from fulfillment.store.search import Found, Line, Place, Range, place_of
from tests.integration.store.calls import CountingClient
from tests.unit.bank.values import CHECKING, MIRA, NOW, SAVINGS, dollars, opening_hold

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

FIRST = datetime(2026, 1, 1, 12, tzinfo=UTC)
OWN = ("checking", "savings")
NOAHS = replace(CHECKING, customer_id="noah")


def line(number: int, of: Account, at: datetime | None = None) -> Posting:
    return Posting(
        customer_id=of.customer_id,
        account_id=of.account_id,
        posting_id=f"p-{number:05d}",
        transfer_id=f"t-{number:05d}",
        booked_at=at or FIRST + timedelta(minutes=number),
        amount=dollars("-1.00"),
        kind="card",
        description=f"Purchase {number}",
        merchant="Whole Foods" if number % 10 == 0 else "Target",
    )


def load(
    client: DynamoDBClient, table: str, lines: Iterable[Posting], holds: Iterable[Hold] = ()
) -> None:
    """Books of Mira's two accounts and of Noah's one, with exactly these lines and holds."""
    kept, pending = list(lines), list(holds)
    accounts = []
    for account in (CHECKING, SAVINGS, NOAHS):
        owner = account.customer_id, account.account_id
        posted, held = dollars("0"), dollars("0")
        for posting in kept:
            if (posting.customer_id, posting.account_id) == owner:
                posted += posting.amount
        for hold in pending:
            if (hold.customer_id, hold.account_id) == owner:
                held += hold.amount
        accounts.append(replace(account, posted=posted, held=held, available=posted - held))
    people = [MIRA, replace(MIRA, customer_id="noah")]
    load_books(client, table, OpeningBooks(people, accounts, postings=kept, holds=pending))


def pages(
    books: Books, limit: int, wanted: Callable[[Line], bool] | None = None, **where: datetime
) -> list[Found]:
    """All pages, one after the other."""
    found = [books.lines.search("mira", Range(OWN, **where), limit, wanted)]  # type: ignore[arg-type]
    while found[-1].place is not None:
        there = Range(OWN, after=found[-1].place, **where)  # type: ignore[arg-type]
        found.append(books.lines.search("mira", there, limit, wanted))
    return found


def ids(found: Iterable[Found]) -> list[str]:
    return [posting.posting_id for page in found for posting in page.postings]


@pytest.fixture
def books(calls: CountingClient, table: str) -> Books:
    return Books(calls.as_client(), table)


@pytest.mark.parametrize("limit", [1, 2, 5, 100])
def test_pages_hold_every_line_of_all_accounts_once_and_newest_first(
    client: DynamoDBClient, table: str, books: Books, limit: int
) -> None:
    mine = [line(number, (CHECKING, SAVINGS)[number % 3 == 0]) for number in range(23)]
    load(client, table, [*mine, *(line(number, NOAHS) for number in range(100, 110))])
    found = pages(books, limit)
    assert ids(found) == [posting.posting_id for posting in reversed(mine)]
    assert all(len(page.postings) == limit for page in found[:-1])


def test_lines_of_one_second_with_one_id_on_two_accounts_are_both_paged(
    client: DynamoDBClient, table: str, books: Books
) -> None:
    twins = [line(1, CHECKING), line(1, SAVINGS), line(2, CHECKING, line(1, CHECKING).booked_at)]
    load(client, table, twins)
    found = pages(books, 1)
    assert [(p.posting_id, p.account_id) for page in found for p in page.postings] == [
        ("p-00002", "checking"), ("p-00001", "savings"), ("p-00001", "checking"),
    ]  # fmt: skip


def test_a_filter_is_paged_like_the_whole(client: DynamoDBClient, table: str, books: Books) -> None:
    load(client, table, [line(number, CHECKING) for number in range(60)])
    found = pages(books, 2, lambda one: one.merchant == "Whole Foods")
    assert ids(found) == ["p-00050", "p-00040", "p-00030", "p-00020", "p-00010", "p-00000"]
    assert found[-1].place is None


def test_a_period_holds_its_first_second_and_not_its_end(
    client: DynamoDBClient, table: str, books: Books
) -> None:
    load(client, table, [line(number, CHECKING) for number in range(10)])
    minute = timedelta(minutes=1)
    found = pages(books, 2, start=FIRST + 2 * minute, end=FIRST + 7 * minute)
    assert ids(found) == ["p-00006", "p-00005", "p-00004", "p-00003", "p-00002"]


def test_holds_come_first_and_are_left_out_where_they_are_not_asked_for(
    client: DynamoDBClient, table: str, books: Books
) -> None:
    hold = replace(opening_hold(CHECKING), placed_at=FIRST)
    load(client, table, [line(number, CHECKING) for number in range(6)], [hold])
    page = books.lines.search("mira", Range(OWN), 5)
    assert page.holds == [hold]
    assert len(page.postings) == 5
    assert books.lines.search("mira", Range(OWN, after=page.place), 5).lines == (line(0, CHECKING),)
    assert books.lines.search("mira", Range(OWN, holds=False), 5).holds == []
    assert books.lines.search("mira", Range(OWN, postings=False), 5).lines == (hold,)


def test_a_search_looks_at_a_bounded_number_of_lines_and_goes_on_from_there(
    client: DynamoDBClient,
    table: str,
    books: Books,
    calls: CountingClient,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(searching, "LOOKED_AT", 40)
    monkeypatch.setattr(searching, "_PAGE", 20)
    load(client, table, [line(number, CHECKING) for number in range(101)])
    calls.reset()
    found = books.lines.search("mira", Range(OWN), 5, lambda one: one.description == "Purchase 0")
    assert found.lines == ()
    assert found.came_to == line(61, CHECKING).booked_at
    assert calls.made == {"query": 4}
    everything = pages(books, 5, lambda one: one.description == "Purchase 0")
    assert ids(everything) == ["p-00000"]
    assert len(everything) == 3


def test_a_short_and_a_long_history_cost_the_same_calls(
    client: DynamoDBClient, table: str, books: Books, calls: CountingClient
) -> None:
    mine = [line(number, CHECKING) for number in range(30)]
    noahs = [line(number, NOAHS) for number in range(3000)]
    load(client, table, [*mine, *noahs])
    made = []
    for customer in ("mira", "noah"):
        calls.reset()
        assert len(books.lines.search(customer, Range(["checking"]), 5).postings) == 5
        made.append(dict(calls.made))
    assert made[0] == made[1] == {"query": 1}


@pytest.mark.parametrize(
    "place",
    [
        Place("", ""), Place("E#", "checking"), Place("P", "checking"),
        Place("E#2026-01-01T12:00:00Z#x", "C#noah"), Place("A#checking", "checking"),
        Place("E#2026-01-01T12:00:00Z#a#b", "checking"), Place("E#yesterday#x", "checking"),
    ],
)  # fmt: skip
def test_a_place_where_no_line_can_be_finds_nothing(
    client: DynamoDBClient, table: str, books: Books, place: Place
) -> None:
    load(client, table, [line(1, CHECKING), line(2, NOAHS)])
    assert books.lines.search("mira", Range(OWN, after=place), 5).lines == ()
    assert books.lines.at("mira", place) is None


def test_a_forged_place_or_account_shows_only_ones_own_lines(
    client: DynamoDBClient, table: str, books: Books
) -> None:
    mine, noahs = line(1, CHECKING), line(2, NOAHS)
    load(client, table, [mine, noahs])
    assert books.lines.search("mira", Range(OWN, after=place_of(noahs)), 5).lines == (mine,)
    assert books.lines.search("mira", Range(["noahs-own", "C#noah#A#checking"]), 5).lines == ()
    assert books.lines.at("mira", place_of(noahs)) is None
    assert books.lines.at("mira", place_of(mine)) == mine
    assert books.lines.at("noah#A#checking", place_of(mine)) is None


def test_a_hold_is_found_at_its_place(client: DynamoDBClient, table: str, books: Books) -> None:
    hold = opening_hold(CHECKING)
    load(client, table, [], [hold])
    assert books.lines.at("mira", place_of(hold)) == hold
    assert place_of(hold).at == hold.placed_at
    assert hold.placed_at < NOW
