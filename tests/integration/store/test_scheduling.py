"""A payment for later is agreed to, changed and cancelled once, on what was shown and no more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from fulfillment.bank.payments import Refusal, Refused, StepUp, Unknown
from fulfillment.bank.recurrence import Recurrence
from fulfillment.bank.rules import quote
from fulfillment.bank.scheduled_payments import (
    NotScheduled,
    Scheduled,
    ScheduleRefusal,
    ScheduleStatus,
    changed,
)
from fulfillment.store.auditing import audit
from fulfillment.store.books import Books
from fulfillment.store.schedule_runner import ScheduleRunner
from tests.integration.store.calls import CountingClient, answer_lost, request_lost
from tests.integration.store.schedules import (
    DUE,
    FRIDAY,
    SESSION,
    balance,
    scheduled,
    show_change,
    shown,
    stored,
)
from tests.unit.bank.values import NOW, between, to_anna

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

WRITE = "transact_write_items"


@pytest.fixture(autouse=True)
def _books_agree_afterwards(client: DynamoDBClient, loaded: str) -> Iterator[None]:
    yield
    assert audit(client, loaded).violations == []


def test_what_was_agreed_to_is_stored_and_moves_nothing_yet(books: Books) -> None:
    payment = shown(books)
    assert books.schedules.set_up(payment, SESSION, NOW) == Scheduled(payment)
    assert books.schedules.active("mira") == [payment]
    assert balance(books) == "500.00"


def test_agreeing_twice_schedules_once(books: Books) -> None:
    payment = shown(books)
    books.schedules.set_up(payment, SESSION, NOW)
    assert books.schedules.set_up(payment, SESSION, NOW) == Scheduled(payment, replayed=True)
    assert len(books.schedules.all_of("mira")) == 1


def test_an_answer_that_was_lost_is_looked_up(books: Books, calls: CountingClient) -> None:
    payment = shown(books)
    calls.plan(WRITE, answer_lost)
    assert books.schedules.set_up(payment, SESSION, NOW) == Scheduled(payment, replayed=True)


def test_a_request_that_was_lost_is_not_called_done(books: Books, calls: CountingClient) -> None:
    payment = shown(books)
    calls.plan(WRITE, request_lost)
    assert books.schedules.set_up(payment, SESSION, NOW) == Unknown("s-1")
    assert books.schedules.active("mira") == []


@pytest.mark.parametrize(
    ("session", "late", "reason"),
    [
        ("another-session", timedelta(0), Refusal.QUOTE_UNKNOWN),
        (SESSION, timedelta(minutes=6), Refusal.QUOTE_EXPIRED),
    ],
)
def test_nobody_elses_and_no_late_yes_schedules_anything(
    books: Books, session: str, late: timedelta, reason: Refusal
) -> None:
    payment = shown(books)
    assert books.schedules.set_up(payment, session, NOW + late) == NotScheduled(reason)
    assert books.schedules.all_of("mira") == []


def test_other_figures_than_those_shown_are_refused(books: Books) -> None:
    payment = shown(books)
    more = replace(payment, order=to_anna("500.00"))
    answer = books.schedules.set_up(more, SESSION, NOW)
    assert answer == NotScheduled(Refusal.QUOTE_CHANGED)
    never_shown = replace(payment, schedule_id="s-2")
    answer = books.schedules.set_up(never_shown, SESSION, NOW)
    assert answer == NotScheduled(Refusal.QUOTE_UNKNOWN)


def test_a_quote_for_later_pays_nothing_now_and_a_quote_for_now_schedules_nothing(
    books: Books,
) -> None:
    payment = shown(books)
    paid = books.pay("s-1", payment.order, SESSION, NOW)
    assert paid == Refused(Refusal.QUOTE_CHANGED)
    books.put_quote(quote(payment.order, SESSION, "q-1", NOW))
    answer = books.schedules.set_up(replace(payment, schedule_id="q-1"), SESSION, NOW)
    assert answer == NotScheduled(Refusal.QUOTE_CHANGED)


def test_a_sum_that_needs_a_code_now_needs_one_for_later_too(books: Books) -> None:
    large = shown(books, order=to_anna("2000.01"))
    answer = books.schedules.set_up(large, SESSION, NOW)
    assert answer == NotScheduled(Refusal.STEP_UP_REQUIRED)
    marked = replace(large, schedule_id="s-2")
    coded = quote(large.order, SESSION, "s-2", NOW, StepUp.DONE)
    books.put_quote(replace(coded, digest=marked.digest))
    assert books.schedules.set_up(marked, SESSION, NOW) == Scheduled(marked)


def test_a_payee_or_account_that_is_gone_meanwhile_is_refused(books: Books) -> None:
    elsewhere = shown(books, order=replace(to_anna("50.00"), destination_ref="another-account"))
    answer = books.schedules.set_up(elsewhere, SESSION, NOW)
    assert answer == NotScheduled(Refusal.UNKNOWN_PAYEE)
    from_card = shown(books, "s-2", order=to_anna("50.00", source="credit-card"))
    answer = books.schedules.set_up(from_card, SESSION, NOW)
    assert answer == NotScheduled(Refusal.ACCOUNT_NOT_ACTIVE)


def test_what_is_due_next_is_listed_first(books: Books) -> None:
    scheduled(books, "late", recurrence=Recurrence.once(FRIDAY + timedelta(days=9)))
    scheduled(books, "soon", between("checking", "savings", "5.00"), Recurrence.once(FRIDAY))
    assert [one.schedule_id for one in books.schedules.active("mira")] == ["soon", "late"]
    assert books.schedules.active("somebody-else") == []
    assert books.schedules.active("#") == []


def test_an_amount_is_changed_on_what_was_shown(books: Books) -> None:
    before = scheduled(books)
    after = changed(before, to_anna("60.00"), before.recurrence)
    show_change(books, before, after, "q-2")
    assert books.schedules.change(before, after, "q-2", SESSION, NOW) == Scheduled(after)
    again = books.schedules.change(before, after, "q-2", SESSION, NOW)
    assert again == Scheduled(after, replayed=True)
    assert stored(books).order.amount == after.order.amount


def test_a_schedule_that_was_paid_meanwhile_is_not_changed_unseen(books: Books) -> None:
    before = scheduled(books)
    after = changed(before, to_anna("60.00"), before.recurrence)
    show_change(books, before, after, "q-2")
    ScheduleRunner.of(books).run(DUE)
    answer = books.schedules.change(before, after, "q-2", SESSION, NOW)
    assert answer == NotScheduled(ScheduleRefusal.CHANGED)
    assert stored(books).order.amount == before.order.amount


def test_a_change_that_was_shown_for_one_schedule_changes_no_other(books: Books) -> None:
    one, other = scheduled(books), scheduled(books, "s-2")
    show_change(books, one, changed(one, to_anna("60.00"), one.recurrence), "q-2")
    after = changed(other, to_anna("60.00"), other.recurrence)
    answer = books.schedules.change(other, after, "q-2", SESSION, NOW)
    assert answer == NotScheduled(Refusal.QUOTE_CHANGED)


def test_a_cancelled_schedule_is_over_and_stays_so(books: Books) -> None:
    payment = scheduled(books)
    answer = books.schedules.cancel(payment, NOW)
    assert isinstance(answer, Scheduled)
    assert answer.payment.status is ScheduleStatus.CANCELLED
    assert books.schedules.cancel(payment, NOW) == replace(answer, replayed=True)
    assert books.schedules.active("mira") == []
    assert ScheduleRunner.of(books).run(DUE).as_json()["paid"] == 0
    assert balance(books) == "500.00"


def test_cancelling_what_was_just_paid_says_that_it_has_changed(books: Books) -> None:
    payment = scheduled(books)
    ScheduleRunner.of(books).run(DUE)
    answer = books.schedules.cancel(payment, DUE)
    assert answer == NotScheduled(ScheduleRefusal.CHANGED)
    answer = books.schedules.cancel(stored(books), DUE)
    assert isinstance(answer, Scheduled)


def test_what_never_was_cannot_be_cancelled(books: Books) -> None:
    payment = replace(shown(books), schedule_id="s-9")
    assert books.schedules.cancel(payment, NOW) == NotScheduled(ScheduleRefusal.UNKNOWN)
