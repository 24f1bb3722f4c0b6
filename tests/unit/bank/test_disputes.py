"""Which charge is meant, why it is wrong, and what the law gives."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fulfillment.bank.books import AccountKind, Posting
from fulfillment.bank.charges import by_place
from fulfillment.bank.dispute_words import reason_in
from fulfillment.bank.disputes import (
    DisputeReason,
    business_days_after,
    dispute_terms,
    read_terms,
)
from tests.unit.bank.values import NOW, dollars

MONDAY = date(2026, 11, 23)
NETFLIX = Posting(
    customer_id="c-1",
    account_id="a-1",
    posting_id="p-1",
    transfer_id="t-1",
    booked_at=NOW,
    amount=-dollars("17.99"),
    kind="card",
    description="NETFLIX.COM",
    merchant="Netflix",
)
SHELL = replace(NETFLIX, posting_id="p-2", merchant="Shell", amount=-dollars("54.15"))
SHOWN = [NETFLIX, SHELL, replace(SHELL, posting_id="p-4")]


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("the first one", 0), ("the second one", 1), ("2", 1), ("number 3", 2), ("#2", 1),
        ("2: Shell", 1), ("the last one", 0), ("the latest", 0), ("the oldest", 2), ("third", 2),
        ("one", 0), ("the top one", 0),
    ],
)  # fmt: skip
def test_a_place_in_the_list_points_at_its_line(words: str, place: int) -> None:
    assert by_place(words, SHOWN) is SHOWN[place]


@pytest.mark.parametrize(
    "words",
    ["", "Netflix", "the fifth one", "9", "2024", "17.99", "the 12.50 one", "one by Netflix"],
)
def test_words_that_are_no_place_in_the_list_point_at_nothing(words: str) -> None:
    assert by_place(words, SHOWN) is None


def test_no_place_is_in_an_empty_list() -> None:
    assert by_place("the last one", []) is None


@given(st.text(max_size=40))
def test_any_words_point_at_a_shown_line_or_at_nothing(words: str) -> None:
    assert by_place(words, SHOWN) in [*SHOWN, None]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("I was charged twice", DisputeReason.CHARGED_TWICE),
        ("it's a duplicate", DisputeReason.CHARGED_TWICE),
        ("they overcharged me", DisputeReason.WRONG_AMOUNT),
        ("it never arrived", DisputeReason.NOT_RECEIVED),
        ("I didn\u2019t receive it", DisputeReason.NOT_RECEIVED),
        ("I had canceled it", DisputeReason.CANCELLED),
        ("I don't recognize it", DisputeReason.NOT_MINE),
        ("that's not mine", DisputeReason.NOT_MINE),
        ("it wasn't me", DisputeReason.NOT_MINE),
        ("an unauthorized charge", DisputeReason.NOT_MINE),
        ("someone used my card", DisputeReason.NOT_MINE),
        ("dispute the Netflix charge", None),
        ("I made it yesterday", None),
        ("", None),
    ],
)
def test_the_reason_is_heard_in_the_customers_own_words(
    words: str, reason: DisputeReason | None
) -> None:
    assert reason_in(words, "en_US") is reason


def test_a_debit_charge_is_decided_or_credited_within_ten_business_days() -> None:
    terms = dispute_terms(AccountKind.CHECKING, MONDAY, MONDAY)
    assert terms.answer_by == date(2026, 12, 7)
    assert terms.resolve_by == MONDAY + timedelta(days=90)
    assert terms.provisional_credit
    assert terms.in_time


def test_a_credit_card_charge_need_not_be_paid_meanwhile_and_is_answered_in_thirty_days() -> None:
    terms = dispute_terms(AccountKind.CREDIT_CARD, MONDAY, MONDAY)
    assert (terms.answer_by, terms.provisional_credit) == (date(2026, 12, 23), False)


def test_a_notice_after_sixty_days_from_the_statement_is_late() -> None:
    just = MONDAY - timedelta(days=91)
    assert dispute_terms(AccountKind.CHECKING, just, MONDAY).in_time
    assert not dispute_terms(AccountKind.CHECKING, just - timedelta(days=1), MONDAY).in_time


def test_weekends_and_holidays_are_no_business_days() -> None:
    thanksgiving = frozenset({date(2026, 11, 26)})
    assert business_days_after(MONDAY, 5) == date(2026, 11, 30)
    assert business_days_after(MONDAY, 5, thanksgiving) == date(2026, 12, 1)
    assert business_days_after(MONDAY, 0) == MONDAY


@pytest.mark.parametrize("kind", [AccountKind.CHECKING, AccountKind.CREDIT_CARD])
@pytest.mark.parametrize("age", [1, 200])
def test_the_terms_of_a_dispute_are_read_from_its_case_as_they_were_given(
    kind: AccountKind, age: int
) -> None:
    terms = dispute_terms(kind, MONDAY - timedelta(days=age), MONDAY)
    assert read_terms(terms.as_json()) == terms
    assert read_terms(None) is None
