"""Lost requests, lost answers, conflicts and throttling: paid once, and never called failed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from botocore.exceptions import ClientError

from fulfillment.bank.payments import PaymentOrder, Receipt, Refusal, Refused, Unknown
from fulfillment.bank.rules import quote
from fulfillment.store.auditing import audit
from fulfillment.store.books import Books
from fulfillment.store.errors import BooksBusyError, BooksError
from fulfillment.store.sending import Patience
from tests.integration.store.calls import (
    CountingClient,
    Fault,
    answer_lost,
    conflict,
    does_it,
    refused_with,
    request_lost,
    then,
)
from tests.integration.store.paying import pay
from tests.unit.bank.values import NOW, dollars, to_anna

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient

PAY = "transact_write_items"


@pytest.fixture(autouse=True)
def _books_agree_afterwards(client: DynamoDBClient, loaded: str) -> Iterator[None]:
    yield
    assert audit(client, loaded).violations == []


@pytest.fixture
def order(books: Books, calls: CountingClient) -> PaymentOrder:
    order = to_anna("50.00")
    books.put_quote(quote(order, "s-1", "q-1", NOW))
    calls.reset()
    return order


def checking(books: Books) -> str:
    return str(books.accounts("mira")[0].available.amount)


def test_an_answer_lost_after_the_money_moved_is_found_again(
    books: Books, calls: CountingClient, order: PaymentOrder
) -> None:
    calls.plan(PAY, answer_lost)
    receipt = pay(books, "q-1", order, "s-1", NOW)
    assert isinstance(receipt, Receipt)
    assert not receipt.replayed
    assert calls.made == {PAY: 1, "get_item": 1}
    assert pay(books, "q-1", order, "s-1", NOW) == replace(receipt, replayed=True)
    assert checking(books) == "430.00"


def test_an_answer_lost_to_a_second_yes_tells_the_first_receipt(
    books: Books, calls: CountingClient, order: PaymentOrder
) -> None:
    first = pay(books, "q-1", order, "s-1", NOW)
    calls.plan(PAY, request_lost)
    assert isinstance(first, Receipt)
    assert pay(books, "q-1", order, "s-1", NOW) == replace(first, replayed=True)


def test_a_request_that_never_arrived_is_unknown_and_can_be_repeated(
    books: Books, calls: CountingClient, order: PaymentOrder
) -> None:
    calls.plan(PAY, request_lost)
    assert pay(books, "q-1", order, "s-1", NOW) == Unknown("q-1")
    assert checking(books) == "480.00"
    assert isinstance(pay(books, "q-1", order, "s-1", NOW), Receipt)
    assert checking(books) == "430.00"


@pytest.mark.parametrize("fault", [answer_lost, request_lost])
def test_when_nothing_answers_any_more_the_outcome_is_unknown(
    books: Books, calls: CountingClient, order: PaymentOrder, fault: Fault
) -> None:
    calls.plan(PAY, fault)
    calls.plan("get_item", request_lost)
    assert pay(books, "q-1", order, "s-1", NOW) == Unknown("q-1")


def test_a_lookup_after_silence_does_not_show_another_payment(
    books: Books, calls: CountingClient, order: PaymentOrder
) -> None:
    pay(books, "q-1", order, "s-1", NOW)
    for changed, session, reason in (
        (to_anna("51.00"), "s-1", Refusal.QUOTE_CHANGED),
        (order, "s-2", Refusal.QUOTE_UNKNOWN),
        (replace(order, customer_id="noah"), "s-1", Refusal.QUOTE_UNKNOWN),
    ):
        calls.plan(PAY, request_lost)
        assert pay(books, "q-1", changed, session, NOW) == Refused(reason)


def test_a_replay_whose_record_cannot_be_read_is_unknown(
    books: Books, calls: CountingClient, order: PaymentOrder
) -> None:
    pay(books, "q-1", order, "s-1", NOW)
    calls.plan("get_item", request_lost)
    assert pay(books, "q-1", order, "s-1", NOW) == Unknown("q-1")


@pytest.mark.parametrize(
    "busy",
    [
        conflict,
        refused_with("TransactionCanceledException", "ThrottlingError", "None"),
        refused_with("ThrottlingException"),
        refused_with("ProvisionedThroughputExceededException"),
        refused_with("RequestLimitExceeded"),
    ],
)
def test_what_says_that_nothing_happened_is_tried_again(
    books: Books, calls: CountingClient, order: PaymentOrder, busy: Fault
) -> None:
    calls.plan(PAY, busy, busy)
    receipt = pay(books, "q-1", order, "s-1", NOW)
    assert isinstance(receipt, Receipt)
    assert calls.made == {PAY: 3}
    assert checking(books) == "430.00"


def test_each_attempt_of_one_request_carries_one_token_and_one_content(
    books: Books, calls: CountingClient, order: PaymentOrder
) -> None:
    calls.plan(PAY, conflict, conflict)
    pay(books, "q-1", order, "s-1", NOW)
    requests = [request for operation, request in calls.requests if operation == PAY]
    assert requests[0] == requests[1] == requests[2]
    assert 1 <= len(requests[0]["ClientRequestToken"]) <= 36
    calls.reset()
    pay(books, "q-1", order, "s-1", NOW)
    assert calls.requests[0][1]["ClientRequestToken"] != requests[0]["ClientRequestToken"]


def test_conflicts_without_end_give_up_and_leave_the_quote_good(
    books: Books, calls: CountingClient, order: PaymentOrder
) -> None:
    calls.plan(PAY, *[conflict] * 5)
    with pytest.raises(BooksBusyError):
        pay(books, "q-1", order, "s-1", NOW)
    assert calls.made == {PAY: 5}
    assert isinstance(pay(books, "q-1", order, "s-1", NOW), Receipt)


def test_pauses_between_attempts_are_random_up_to_a_ceiling_that_doubles(
    calls: CountingClient, loaded: str
) -> None:
    ceilings: list[float] = []
    slept: list[float] = []

    def halfway(ceiling: float) -> float:
        ceilings.append(ceiling)
        return ceiling / 2

    patience = Patience(attempts=7, sleep=slept.append, jitter=halfway)
    books = Books(calls.as_client(), loaded, patience=patience)
    calls.plan(PAY, *[conflict] * 7)
    with pytest.raises(BooksBusyError):
        pay(books, "q-1", to_anna("5.00"), "s-1", NOW)
    assert ceilings == [0.02, 0.04, 0.08, 0.16, 0.32, 0.4]
    assert slept == [ceiling / 2 for ceiling in ceilings]


@pytest.mark.parametrize("code", ["InternalServerError", "TransactionInProgressException"])
def test_an_error_after_the_money_moved_is_recognised_as_ours(
    books: Books, calls: CountingClient, order: PaymentOrder, code: str
) -> None:
    calls.plan(PAY, then(does_it, code))
    receipt = pay(books, "q-1", order, "s-1", NOW)
    assert isinstance(receipt, Receipt)
    assert not receipt.replayed
    assert checking(books) == "430.00"


def test_errors_that_may_have_written_end_as_unknown_not_as_busy(
    books: Books, calls: CountingClient, order: PaymentOrder
) -> None:
    calls.plan(PAY, refused_with("InternalServerError"), *[conflict] * 4)
    assert pay(books, "q-1", order, "s-1", NOW) == Unknown("q-1")


def test_a_conflict_beside_a_failed_condition_is_not_waited_for(
    books: Books, calls: CountingClient, order: PaymentOrder
) -> None:
    reasons = ("None", "None", "ConditionalCheckFailed", "TransactionConflict")
    calls.plan(PAY, refused_with("TransactionCanceledException", *reasons))
    assert pay(books, "q-1", order, "s-1", NOW) == Refused(Refusal.UNKNOWN_ACCOUNT)
    assert calls.made == {PAY: 1}


def test_a_request_that_can_never_be_accepted_is_an_error_at_once(
    books: Books, calls: CountingClient, order: PaymentOrder
) -> None:
    calls.plan(PAY, refused_with("AccessDeniedException"))
    with pytest.raises(ClientError, match="AccessDenied"):
        pay(books, "q-1", order, "s-1", NOW)
    calls.plan(PAY, refused_with("TransactionCanceledException", "ValidationError"))
    with pytest.raises(BooksError, match="ValidationError"):
        pay(books, "q-1", order, "s-1", NOW)


def test_a_booked_line_that_is_already_there_is_an_alarm_not_a_refusal(
    books: Books, calls: CountingClient, order: PaymentOrder
) -> None:
    reasons = (*["None"] * 5, "ConditionalCheckFailed")
    calls.plan(PAY, refused_with("TransactionCanceledException", *reasons))
    with pytest.raises(BooksError, match="already there"):
        pay(books, "q-1", order, "s-1", NOW)
    assert dollars("480.00") == books.accounts("mira")[0].available
