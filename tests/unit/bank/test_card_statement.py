"""A credit card's statement: when it closed, what is due, and what is still open of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fulfillment.bank.books import AccountKind, Posting
from fulfillment.bank.card_statement import last_closing, minimum_payment, statement
from fulfillment.bank.money import Money
from fulfillment.bank.schedule import CardCycle, read_schedule, standard_schedule
from fulfillment.bank.totals import Totals
from tests.unit.bank.values import NOW, dollars

CYCLE = CardCycle(25, 23, 3500, Decimal(2))
TODAY = date(2026, 11, 23)
LINE = Posting("c", "a", "p", "t", NOW, dollars("1"), "card", "Shop")


def line(amount: str, kind: str = "card") -> Posting:
    return replace(LINE, amount=dollars(amount), kind=kind)


@pytest.mark.parametrize(
    ("today", "closed"),
    [
        (date(2026, 11, 23), date(2026, 10, 25)),
        (date(2026, 11, 25), date(2026, 10, 25)),
        (date(2026, 11, 26), date(2026, 11, 25)),
        (date(2026, 1, 3), date(2025, 12, 25)),
    ],
)
def test_the_last_statement_closed_on_the_latest_statement_day_before_today(
    today: date, closed: date
) -> None:
    assert last_closing(CYCLE, today) == closed


def test_what_was_owed_at_the_closing_is_told_from_today_s_balance_and_what_came_after() -> None:
    since = [line("-40"), line("100", "transfer"), line("15", "refund")]
    found = statement(CYCLE, dollars("-725"), Totals.of(since, "USD"), TODAY)
    assert found.balance == dollars("800")
    assert found.paid == dollars("100")
    assert found.minimum == dollars("35")
    assert (found.minimum_open, found.balance_open) == (dollars("0"), dollars("700"))
    assert found.due == date(2026, 11, 17)


def test_a_card_in_credit_owes_nothing() -> None:
    found = statement(CYCLE, dollars("20"), Totals("USD", {}), TODAY)
    assert (found.balance, found.minimum, found.balance_open) == (dollars("0"),) * 3


@pytest.mark.parametrize(
    ("owed", "minimum"), [("0", "0"), ("20", "20"), ("100", "35"), ("5000", "100"), ("1750", "35")]
)
def test_the_minimum_is_the_larger_of_sum_and_share_but_never_more_than_is_owed(
    owed: str, minimum: str
) -> None:
    assert minimum_payment(CYCLE, dollars(owed)) == dollars(minimum)


@given(
    st.integers(-1_000_000, 1_000_000),
    st.lists(
        st.tuples(st.integers(-90_000, 90_000), st.sampled_from(["card", "transfer", "refund"]))
    ),
)
def test_no_figure_is_negative_and_the_minimum_is_within_the_balance(
    posted: int, moves: list[tuple[int, str]]
) -> None:
    since = [replace(LINE, amount=Money(minor, "USD"), kind=kind) for minor, kind in moves]
    found = statement(CYCLE, Money(posted, "USD"), Totals.of(since, "USD"), TODAY)
    zero = Money.zero("USD")
    assert zero <= found.minimum_open <= found.minimum <= found.balance
    assert zero <= found.balance_open <= found.balance


def test_the_schedule_has_terms_for_every_kind_of_account() -> None:
    terms = standard_schedule().terms
    assert set(terms) == set(AccountKind)
    assert terms[AccountKind.CREDIT_CARD].cycle is not None
    for term in terms.values():
        assert (term.earns is None) != (term.charges is None)
    assert len(standard_schedule().routing_number) == 9


def test_a_routing_number_keeps_its_check_digit() -> None:
    digits = [int(digit) for digit in standard_schedule().routing_number]
    weights = (3, 7, 1) * 3
    assert sum(w * d for w, d in zip(weights, digits, strict=True)) % 10 == 0


def test_a_schedule_without_a_kind_of_account_is_refused() -> None:
    with pytest.raises(KeyError, match="checking"):
        read_schedule('routing_number = "1"')
