"""The totals are what the lines add up to: whatever moved, however it moved, on the right day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from fulfillment.bank.books import Hold, Posting
from fulfillment.bank.money import Money
from fulfillment.bank.opening import OpeningBooks
from fulfillment.bank.payments import PaymentOrder
from fulfillment.bank.periods import Period, month_of
from fulfillment.bank.rules import quote
from fulfillment.bank.totals import Totals
from fulfillment.store import keys
from fulfillment.store.auditing import audit
from fulfillment.store.books import Books
from fulfillment.store.loading import load_books
from fulfillment.store.totals import PartyTotals, summed
from tests.integration.store.calls import CountingClient
from tests.unit.bank.values import MIRA, NOW, account, between, dollars, to_anna

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

TODAY = NOW.astimezone(ZoneInfo(MIRA.time_zone)).date()
MARCH = month_of(date(2026, 3, 1))
LATER = NOW + timedelta(days=7)
KINDS = (
    ("card", -1, "groceries"), ("card", -1, "dining"), ("card", -1, None), ("refund", 1, "dining"),
    ("salary", 1, "income"), ("interest", 1, "income"), ("interest", -1, "fees"),
    ("cash", -1, "cash"), ("payment", -1, None), ("direct_debit", -1, "housing"),
)  # fmt: skip
SHOPS = ("Whole Foods", "Café #1 & Söhne", "Harbor Books")


def paid(
    books: Books, quote_id: str, order: PaymentOrder, hold_until: datetime | None = None
) -> None:
    books.put_quote(quote(order, "s-1", quote_id, NOW))
    books.pay(quote_id, order, "s-1", NOW, hold_until=hold_until)


def march(books: Books) -> Totals:
    return summed(books.totals.of("mira", MARCH, TODAY))["USD"]


@pytest.fixture(autouse=True)
def _the_books_agree(client: DynamoDBClient, table: str) -> Iterator[None]:
    """Whatever a test did through the bank, its totals are those of its lines."""
    yield
    assert audit(client, table).violations == []


def test_a_payment_is_spent_with_its_fee_at_once(books: Books) -> None:
    paid(books, "q-1", to_anna("50.00", fee="0.25"))
    spent = march(books).spending()
    assert (spent.total, spent.purchases) == (dollars("50.25"), 2)
    assert spent.by_category == (("payments", dollars("50.00")), ("fees", dollars("0.25")))
    assert books.totals.names("mira") == ["Anna Kovacs"]
    anna = PartyTotals("USD", out=5_000, purchases=1)
    assert books.totals.with_party("mira", "Anna Kovacs", MARCH, TODAY) == [anna]


def test_money_between_own_accounts_is_neither_spent_nor_earned(books: Books) -> None:
    paid(books, "q-1", between("checking", "savings", "100.00"))
    totals = march(books)
    assert totals.spending().total == totals.income.total == dollars("0")
    moved = {one.account_id: one.totals for one in books.totals.of("mira", MARCH, TODAY)}
    assert moved["savings"].money_in == moved["checking"].money_out == dollars("100.00")


def test_what_is_held_counts_when_and_as_far_as_it_is_posted(books: Books) -> None:
    hold = Hold(
        "mira", "checking", "h-1", NOW.replace(microsecond=0), LATER, dollars("40.00"),
        "Harbor Books", "Harbor Books", "shopping",
    )  # fmt: skip
    books.holds.authorise(hold, NOW)
    assert summed(books.totals.of("mira", MARCH, TODAY)) == {}
    books.holds.post("h-1", NOW + timedelta(hours=1), dollars("31.50"))
    assert march(books).spending("shopping").total == dollars("31.50")
    paid(books, "q-1", to_anna("50.00"), hold_until=LATER)
    books.holds.release("q-1", NOW + timedelta(hours=1))
    assert march(books).spending().total == dollars("31.50")


def test_a_reversal_takes_the_money_off_again_on_the_day_it_is_made(books: Books) -> None:
    paid(books, "q-1", to_anna("50.00", fee="0.25"))
    books.reverse("q-1", "sent twice", "clerk", NOW + timedelta(days=40))
    assert march(books).spending().total == dollars("50.25")
    both = Period(date(2026, 3, 1), date(2026, 5, 1))
    after = summed(books.totals.of("mira", both, date(2026, 4, 30)))["USD"].spending()
    assert (after.total, after.refunded) == (dollars("0"), dollars("50.25"))


def test_a_payment_that_was_refused_or_repeated_counts_no_more(books: Books) -> None:
    paid(books, "q-1", to_anna("50.00"))
    books.pay("q-1", to_anna("50.00"), "s-1", NOW)
    paid(books, "q-2", to_anna("299.00", source="credit-card"))
    assert march(books).spending().total == dollars("50.00")


def line(number: int, at: datetime, shape: tuple[str, int, str | None], minor: int) -> Posting:
    kind, sign, category = shape
    account_id = ("checking", "savings")[number % 2]
    return Posting(
        "mira", account_id, f"p-{number:05d}", f"t-{number:05d}", at, Money(sign * minor, "USD"),
        kind, f"Line {number}", SHOPS[number % 3] if kind != "cash" else None, category,
    )  # fmt: skip


def history(count: int, seed: int) -> list[Posting]:
    """Lines of the two years before now, many of them within hours of a local midnight."""
    random = Random(seed)
    long_ago = datetime(2024, 1, 2, 12, tzinfo=UTC)
    opening = ("opening", 1, None)
    made = [line(number, long_ago, opening, 10**8) for number in (0, 1)]
    for number in range(2, count):
        at = NOW - timedelta(hours=random.randrange(1, 2 * 365 * 24), minutes=30)
        shape = KINDS[random.randrange(len(KINDS))]
        made.append(line(number, at.replace(microsecond=0), shape, random.randrange(1, 99_999)))
    return made


def open_with(client: DynamoDBClient, table: str, lines: Sequence[Posting]) -> None:
    figures = {"checking": dollars("0"), "savings": dollars("0")}
    for one in lines:
        figures[one.account_id] += one.amount
    accounts = [account(name, str(figure.amount)) for name, figure in figures.items()]
    load_books(client, table, OpeningBooks([MIRA], accounts, postings=list(lines)))


PERIODS = [
    Period(TODAY, TODAY + timedelta(days=1)),
    Period(TODAY - timedelta(days=9), TODAY + timedelta(days=1)),
    Period(date(2026, 2, 1), date(2026, 3, 1)),
    Period(date(2025, 1, 1), date(2026, 1, 1)),
    Period(date(2025, 3, 17), date(2025, 11, 4)),
    Period(date(2025, 12, 30), date(2026, 1, 2)),
    Period(date(1990, 1, 1), TODAY + timedelta(days=1)),
    Period(date(1990, 1, 1), date(1990, 2, 1)),
]


@pytest.mark.parametrize("seed", [1, 2])
def test_any_period_is_what_its_lines_add_up_to(
    client: DynamoDBClient, table: str, seed: int
) -> None:
    lines = history(400, seed)
    open_with(client, table, lines)
    totals = Books(client, table).totals
    for period in PERIODS:
        start, end = period.instants(MIRA.time_zone)
        there = [one for one in lines if start <= one.booked_at < end]
        found = summed(totals.of("mira", period, TODAY))
        expected = Totals.of(there, "USD")
        assert found.get("USD", Totals("USD", {})) == expected
        for shop in SHOPS:
            at = [one for one in there if one.merchant == shop]
            spent = Totals.of(at, "USD").spending()
            income = Totals.of(at, "USD").income
            ((out, purchases, received),) = [
                (one.out - one.back, one.purchases, one.received)
                for one in totals.with_party("mira", shop, period, TODAY)
            ] or [(0, 0, 0)]
            assert (out, purchases) == (spent.total.minor, spent.purchases)
            assert received == income.total.minor
    assert totals.names("mira") == sorted(SHOPS)


def test_a_period_costs_three_queries_at_most_and_no_line_is_read(
    client: DynamoDBClient, table: str
) -> None:
    open_with(client, table, history(300, 3))
    calls = CountingClient(client)
    totals = Books(calls.as_client(), table).totals
    for period, queries in zip(PERIODS, (1, 2, 1, 1, 3, 1, 1, 1), strict=True):
        calls.reset()
        totals.of("mira", period, TODAY)
        assert calls.made == {"query": queries}, period
    read = [str(request["ExpressionAttributeValues"]) for _, request in calls.requests]
    assert not any("E#" in values for values in read)


def test_nobody_reads_the_totals_of_another_or_under_a_made_up_id(books: Books) -> None:
    paid(books, "q-1", to_anna("50.00"))
    for stranger in ("noah", "mira#A#checking", "", "mi\nra"):
        assert books.totals.of(stranger, MARCH, TODAY) == []
        assert books.totals.names(stranger) == []
        assert books.totals.with_party(stranger, "Anna Kovacs", MARCH, TODAY) == []


class Meddler:
    """Changes totals behind the bank's back, and puts them right again afterwards."""

    def __init__(self, client: DynamoDBClient, table: str) -> None:
        self._client, self._table = client, table

    def violations(self, key: keys.Key, **changes: int) -> list[str]:
        """What the audit says when the item at `key` says something else; without: is gone."""
        where = {name: {"S": value} for name, value in key.items()}
        item = self._client.get_item(TableName=self._table, Key=where)["Item"]
        self._client.delete_item(TableName=self._table, Key=where)
        if changes:
            numbers = {name: {"N": str(figure)} for name, figure in changes.items()}
            self._client.put_item(TableName=self._table, Item={**item, **numbers})
        found = audit(self._client, self._table).violations
        self._client.put_item(TableName=self._table, Item=item)
        return found


