"""Spending is what left the customer's hands: exact, net of refunds, own transfers apart."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fulfillment.bank.books import Posting
from fulfillment.bank.money import Money
from fulfillment.bank.spending import Spending, is_spending, spending

WHEN = datetime(2026, 10, 5, 15, tzinfo=UTC)


def _line(
    minor: int, kind: str = "card", category: str | None = "groceries", currency: str = "USD"
) -> Posting:
    return Posting(
        "mira", "checking", f"p{minor}{kind}", "t", WHEN, Money(minor, currency), kind, "A line",
        "Whole Foods", category,
    )  # fmt: skip


def test_a_refund_lowers_the_total_and_is_no_purchase() -> None:
    found = spending([_line(-5_000), _line(-1_999), _line(1_999, "refund")], "USD")
    assert found.total == Money(5_000, "USD")
    assert found.refunded == Money(1_999, "USD")
    assert found.purchases == 2


def test_the_largest_purchase_is_told() -> None:
    lines = [_line(-5_000), _line(-7_500), _line(90_000, "refund")]
    assert spending(lines, "USD").largest == lines[1]


def test_nothing_spent_is_zero_and_has_no_largest() -> None:
    zero = Money(0, "USD")
    assert spending([], "USD") == Spending(zero, 0, zero, None, ())


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
    assert spending(lines, "USD").by_category == (
        ("travel", Money(900, "USD")),
        ("dining", Money(500, "USD")),
        ("other", Money(100, "USD")),
    )


def test_only_what_is_wanted_and_only_one_currency_is_counted() -> None:
    lines = [_line(-500, category="dining"), _line(-900), _line(-700, currency="EUR")]
    assert spending(lines, "USD", lambda line: line.category == "dining").total.minor == 500
    assert spending(lines, "EUR").total == Money(700, "EUR")


@given(st.lists(st.integers(-(10**9), 10**9).filter(bool), max_size=30))
def test_the_total_is_the_exact_sum_in_any_order(amounts: list[int]) -> None:
    lines = [_line(minor, "card" if minor < 0 else "refund") for minor in amounts]
    found = spending(lines, "USD")
    assert found.total.minor == -sum(amounts)
    assert found.by_category == spending(reversed(lines), "USD").by_category
    assert found.refunded.minor == sum(minor for minor in amounts if minor > 0)
