"""A sum in another currency for a payee: from the account that has it, or why not and what else."""

from __future__ import annotations

import pytest

from fulfillment.bank.books import AccountKind
from fulfillment.bank.money import Money
from fulfillment.store.auditing import audit
from fulfillment.store.books import Books
from fulfillment.store.loading import load_books
from tests.integration.conversations.conftest import Bank, Counter
from tests.unit.bank.values import ANNA, CHECKING, account, opening_books

EUROS = account("euros", "200.00", kind=AccountKind.SAVINGS, currency="EUR")
WHAT = {"amount": "€40.00", "payee": "Anna Kovacs"}


@pytest.fixture
def counter(bank: Bank) -> Counter:
    books = opening_books(CHECKING, EUROS)
    books.payees[:] = [ANNA]
    load_books(bank.client, bank.table, books)
    return bank.counter()


def test_euros_leave_from_the_account_that_is_in_euros(bank: Bank, counter: Counter) -> None:
    said = counter.say("SendMoney", "send Anna €40", **WHAT)
    assert said.startswith("Please check: send €40.00 to Anna Kovacs")
    assert "from Euros" in said
    counter.say("SendMoney", "yes", **WHAT)
    balances = {a.account_id: a.posted for a in Books(bank.client, bank.table).accounts("mira")}
    assert balances == {"checking": Money(50000, "USD"), "euros": Money(16000, "EUR")}
    assert audit(bank.client, bank.table).violations == []


def test_from_dollars_it_is_said_why_not_and_what_works(counter: Counter) -> None:
    assert counter.say("SendMoney", "send Anna €40", sourceAccount="Checking", **WHAT) == (
        "Checking is in USD, and a payment to somebody else leaves in the currency of the account "
        "it comes from; their bank exchanges it. How much should it be in USD? "
        "Or I can send it from Euros."
    )


def test_a_part_of_a_balance_still_asks_of_which(counter: Counter) -> None:
    said = counter.say("SendMoney", "send Anna half my balance", payee="Anna Kovacs")
    assert said.startswith("Which account should the money come from?")


@pytest.mark.parametrize(
    ("words", "slots"),
    [
        ("from the euro account", {"sourceAccount": "Euros"}),
        ("yes", {"sourceAccount": "Checking"}),
        ("yes", {"sourceAccount": "Checking", "amount": "yes"}),
    ],
)
def test_what_was_offered_is_taken_without_the_sum_being_asked_again(
    counter: Counter, words: str, slots: dict[str, str]
) -> None:
    counter.say("SendMoney", "send Anna €40 from checking", sourceAccount="Checking", **WHAT)
    said = counter.say("SendMoney", words, payee="Anna Kovacs", **slots)
    assert said.startswith("Please check: send €40.00 to Anna Kovacs")
    assert "from Euros" in said


def test_another_sum_counts_and_the_first_is_forgotten(counter: Counter) -> None:
    counter.say("SendMoney", "send Anna €40 from checking", sourceAccount="Checking", **WHAT)
    said = counter.say(
        "SendMoney", "45 dollars", payee="Anna Kovacs", sourceAccount="Checking", amount="$45"
    )
    assert said.startswith("Please check: send $45.00 to Anna Kovacs")
    assert "amountElsewhere" not in counter.session


def test_a_currency_that_no_account_has_is_answered_with_all_that_work(counter: Counter) -> None:
    said = counter.say("SendMoney", "send £20 to Anna", amount="£20", payee="Anna Kovacs")
    assert said == "I can only use USD or EUR for this. How much should it be in USD or EUR?"
