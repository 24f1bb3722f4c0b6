"""Each due day is paid once, in its turn, whatever the scheduler and the table go through."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from fulfillment.bank.payments import Refusal
from fulfillment.bank.recurrence import Frequency, Recurrence, leaves_at
from fulfillment.bank.rules import quote
from fulfillment.bank.scheduled_payments import ScheduleStatus, changed, transfer_id
from fulfillment.store import keys
from fulfillment.store.auditing import audit
from fulfillment.store.books import Books
from fulfillment.store.schedule_runner import ScheduleRunner
from fulfillment.store.wire import encode
from tests.integration.store.calls import (
    Call,
    CountingClient,
    answer_lost,
    conflict,
    request_lost,
)
from tests.integration.store.schedules import (
    DUE,
    FRIDAY,
    SESSION,
    WEEKLY,
    ZONE,
    balance,
    scheduled,
    show_change,
    stored,
)
from tests.unit.bank.values import NOW, between, dollars, to_anna

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

WRITE = "transact_write_items"
DAY = timedelta(days=1)
NOTHING = {"paid": 0, "retried": 0, "missed": 0, "already": 0, "left": 0}


@pytest.fixture(autouse=True)
def _books_agree_afterwards(client: DynamoDBClient, loaded: str) -> Iterator[None]:
    yield
    assert audit(client, loaded).violations == []


def test_what_is_due_is_paid_when_it_is_due_and_once(books: Books) -> None:
    scheduled(books)
    assert ScheduleRunner.of(books).run(DUE - timedelta(seconds=1)).as_json() == NOTHING
    assert ScheduleRunner.of(books).run(DUE).as_json() == NOTHING | {"paid": 1}
    assert ScheduleRunner.of(books).run(DUE + DAY).as_json() == NOTHING
    assert balance(books) == "450.00"
    payment = stored(books)
    assert (payment.paid, payment.due) == (1, FRIDAY + timedelta(days=7))


def test_the_line_on_the_account_reads_like_any_payment(books: Books) -> None:
    scheduled(books)
    ScheduleRunner.of(books).run(DUE)
    line = books.recent("mira", "checking", 1).postings[0]
    assert line.transfer_id == transfer_id("s-1", FRIDAY)
    assert (line.description, line.amount) == ("Payment to Anna Kovacs", -dollars("50.00"))


def test_own_accounts_and_cards_are_paid_too(books: Books) -> None:
    scheduled(books, "a", between("checking", "savings", "30.00"), Recurrence.once(FRIDAY))
    scheduled(books, "b", between("checking", "credit-card", "20.00"), Recurrence.once(FRIDAY))
    assert ScheduleRunner.of(books).run(DUE).as_json() == NOTHING | {"paid": 2}
    figures = [balance(books, name) for name in ("checking", "savings", "credit-card")]
    assert figures == ["450.00", "1030.00", "-280.00"]
    assert stored(books, "a").status is ScheduleStatus.FINISHED


def test_what_a_stopped_scheduler_missed_is_made_up_for_in_one_run(books: Books) -> None:
    scheduled(books)
    assert ScheduleRunner.of(books).run(DUE + 3 * 7 * DAY).as_json() == NOTHING | {"paid": 4}
    assert balance(books) == "300.00"
    assert stored(books).paid == 4


THE_DAY_BEFORE = FRIDAY - DAY


def _move(books: Books, source: str, destination: str, amount: str, day: date) -> None:
    """Money that a scheduled transfer of its own moves on `day`."""
    name = f"move-{day}"
    scheduled(books, name, between(source, destination, amount), Recurrence.once(day))
    ScheduleRunner.of(books).run(leaves_at(day, ZONE))
    assert stored(books, name).paid == 1


def test_too_little_money_is_tried_on_three_days_then_missed_and_told(books: Books) -> None:
    scheduled(books, order=to_anna("250.00"))
    _move(books, "checking", "savings", "300.00", THE_DAY_BEFORE)
    assert ScheduleRunner.of(books).run(DUE).as_json() == NOTHING | {"retried": 1}
    assert ScheduleRunner.of(books).run(DUE + timedelta(hours=5)).as_json() == NOTHING
    assert books.customer("mira").news == 0
    assert ScheduleRunner.of(books).run(DUE + DAY).as_json() == NOTHING | {"retried": 1}
    assert ScheduleRunner.of(books).run(DUE + 2 * DAY).as_json() == NOTHING | {"missed": 1}
    assert books.customer("mira").news == 1
    (notice,) = books.notices.read("mira")
    assert (notice.to, notice.amount, notice.due, notice.reason, notice.goes_on) == (
        "Anna Kovacs", dollars("250.00"), FRIDAY, Refusal.INSUFFICIENT_FUNDS, True,
    )  # fmt: skip
    # The next week is tried as if nothing had been.
    assert (stored(books).due, stored(books).tries) == (FRIDAY + 7 * DAY, 0)


def test_a_payment_goes_through_on_a_later_try(books: Books) -> None:
    scheduled(books, order=to_anna("250.00"))
    _move(books, "checking", "savings", "300.00", THE_DAY_BEFORE)
    assert ScheduleRunner.of(books).run(DUE).as_json() == NOTHING | {"retried": 1}
    books.put_quote(quote(between("savings", "checking", "100.00"), SESSION, "q-9", DUE))
    books.pay("q-9", between("savings", "checking", "100.00"), SESSION, DUE)
    assert ScheduleRunner.of(books).run(DUE + DAY).as_json() == NOTHING | {"paid": 1}
    assert (stored(books).paid, stored(books).trouble) == (1, None)
    assert stored(books).due == FRIDAY + 7 * DAY
    assert books.notices.read("mira") == []


def test_the_limits_of_the_day_hold_for_scheduled_payments(books: Books) -> None:
    """450 a day in these books, 300 a payment."""
    scheduled(books, "a", between("savings", "checking", "300.00"))
    scheduled(books, "b", between("savings", "checking", "300.00"))
    run = ScheduleRunner.of(books).run(DUE)
    assert (run.paid, run.retried) == (1, 1)
    assert sorted(str(stored(books, name).trouble) for name in ("a", "b")) == [
        "None", "over_limit",
    ]  # fmt: skip


def test_a_payee_who_is_gone_stops_the_schedule_and_is_told(
    books: Books, client: DynamoDBClient, loaded: str
) -> None:
    scheduled(books)
    client.update_item(
        TableName=loaded,
        Key=encode(keys.payee("mira", "anna")),
        UpdateExpression="SET active = :no",
        ExpressionAttributeValues=encode({":no": False}),
    )
    assert ScheduleRunner.of(books).run(DUE).as_json() == NOTHING | {"missed": 1}
    assert stored(books).status is ScheduleStatus.STOPPED
    assert [one.goes_on for one in books.notices.read("mira")] == [False]
    assert ScheduleRunner.of(books).run(DUE + 30 * DAY).as_json() == NOTHING


@pytest.mark.parametrize("fault", [answer_lost, request_lost])
def test_silence_is_settled_by_the_next_run(
    books: Books, calls: CountingClient, fault: Any
) -> None:
    scheduled(books)
    calls.plan(WRITE, fault)
    assert ScheduleRunner.of(books).run(DUE).as_json() == NOTHING | {"left": 1}
    ScheduleRunner.of(books).run(DUE)
    assert balance(books) == "450.00"
    assert stored(books).paid == 1


def test_a_busy_account_is_left_for_the_next_run(books: Books, calls: CountingClient) -> None:
    scheduled(books)
    calls.plan(WRITE, *[conflict] * 5)
    assert ScheduleRunner.of(books).run(DUE).as_json() == NOTHING | {"left": 1}
    assert ScheduleRunner.of(books).run(DUE).as_json() == NOTHING | {"paid": 1}


def test_a_run_without_time_leaves_everything(books: Books) -> None:
    scheduled(books)
    assert ScheduleRunner.of(books).run(DUE, lambda: False).as_json() == NOTHING | {"left": 1}
    assert balance(books) == "500.00"


def test_another_run_at_the_same_moment_pays_nothing_twice(
    books: Books, calls: CountingClient
) -> None:
    def paid_meanwhile(real: Call, request: Mapping[str, Any]) -> Mapping[str, Any]:
        calls.plan(WRITE)
        ScheduleRunner.of(books).run(DUE)
        return real(**request)

    scheduled(books)
    calls.plan(WRITE, paid_meanwhile)
    assert ScheduleRunner.of(books).run(DUE).as_json() == NOTHING | {"already": 1}
    assert balance(books) == "450.00"


def test_a_cancellation_at_the_same_moment_wins_or_loses_whole(
    books: Books, calls: CountingClient
) -> None:
    def cancelled_meanwhile(real: Call, request: Mapping[str, Any]) -> Mapping[str, Any]:
        calls.plan(WRITE)
        books.schedules.cancel(stored(books), DUE)
        return real(**request)

    scheduled(books)
    calls.plan(WRITE, cancelled_meanwhile)
    assert ScheduleRunner.of(books).run(DUE).as_json() == NOTHING | {"already": 1}
    assert balance(books) == "500.00"
    assert stored(books).status is ScheduleStatus.CANCELLED


def test_a_day_that_was_paid_is_not_paid_again_after_its_days_were_changed(books: Books) -> None:
    scheduled(books)
    ScheduleRunner.of(books).run(DUE)
    before = stored(books)
    monthly = Recurrence(Frequency.MONTHLY, FRIDAY, FRIDAY.day)
    after = changed(before, before.order, monthly)
    show_change(books, before, after, "q-2")
    books.schedules.change(before, after, "q-2", SESSION, NOW)
    assert ScheduleRunner.of(books).run(DUE).as_json() == NOTHING | {"already": 1}
    assert balance(books) == "450.00"
    assert (stored(books).paid, stored(books).due) == (1, date(2026, 4, 6))


def test_a_day_whose_id_another_movement_has_taken_is_not_passed_over(
    books: Books, client: DynamoDBClient, loaded: str
) -> None:
    scheduled(books)
    taken = encode(keys.transfer(transfer_id("s-1", FRIDAY)))
    client.put_item(TableName=loaded, Item={**taken, **encode({"cid": "otto", "sid": "s-1"})})
    assert ScheduleRunner.of(books).run(DUE).as_json() == NOTHING | {"left": 1}
    payment = stored(books)
    assert (payment.paid, payment.due) == (0, FRIDAY)
    client.delete_item(TableName=loaded, Key=taken)
    assert ScheduleRunner.of(books).run(DUE).as_json() == NOTHING | {"paid": 1}


def test_one_schedule_that_fails_does_not_stop_the_others(
    books: Books, calls: CountingClient
) -> None:
    scheduled(books, "a")
    scheduled(books, "b", recurrence=replace(WEEKLY, times=1))
    calls.plan(WRITE, *[conflict] * 5)
    assert ScheduleRunner.of(books).run(DUE).as_json() == NOTHING | {"paid": 1, "left": 1}
    assert ScheduleRunner.of(books).run(DUE).as_json() == NOTHING | {"paid": 1}
    assert stored(books, "b").status is ScheduleStatus.FINISHED
    assert balance(books) == "400.00"


def test_a_run_without_anything_due_reads_the_queues_and_no_more(
    books: Books, calls: CountingClient
) -> None:
    scheduled(books)
    calls.reset()
    ScheduleRunner.of(books).run(DUE - DAY)
    assert dict(calls.made) == {"query": keys.DUE_QUEUES}
