"""What happened while a customer was away is told before the answer to their next words, once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from fulfillment.bank.recurrence import Recurrence
from fulfillment.store.books import Books
from fulfillment.store.loading import load_books
from fulfillment.store.schedule_runner import ScheduleRunner
from tests.integration.conversations.conftest import Bank
from tests.integration.store.schedules import DUE, FRIDAY, WEEKLY, scheduled
from tests.unit.bank.values import CHECKING, SAVINGS, opening_books, to_anna

DAY = timedelta(days=1)
BALANCE = ("CheckBalance", "what do i have in savings")


@pytest.fixture
def books(bank: Bank) -> Books:
    load_books(bank.client, bank.table, opening_books(CHECKING, SAVINGS))
    return Books(bank.client, bank.table)


def _missed(bank: Bank, books: Books, recurrence: Recurrence) -> None:
    scheduled(books, order=to_anna("1900.00"), recurrence=recurrence)
    for days in range(3):
        ScheduleRunner.of(books).run(DUE + days * DAY)
    bank.now = DUE + 2 * DAY


def test_a_missed_payment_is_told_once_before_the_answer(bank: Bank, books: Books) -> None:
    _missed(bank, books, WEEKLY)
    said = bank.counter().say(*BALANCE, account="savings").splitlines()
    assert said[0] == (
        "News about a scheduled payment: $1,900.00 to Anna Kovacs, due on Fri, Mar 6, was not made "
        "because there was not enough money in the account. Nothing has moved. The payments after "
        "it stay scheduled."
    )
    assert "$1,000.00" in said[1]
    assert "News" not in bank.counter().say(*BALANCE, account="savings")


def test_a_single_payment_that_was_missed_is_said_to_be_over(bank: Bank, books: Books) -> None:
    _missed(bank, books, Recurrence.once(FRIDAY))
    assert "I won't try it again." in bank.counter().say(*BALANCE, account="savings")


def test_the_list_says_what_is_tried_again_and_why(bank: Bank, books: Books) -> None:
    scheduled(books, order=to_anna("1900.00"))
    ScheduleRunner.of(books).run(DUE)
    bank.now = DUE
    said = bank.counter().say("ListScheduledPayments", "my scheduled payments")
    assert "News" not in said
    assert "not made yet: there was not enough money in the account; tried again on Mar 7" in said


def test_a_turn_without_news_reads_no_notices(bank: Bank, books: Books) -> None:
    counter = bank.counter()
    counter.say(*BALANCE, account="savings")
    assert (bank.calls.made["get_item"], bank.calls.made["query"]) == (1, 1)
