"""Which sums a search is limited to, in the words customers use."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fulfillment.bank.amount_ranges import AmountRange, exactly, find_range
from fulfillment.bank.money import Money


def found(text: str) -> tuple[int | None, int | None] | None:
    read = find_range(text, "en_US", "USD")
    return (read.low, read.high) if read else None


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("transactions over $50", 5001, None),
        ("charges of more than 1.5k", 150_001, None),
        ("purchases over 100 last month", 10_001, None),
        ("at least 100 dollars", 10_000, None),
        ("fifty dollars or more", 5000, None),
        ("under fifty bucks", None, 4999),
        ("no more than 20", None, 2000),
        ("up to $12.50 at Target", None, 1250),
        ("50 or less", None, 5000),
        ("between 20 and 40", 2000, 4000),
        ("charges between $40 and $20 in october", 2000, 4000),
        ("from $5 to $10", 500, 1000),
        ("20-40 dollars", 2000, 4000),
        ("$20-$40", 2000, 4000),
        ("around 100", 9000, 11_000),
        ("the 12.50 one", 1250, 1250),
        ("what was the $87.32 charge", 8732, 8732),
    ],
)
def test_a_range_of_sums_is_read(text: str, low: int | None, high: int | None) -> None:
    assert found(text) == (low, high)


@pytest.mark.parametrize(
    "text",
    [
        "over the last 30 days", "my last 10 transactions", "since 2024", "between 2024 and 2025",
        "in october 2025", "from october 1 to october 5", "card ending 4821", "over 3 months",
        "from checking to savings", "show more", "the second one", "", "over", "between and",
    ],
)  # fmt: skip
def test_counts_days_years_and_names_are_no_sums(text: str) -> None:
    assert found(text) is None


def test_a_range_holds_money_in_and_out_of_its_currency_only() -> None:
    twenty = exactly(Money(-2000, "USD"))
    assert twenty.holds(Money(-2000, "USD"))
    assert twenty.holds(Money(2000, "USD"))
    assert not twenty.holds(Money(2000, "EUR"))
    assert not AmountRange(2001, None, "USD").holds(Money(2000, "USD"))
    assert not AmountRange(None, 1999, "USD").holds(Money(-2000, "USD"))


@given(st.text(max_size=80))
def test_any_text_is_a_range_in_order_or_none(text: str) -> None:
    read = find_range(text, "en_US", "USD")
    assert read is None or read.low is None or read.high is None or read.low <= read.high


@given(st.integers(1, 99_999), st.integers(1, 99_999))
def test_two_ends_hold_whatever_their_order(one: int, other: int) -> None:
    said = f"between ${one}.00 and ${other}.00"
    assert found(said) == tuple(sorted((100 * one, 100 * other)))
