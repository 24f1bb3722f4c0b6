"""The sweep gives back what is overdue, however often it runs and whatever goes on beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from fulfillment.bank.payments import TransferState
from fulfillment.store.auditing import audit
from fulfillment.store.books import Books
from fulfillment.store.sweeping import Sweep, release_expired_holds
from tests.integration.store.calls import (
    Call,
    CountingClient,
    answer_lost,
    conflict,
    request_lost,
)
from tests.integration.store.test_holds import LATER, SOON, at_the_grocer, figures
from tests.unit.bank.values import NOW

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

WRITE = "transact_write_items"


@pytest.fixture(autouse=True)
def _books_agree_afterwards(client: DynamoDBClient, loaded: str) -> Iterator[None]:
    yield
    assert audit(client, loaded).violations == []


@pytest.fixture(autouse=True)
def _three_holds(books: Books) -> None:
    """One is due soon, two later, and that of the opening books later still."""
    for number, expires_at in enumerate((SOON, LATER, LATER)):
        hold = at_the_grocer("10.00", f"auth-{number}")
        books.holds.authorise(replace(hold, expires_at=expires_at), NOW)


def test_what_is_overdue_is_given_back_and_the_rest_stays(books: Books) -> None:
    assert release_expired_holds(books.holds, NOW) == Sweep()
    assert release_expired_holds(books.holds, SOON) == Sweep(settled=1)
    assert figures(books) == ("500.00", "40.00", "460.00")
    assert release_expired_holds(books.holds, SOON) == Sweep()
    assert release_expired_holds(books.holds, LATER + timedelta(days=9)) == Sweep(settled=3)
    assert figures(books) == ("500.00", "0.00", "500.00")


def test_a_hold_that_was_settled_after_it_was_found_is_left_as_it_is(
    books: Books, calls: CountingClient
) -> None:
    def settled_meanwhile(real: Call, request: Mapping[str, Any]) -> Mapping[str, Any]:
        calls.plan(WRITE)
        books.holds.release("auth-0", SOON)
        return real(**request)

    calls.plan(WRITE, settled_meanwhile)
    assert release_expired_holds(books.holds, SOON) == Sweep(already=1)
    found = books.holds.find("auth-0")
    assert found is not None
    assert found.state is TransferState.RELEASED


def test_a_hold_that_cannot_be_settled_now_is_left_for_the_next_run(
    books: Books, calls: CountingClient
) -> None:
    calls.plan(WRITE, *[conflict] * 5, request_lost)
    assert release_expired_holds(books.holds, LATER) == Sweep(settled=1, left=2)
    assert release_expired_holds(books.holds, LATER) == Sweep(settled=2)
    assert figures(books) == ("500.00", "20.00", "480.00")


def test_an_answer_that_was_lost_is_looked_up(books: Books, calls: CountingClient) -> None:
    calls.plan(WRITE, answer_lost)
    assert release_expired_holds(books.holds, SOON) == Sweep(settled=1)


def test_a_run_without_time_leaves_everything(books: Books) -> None:
    assert release_expired_holds(books.holds, LATER, lambda: False) == Sweep(left=3)
    assert figures(books)[1] == "50.00"
