"""Ledger effects in conversation files."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.ledger import LedgerChange, parse_changes, same_changes, written

NAMES = st.sampled_from(["checking", "joint savings", "Anna", "credit card 4821"])
CHANGES = st.builds(
    LedgerChange,
    NAMES,
    st.integers(-(10**10), 10**10).map(lambda minor: Decimal(minor).scaleb(-2)),
    st.sampled_from(["USD", "EUR", "GBP", "CHF"]),
)


def change(account: str, amount: str, currency: str = "USD") -> LedgerChange:
    return LedgerChange(account, Decimal(amount), currency)


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("nothing", ()),
        ("Nothing ", ()),
        ("checking -$50.00", (change("checking", "-50.00"),)),
        ("checking −$50", (change("checking", "-50"),)),
        (
            "joint savings +$1,250,000.50, checking -$1,250,000.50",
            (change("joint savings", "1250000.50"), change("checking", "-1250000.50")),
        ),
        (
            "checking -$1,200, savings +$1,200",
            (change("checking", "-1200"), change("savings", "1200")),
        ),
        ("credit card 4821 +EUR 5", (change("credit card 4821", "5", "EUR"),)),
        ("travel + £7.5,euros -€2", (change("travel", "7.5", "GBP"), change("euros", "-2", "EUR"))),
    ],
)
def test_changes_are_read(text: str, changes: tuple[LedgerChange, ...]) -> None:
    assert parse_changes(text) == changes


@pytest.mark.parametrize(
    "text",
    ["", "checking", "checking $50", "-$50", "checking -50", "checking -$5 0", "a -$1,, b +$1"],
)
def test_what_is_no_change_is_quoted(text: str) -> None:
    with pytest.raises(ValueError, match="is not a ledger change; write an account"):
        parse_changes(text)


@given(st.lists(CHANGES, max_size=4))
def test_what_is_written_reads_as_the_same(changes: list[LedgerChange]) -> None:
    assert same_changes(parse_changes(written(changes)), changes)


def test_order_case_and_trailing_zeros_do_not_matter() -> None:
    first = [change("Checking", "-50.00"), change("savings", "50")]
    second = [change("savings", "50.00"), change("checking", "-50")]
    assert same_changes(first, second)


@pytest.mark.parametrize(
    "other",
    [
        [change("checking", "-50.01")],
        [change("checking", "-50", "EUR")],
        [change("savings", "-50")],
        [change("checking", "-50"), change("checking", "-50")],
        [],
    ],
)
def test_any_other_change_is_not_the_same(other: list[LedgerChange]) -> None:
    assert not same_changes([change("checking", "-50")], other)
