"""Spending is what left the customer's hands, income what was earned: own transfers are neither."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fulfillment.bank.books import Posting
from fulfillment.bank.money import Money
from fulfillment.bank.totals import Income, Spending, Totals, counted, is_spending

KINDS = st.sampled_from(["card", "refund", "salary", "interest", "transfer", "payment", "opening"])
WHEN = datetime(2026, 10, 5, 15, tzinfo=UTC)


def _line(
    minor: int, kind: str = "card", category: str | None = "groceries", currency: str = "USD"
) -> Posting:
    return Posting(
        "mira", "checking", f"p{minor}{kind}", "t", WHEN, Money(minor, currency), kind, "A line",
        "Whole Foods", category,
    )  # fmt: skip


def test_a_refund_lowers_the_total_and_is_no_purchase() -> None:
    found = Totals.of([_line(-5_000), _line(-1_999), _line(1_999, "refund")], "USD").spending()
    assert found.total == Money(5_000, "USD")
    assert found.refunded == Money(1_999, "USD")
    assert found.purchases == 2


def test_nothing_spent_is_zero() -> None:
    zero = Money(0, "USD")
    assert Totals.of([], "USD").spending() == Spending(zero, 0, zero)


@pytest.mark.parametrize(
    ("kind", "minor", "counts"),
    [
        ("card", -1, True),
        ("direct_debit", -1, True),
        ("payment", -1, True),
        ("cash", -1, True),
        ("fee", -1, True),
        ("refund", 1, True),
        ("interest", -1, True),
        ("interest", 1, False),
        ("transfer", -1, False),
        ("salary", 1, False),
        ("opening", 1, False),
    ],
)
def test_what_counts_as_spending(kind: str, minor: int, counts: bool) -> None:
    assert is_spending(_line(minor, kind)) is counts


def test_categories_come_largest_first_and_only_where_money_went() -> None:
    lines = [
        _line(-500, category="dining"),
        _line(-900, category="travel"),
        _line(-100, category=None),
        _line(400, "refund", "shopping"),
    ]
    assert Totals.of(lines, "USD").spending().by_category == (
        ("travel", Money(900, "USD")),
        ("dining", Money(500, "USD")),
        ("other", Money(100, "USD")),
    )


def test_only_what_is_wanted_and_only_one_currency_is_counted() -> None:
    lines = [_line(-500, category="dining"), _line(-900), _line(-700, currency="EUR")]
    assert Totals.of(lines, "USD").spending("dining").total.minor == 500
    assert Totals.of(lines, "EUR").spending().total == Money(700, "EUR")


@given(st.lists(st.integers(-(10**9), 10**9).filter(bool), max_size=30))
def test_the_total_is_the_exact_sum_in_any_order(amounts: list[int]) -> None:
    lines = [_line(minor, "card" if minor < 0 else "refund") for minor in amounts]
    found = Totals.of(lines, "USD").spending()
    assert found.total.minor == -sum(amounts)
    assert found.by_category == Totals.of(reversed(lines), "USD").spending().by_category
    assert found.refunded.minor == sum(minor for minor in amounts if minor > 0)


@pytest.mark.parametrize(
    ("kind", "category", "heading"),
    [
        ("card", "groceries", "groceries"),
        ("card", "no category of ours", "other"),
        ("card", None, "other"),
        ("payment", None, "payments"),
        ("payment", "kids", "kids"),
        ("fee", None, "fees"),
        ("cash", None, "cash"),
    ],
)
def test_every_purchase_has_one_of_a_closed_list_of_headings(
    kind: str, category: str | None, heading: str
) -> None:
    assert counted(_line(-100, kind, category)) == {
        "dr": 100, f"out_{heading}": 100, f"n_{heading}": 1
    }  # fmt: skip


def test_pay_and_interest_are_income_and_nothing_that_came_back_or_over_is() -> None:
    lines = [
        _line(300_000, "salary", "income"),
        _line(50_000, "salary", "income"),
        _line(125, "interest", "income"),
        _line(5_000, "refund"),
        _line(70_000, "transfer", "transfer"),
        _line(90_000, "opening", None),
        _line(2_500, "payment", None),
    ]
    totals = Totals.of(lines, "USD")
    assert totals.income == Income(
        Money(350_125, "USD"), Money(350_000, "USD"), 2, Money(125, "USD")
    )
    assert totals.money_in.minor == sum(line.amount.minor for line in lines)


@given(st.lists(st.tuples(st.integers(-(10**9), 10**9).filter(bool), KINDS), max_size=30))
def test_in_less_out_is_what_the_account_moved_and_halves_add_up(
    moves: list[tuple[int, str]],
) -> None:
    lines = [_line(minor, kind) for minor, kind in moves]
    totals = Totals.of(lines, "USD")
    assert totals.money_in - totals.money_out == Money(sum(minor for minor, _ in moves), "USD")
    half = len(lines) // 2
    assert Totals.of(lines[:half], "USD") + Totals.of(lines[half:], "USD") == totals


def test_different_currencies_never_add_up() -> None:
    with pytest.raises(ValueError, match="do not add up"):
        Totals.of([], "USD") + Totals.of([], "EUR")
