"""Asked about a dispute, the bank tells where it stands, until when, and what the law gives."""

from __future__ import annotations

from datetime import timedelta

import pytest

from fulfillment.bank.books import AccountKind
from fulfillment.bank.cases import Case, CaseKind
from fulfillment.bank.disputes import dispute_terms
from fulfillment.store.books import Books
from fulfillment.store.loading import load_books
from tests.integration.conversations.conftest import Bank, Counter
from tests.unit.bank.values import NOW, opening_books


@pytest.fixture
def counter(bank: Bank) -> Counter:
    load_books(bank.client, bank.table, opening_books())
    return bank.counter()


def dispute(bank: Bank, kind: AccountKind, *, case_id: str = "D-1", charged: int = 1) -> None:
    """A dispute that was opened today about a charge of `charged` days ago."""
    terms = dispute_terms(kind, (NOW - timedelta(days=charged)).date(), NOW.date())
    Books(bank.client, bank.table).open_case(
        Case(
            case_id=case_id,
            customer_id="mira",
            kind=CaseKind.DISPUTE,
            summary="disputes a charge: not_mine",
            opened_at=NOW,
            due=terms.answer_by,
            packet=terms.as_json(),
        )
    )


def ask(counter: Counter) -> str:
    return counter.say("CheckCases", "what about my dispute")


def test_a_debit_in_dispute_comes_with_its_days_and_the_provisional_credit(
    bank: Bank, counter: Counter
) -> None:
    dispute(bank, AccountKind.CHECKING)
    said = ask(counter)
    assert "D-1: disputed charge, opened on Mar 2, answer due by Mar 16" in said
    assert "If the bank hasn't decided by Mar 16, it puts the amount back" in said
    assert "must be done by May 31" in said


def test_a_card_charge_in_dispute_need_not_be_paid_meanwhile(bank: Bank, counter: Counter) -> None:
    dispute(bank, AccountKind.CREDIT_CARD)
    said = ask(counter)
    assert "You needn't pay the amount meanwhile. The bank writes to you by Apr 1" in said
    assert "puts the amount back" not in said


def test_when_its_day_is_over_the_customer_hears_what_was_due(bank: Bank, counter: Counter) -> None:
    dispute(bank, AccountKind.CHECKING)
    bank.now = NOW + timedelta(days=15)
    said = ask(bank.counter())
    assert "The amount was due back for the time being by Mar 16" in said
    assert "talk to a person" in said


def test_a_late_notice_is_promised_no_provisional_credit(bank: Bank, counter: Counter) -> None:
    dispute(bank, AccountKind.CHECKING, charged=200)
    assert "need not put the amount back meanwhile" in ask(counter)


def test_each_of_two_disputes_has_its_own_rule(bank: Bank, counter: Counter) -> None:
    dispute(bank, AccountKind.CHECKING)
    dispute(bank, AccountKind.CREDIT_CARD, case_id="D-2")
    said = ask(counter)
    assert "D-1 is being looked into. If the bank" in said
    assert "D-2 is being looked into. You needn't pay" in said


def test_it_is_told_in_spanish_too(bank: Bank, counter: Counter) -> None:
    dispute(bank, AccountKind.CHECKING)
    counter.locale = "es_US"
    assert "le devuelve el monto de forma provisional" in ask(counter)
