"""Asked which account the money comes from, a customer is offered those that can pay it."""

from __future__ import annotations

import pytest

from fulfillment.bank.books import AccountStatus
from fulfillment.store.loading import load_books
from tests.integration.conversations.conftest import Bank, Counter
from tests.unit.bank.values import CHECKING, CREDIT_CARD, SAVINGS, account, opening_books

FROZEN = account("holiday", "80.00", status=AccountStatus.FROZEN)
UNKNOWN = (
    'I don\'t see an account called "ending 4412". The money can come from Checking or Savings.'
)


@pytest.fixture
def counter(bank: Bank) -> Counter:
    load_books(bank.client, bank.table, opening_books(CHECKING, SAVINGS, CREDIT_CARD, FROZEN))
    return bank.counter()


@pytest.mark.parametrize(
    ("intent", "slots"),
    [
        ("SendMoney", {"amount": "$5.00", "payee": "Anna Kovacs"}),
        ("TransferMoney", {"amount": "$5.00", "destinationAccount": "Savings"}),
        ("PayCreditCard", {"amount": "$5.00"}),
        ("SchedulePayment", {"amount": "$5.00", "payee": "Anna Kovacs", "startDate": "2026-04-01"}),
    ],
)
def test_an_account_that_cannot_pay_is_never_offered_to_pay_from(
    counter: Counter, intent: str, slots: dict[str, str]
) -> None:
    assert counter.say(intent, "from 4412", sourceAccount="ending 4412", **slots) == UNKNOWN


def test_an_account_that_cannot_pay_is_known_by_its_name_all_the_same(counter: Counter) -> None:
    slots = {"amount": "$5.00", "payee": "Anna Kovacs"}
    said = counter.say("SendMoney", "from my card", sourceAccount="Credit Card", **slots)
    assert said.startswith("I can't take money from Credit Card.")


def test_it_can_be_paid_into_and_is_offered_for_that(counter: Counter) -> None:
    slots = {"amount": "$5.00", "sourceAccount": "Checking"}
    said = counter.say("TransferMoney", "to 4412", destinationAccount="ending 4412", **slots)
    assert "Credit Card" in said


@pytest.mark.parametrize(
    ("source", "destination"), [("Holiday", "Savings"), ("Checking", "Holiday")]
)
def test_the_frozen_one_of_two_accounts_is_the_one_that_is_named(
    counter: Counter, source: str, destination: str
) -> None:
    slots = {"amount": "$5.00", "sourceAccount": source, "destinationAccount": destination}
    assert counter.say("TransferMoney", "move it", **slots).startswith("Holiday can't be used")
