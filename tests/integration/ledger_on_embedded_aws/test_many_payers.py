"""Many pay at once from few accounts: nothing is lost, invented, overdrawn or paid twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from random import Random
from threading import Barrier
from typing import TYPE_CHECKING

from fulfillment.bank.payments import (
    Outcome,
    Receipt,
    Refusal,
    Refused,
    TransferState,
)
from fulfillment.bank.rules import quote
from fulfillment.store.auditing import audit
from fulfillment.store.books import Books
from fulfillment.store.loading import load_books
from fulfillment.store.sweeping import release_expired_holds
from tests.load.plan import OPENING, Attempt, attempts, distinct, opening_accounts
from tests.unit.bank.values import (
    CHECKING,
    NOW,
    dollars,
    limits_of,
    opening_books,
    opening_hold,
    to_anna,
)

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

THREADS = 8
PAYMENTS_EACH = 25


def _balances(books: Books) -> dict[str, int]:
    return {one.account_id: one.available.minor for one in books.accounts("mira")}


def test_threads_with_overdrafts_and_duplicates_leave_whole_books(
    connect: Callable[[], DynamoDBClient], client: DynamoDBClient, table: str
) -> None:
    load_books(client, table, opening_books(*opening_accounts()))
    limits = limits_of("1000.00", "1000000.00", 10_000)
    plan = attempts(Random(20261123), THREADS, PAYMENTS_EACH)
    for attempt in distinct(plan):
        Books(client, table).put_quote(quote(attempt.order, "s-1", attempt.quote_id, NOW))
    start = Barrier(THREADS)

    def pay_all(own: list[Attempt]) -> list[tuple[Attempt, Outcome]]:
        books = Books(connect(), table, standing_limits=limits)
        start.wait(timeout=60)
        return [(one, books.pay(one.quote_id, one.order, "s-1", NOW)) for one in own]

    with ThreadPoolExecutor(THREADS) as pool:
        outcomes = [pair for pairs in pool.map(pay_all, plan) for pair in pairs]

    receipts = [(one, outcome) for one, outcome in outcomes if isinstance(outcome, Receipt)]
    refused = [outcome for _, outcome in outcomes if isinstance(outcome, Refused)]
    assert len(receipts) + len(refused) == THREADS * PAYMENTS_EACH
    assert {outcome.reason for outcome in refused} == {Refusal.INSUFFICIENT_FUNDS}
    assert len(receipts) > THREADS

    # Each quote was paid at most once; the others who sent it were shown the same receipt.
    first = Counter(one.quote_id for one, receipt in receipts if not receipt.replayed)
    assert set(first.values()) == {1}
    assert set(first) == {one.quote_id for one, _ in receipts}
    assert any(receipt.replayed for _, receipt in receipts)

    # What the accounts hold is what was told to the payers, to the cent.
    expected = {name: dollars(amount).minor for name, amount in OPENING.items()}
    for one, receipt in receipts:
        if not receipt.replayed:
            expected[one.order.source_account_id] -= one.order.total.minor
            if one.order.destination_id in expected:
                expected[one.order.destination_id] += one.order.amount.minor
    books = Books(client, table)
    assert _balances(books) == expected
    assert all(minor >= 0 for minor in expected.values())

    report = audit(client, table)
    assert report.violations == []
    assert report.accounts == len(OPENING)


def test_one_quote_confirmed_by_everybody_at_once_is_paid_once(
    connect: Callable[[], DynamoDBClient], client: DynamoDBClient, table: str
) -> None:
    load_books(client, table, opening_books())
    order = to_anna("10.00")
    Books(client, table).put_quote(quote(order, "s-1", "q-1", NOW))
    start = Barrier(THREADS)

    def confirm(_: int) -> Outcome:
        books = Books(connect(), table)
        start.wait(timeout=60)
        return books.pay("q-1", order, "s-1", NOW)

    with ThreadPoolExecutor(THREADS) as pool:
        outcomes = list(pool.map(confirm, range(THREADS)))
    receipts = [outcome for outcome in outcomes if isinstance(outcome, Receipt)]
    assert len(receipts) == THREADS
    assert sorted(receipt.replayed for receipt in receipts) == [False] + [True] * (THREADS - 1)
    assert len({receipt.receipt_id for receipt in receipts}) == 1
    assert _balances(Books(client, table))["checking"] == dollars("470.00").minor
    assert audit(client, table).violations == []


def test_a_days_limit_holds_however_many_pay_at_once(
    connect: Callable[[], DynamoDBClient], client: DynamoDBClient, table: str
) -> None:
    load_books(client, table, opening_books())
    limits = limits_of("10.00", "45.00", 100)
    start = Barrier(THREADS)
    order = to_anna("10.00")

    def pay(thread: int) -> Outcome:
        books = Books(connect(), table, standing_limits=limits)
        books.put_quote(quote(order, "s-1", f"q-{thread}", NOW))
        start.wait(timeout=60)
        return books.pay(f"q-{thread}", order, "s-1", NOW)

    with ThreadPoolExecutor(THREADS) as pool:
        outcomes = list(pool.map(pay, range(THREADS)))
    over = Refused(Refusal.OVER_LIMIT, allowed=dollars("5.00"))
    assert sum(isinstance(outcome, Receipt) for outcome in outcomes) == 4
    assert outcomes.count(over) == 4
    assert audit(client, table).violations == []


def test_holds_that_are_posted_released_and_swept_at_once_come_to_one_end_each(
    connect: Callable[[], DynamoDBClient], client: DynamoDBClient, table: str
) -> None:
    load_books(client, table, opening_books())
    due = NOW + timedelta(minutes=1)
    names = [f"auth-{number}" for number in range(10)]
    for name in names:
        hold = replace(opening_hold(CHECKING), hold_id=name, amount=dollars("10.00"))
        books = Books(client, table)
        books.holds.authorise(replace(hold, placed_at=NOW, expires_at=due), NOW)
    start = Barrier(THREADS)

    def settle_all(thread: int) -> list[TransferState]:
        """Whoever posts and releases believes it to be just before the end, the sweep after it."""
        desk = Books(connect(), table).holds
        start.wait(timeout=60)
        if thread % 4 == 0:
            release_expired_holds(desk, due)
        for name in names:
            if thread % 4 == 1:
                desk.post(name, NOW, dollars("6.00"))
            elif thread % 4 == 2:
                desk.release(name, NOW)
            elif thread % 4 == 3:
                desk.expire(name, due)
        return [found.state for name in names if (found := desk.find(name))]

    with ThreadPoolExecutor(THREADS) as pool:
        seen = list(pool.map(settle_all, range(THREADS)))
    ends = seen[0]
    assert TransferState.PENDING not in ends
    posted = ends.count(TransferState.POSTED)
    checking = Books(client, table).accounts("mira")[0]
    assert checking.held == dollars("20.00")
    assert checking.posted == dollars(f"{500 - 6 * posted}.00")
    assert audit(client, table).violations == []