def test_the_audit_names_every_total_that_its_lines_do_not_make(
    client: DynamoDBClient, books: Books, loaded: str
) -> None:
    paid(books, "q-1", to_anna("50.00"))
    meddler = Meddler(client, loaded)
    month = keys.month_totals("mira", TODAY, "checking", "USD")
    assert meddler.violations(month, out_payments=4_999) == [
        "totals of mira, month 2026-03 checking USD: out_payments is 49.99, its lines make 50.00"
    ]
    assert meddler.violations(month, n_dining=2) == [
        "totals of mira, month 2026-03 checking USD: n_dining is 2, its lines make 0"
    ]
    day = keys.day_totals("mira", TODAY, "checking", "USD")
    assert len(meddler.violations(day)) == len(("dr", "out_payments", "n_payments"))
    party = keys.party_totals("mira", "Anna Kovacs", TODAY, "USD")
    assert meddler.violations(party, n02=3) == [
        f"totals of mira, party {keys.party_id('Anna Kovacs')} 2026-03 USD: "
        "n02 is 3, its lines make 1"
    ]
    names = keys.party_names("mira", "Anna Kovacs")
    assert meddler.violations(names) == ["names of C#mira: 'Anna Kovacs' is counted but not known"]


def test_a_line_keeps_its_day_when_its_customer_moves(
    client: DynamoDBClient, books: Books, loaded: str
) -> None:
    late = datetime(2026, 3, 3, 3, 30, tzinfo=UTC)  # the evening of the 2nd in New York
    order = to_anna("50.00")
    books.put_quote(quote(order, "s-1", "q-1", late))
    books.pay("q-1", order, "s-1", late)
    client.update_item(
        TableName=loaded,
        Key={"PK": {"S": "C#mira"}, "SK": {"S": "P"}},
        UpdateExpression="SET #zone = :zone",
        ExpressionAttributeNames={"#zone": "zone"},
        ExpressionAttributeValues={":zone": {"S": "Asia/Tokyo"}},
    )
    second = Period(date(2026, 3, 2), date(2026, 3, 3))
    assert summed(books.totals.of("mira", second, TODAY))["USD"].money_out == dollars("50.00")
    order = to_anna("20.00")
    books.put_quote(quote(order, "s-1", "q-2", late))
    books.pay("q-2", order, "s-1", late)
    third = Period(date(2026, 3, 3), date(2026, 3, 4))
    found = summed(books.totals.of("mira", third, date(2026, 3, 3)))
    assert found["USD"].money_out == dollars("20.00")
