"""A transfer between two currencies: what is shown, what the yes is worth, and the fee."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from fulfillment.bank.books import AccountKind
from fulfillment.bank.exchange import Rate
from fulfillment.bank.money import Money
from fulfillment.store.auditing import audit
from fulfillment.store.books import Books
from fulfillment.store.loading import load_books
from fulfillment.store.rates import RateTable
from tests.integration.conversations.conftest import Bank, Counter
from tests.unit.bank.values import ANNA, CHECKING, NOW, account, opening_books

EUROS = account("euros", "200.00", kind=AccountKind.SAVINGS, currency="EUR")
RATE = Rate("USD", "EUR", Decimal("0.9184"), NOW.replace(microsecond=0), "treasury")
SLOTS = {"amount": "$100.00", "sourceAccount": "Checking", "destinationAccount": "Euros"}


@pytest.fixture
def counter(bank: Bank) -> Counter:
    load_books(bank.client, bank.table, opening_books(CHECKING, EUROS))
    return bank.counter()


def test_both_sides_the_rate_its_day_and_the_fee_are_shown_and_hold_for_the_yes(
    bank: Bank, counter: Counter
) -> None:
    rates = RateTable(bank.client, bank.table)
    rates.put(RATE)
    assert counter.say("TransferMoney", "move it", **SLOTS) == (
        "Please check: move $100.00 from Checking to Euros, where it arrives as €91.84 "
        "(1 USD = 0.9184 EUR, the bank's rate of Mar 2), plus a fee of $0.50. You'd have $379.50 "
        "available in Checking afterwards. The rate holds for five minutes. Shall I move it?"
    )
    bank.now += timedelta(minutes=1)
    rates.put(replace(RATE, value=Decimal("0.5"), since=RATE.since + timedelta(seconds=30)))
    later = replace(bank.counter(), session=counter.session)
    said = later.say("TransferMoney", "yes", **SLOTS)
    assert "where €91.84 arrived" in said
    assert said.endswith("The fee was $0.50.")
    balances = {a.account_id: a.posted for a in Books(bank.client, bank.table).accounts("mira")}
    assert balances == {"checking": Money(39950, "USD"), "euros": Money(29184, "EUR")}
    assert audit(bank.client, bank.table).violations == []


def test_a_yes_that_comes_too_late_is_asked_again_at_the_rate_of_now(
    bank: Bank, counter: Counter
) -> None:
    rates = RateTable(bank.client, bank.table)
    rates.put(RATE)
    counter.say("TransferMoney", "move it", **SLOTS)
    rates.put(replace(RATE, value=Decimal("0.5"), since=RATE.since + timedelta(seconds=30)))
    bank.now += timedelta(minutes=6)
    later = replace(bank.counter(new_id="id-2"), session=counter.session)
    said = later.say("TransferMoney", "yes", **SLOTS)
    assert "no longer good" in said
    assert "arrives as €50.00 (1 USD = 0.5 EUR" in said


def test_without_a_rate_of_these_days_nothing_moves_and_that_is_said(counter: Counter) -> None:
    said = counter.say("TransferMoney", "move it", **SLOTS)
    assert said.startswith("Checking and Euros are in two currencies, and the bank has no rate")


def test_a_payment_abroad_shows_its_fee_and_books_it_by_itself(bank: Bank) -> None:
    abroad = replace(ANNA, target="DE89370400440532013000")
    books = opening_books(CHECKING, EUROS)
    books.payees[:] = [abroad]
    load_books(bank.client, bank.table, books)
    counter = bank.counter()
    slots = {"amount": "$40.00", "sourceAccount": "Checking", "payee": "Anna Kovacs"}
    assert "plus a fee of $5.00" in counter.say("SendMoney", "send it", **slots)
    assert counter.say("SendMoney", "yes", **slots).endswith("The fee was $5.00.")
    lines = Books(bank.client, bank.table).recent("mira", "checking", 5).postings
    assert sorted(line.amount.minor for line in lines[:2]) == [-4000, -500]
    assert audit(bank.client, bank.table).violations == []
