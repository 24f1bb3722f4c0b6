"""When no answer comes, the customer hears the truth: first that nobody knows, then what it was."""

from __future__ import annotations

from datetime import timedelta

import pytest

from fulfillment.conversations.payment_session import CHECKING, QUOTE
from fulfillment.store.loading import load_books
from tests.integration.conversations.conftest import Bank, Counter
from tests.integration.store.calls import Fault, answer_lost, does_it, request_lost
from tests.unit.bank.values import CHECKING as ACCOUNT
from tests.unit.bank.values import SAVINGS, opening_books

PAY = "transact_write_items"
CHECKED = "I am checking; you will not be charged twice."
WENT_THROUGH = "Your payment of $50.00 went through, once. Receipt TR-"
DID_NOT = "The payment I was checking did not go through. Nothing was charged, and nothing will be."


@pytest.fixture
def counter(bank: Bank) -> Counter:
    load_books(bank.client, bank.table, opening_books(ACCOUNT, SAVINGS))
    return bank.counter()


def send(counter: Counter, words: str = "yes") -> str:
    slots = {"amount": "$50.00", "payee": "Anna Kovacs", "sourceAccount": "Checking"}
    return counter.say("SendMoney", words, **slots)


def silence(bank: Bank, counter: Counter, fault: Fault) -> None:
    """The yes meets a fault, and so does the look at the record after it."""
    assert "Shall I send it?" in send(counter)
    bank.calls.plan(PAY, fault)
    # The customer's own item is read first, the record of the payment after it.
    bank.calls.plan("get_item", does_it, request_lost)
    assert CHECKED in send(counter)
    bank.calls.plan("get_item")


def balance(counter: Counter) -> str:
    return counter.say("CheckBalance", "balance", account="Checking")


def test_a_payment_whose_answer_was_lost_is_found_at_the_next_turn(
    bank: Bank, counter: Counter
) -> None:
    silence(bank, counter, answer_lost)
    assert QUOTE not in counter.session
    said = balance(counter)
    assert said.startswith(WENT_THROUGH)
    assert "$430.00" in said
    assert CHECKING not in counter.session
    assert WENT_THROUGH not in balance(counter)


def test_a_payment_that_never_arrived_is_told_as_not_made_and_can_never_arrive(
    bank: Bank, counter: Counter
) -> None:
    silence(bank, counter, request_lost)
    before = dict(counter.session)
    said = balance(counter)
    assert said.startswith(DID_NOT)
    assert "$480.00" in said
    # The late yes: the same quote, by whoever kept the session's attributes.
    counter.session = {**before, QUOTE: before[CHECKING]}
    counter.session.pop(CHECKING)
    assert "nothing has moved" in send(counter)
    assert "$480.00" in balance(counter)


def test_a_doubt_that_stays_one_is_looked_up_again(bank: Bank, counter: Counter) -> None:
    silence(bank, counter, answer_lost)
    bank.calls.plan(PAY, request_lost)
    bank.calls.plan("get_item", does_it, request_lost)
    assert "went through" not in balance(counter)
    bank.calls.plan("get_item")
    assert balance(counter).startswith(WENT_THROUGH)


def test_a_yes_that_is_sent_again_after_it_was_answered_tells_the_receipt(
    counter: Counter,
) -> None:
    """Half of the balance is another sum by then."""
    slots = {
        "amount": "half my balance", "sourceAccount": "Checking", "destinationAccount": "Savings",
    }  # fmt: skip
    assert "Shall I move it?" in counter.say("TransferMoney", "yes", **slots)
    before = dict(counter.session)
    assert "I moved $240.00" in counter.say("TransferMoney", "yes", **slots)
    counter.session = before
    assert "Your payment of $240.00 went through, once." in counter.say(
        "TransferMoney", "yes", **slots
    )
    assert "$240.00" in balance(counter)


def test_a_repeated_yes_that_meets_silence_is_not_told_that_nothing_moved(
    bank: Bank, counter: Counter
) -> None:
    slots = {
        "amount": "half my balance", "sourceAccount": "Checking", "destinationAccount": "Savings",
    }  # fmt: skip
    counter.say("TransferMoney", "yes", **slots)
    before = dict(counter.session)
    counter.say("TransferMoney", "yes", **slots)
    counter.session = before
    # The customer's own item is there; the record of the payment cannot be read.
    bank.calls.plan("get_item", does_it, request_lost)
    assert CHECKED in counter.say("TransferMoney", "yes", **slots)
    bank.calls.plan("get_item")
    assert balance(counter).startswith("Your payment of $240.00 went through, once.")


def test_a_fast_clock_that_calls_a_quote_expired_puts_it_out_of_force(
    bank: Bank, counter: Counter
) -> None:
    """Or a function with the right time could still pay it, after the customer was told no."""
    send(counter)
    before, right = dict(counter.session), bank.now
    bank.now = right + timedelta(minutes=5)
    assert "nothing has moved" in send(counter)
    bank.now, counter.session = right, before
    assert "nothing has moved" in send(counter)
    assert "$480.00" in balance(counter)


def test_after_a_cancel_a_yes_that_comes_late_pays_nothing(counter: Counter) -> None:
    assert "Shall I send it?" in send(counter)
    before = dict(counter.session)
    assert "That payment was not made." in counter.say("Cancel", "cancel")
    counter.session = before
    assert "nothing has moved" in send(counter)
    assert "$480.00" in balance(counter)


def test_a_cancel_that_comes_after_the_yes_says_that_it_was_paid(counter: Counter) -> None:
    assert "Shall I send it?" in send(counter)
    before = dict(counter.session)
    assert "Done. I sent $50.00" in send(counter)
    counter.session = before
    assert WENT_THROUGH in counter.say("Cancel", "cancel")
