"""A month of an account as a file: its sums, the months there are, what a cell holds."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fulfillment.bank.books import Posting
from fulfillment.bank.money import Money
from fulfillment.bank.periods import Period, parse_period
from fulfillment.bank.statement_files import (
    NotAMonthError,
    as_csv,
    is_over,
    last_months,
    statement_month,
    statement_of,
)
from tests.unit.bank.values import CHECKING

OCTOBER = Period(date(2026, 10, 1), date(2026, 11, 1))
TODAY = date(2026, 11, 23)


def line(number: int, minor: int, description: str = "Shop") -> Posting:
    at = datetime(2026, 10, 1, 12, tzinfo=UTC) + timedelta(minutes=number)
    amount = Money(minor, "USD")
    return Posting(
        "mira", "checking", f"p-{number}", f"t-{number}", at, amount, "card", description
    )


def rows_of(written: str) -> list[dict[str, str]]:
    return list(csv.DictReader(written.splitlines()))


AMOUNTS = st.lists(st.integers(-(10**9), 10**9).filter(bool), max_size=30)


@given(st.integers(-(10**12), 10**12), AMOUNTS, AMOUNTS)
def test_the_lines_of_a_file_add_up_to_the_difference_of_its_balances(
    posted: int, own: list[int], later: list[int]
) -> None:
    account = replace(CHECKING, posted=Money(posted, "USD"))
    lines = [line(n, minor) for n, minor in enumerate(own)]
    since = [line(n + 50_000, minor) for n, minor in enumerate(later)]
    opening, *body, closing = rows_of(as_csv(statement_of(account, OCTOBER, lines, since), "UTC"))
    first, last = Decimal(opening["balance"]), Decimal(closing["balance"])
    assert sum((Decimal(row["amount"]) for row in body), Decimal(0)) == last - first
    assert last == Decimal(posted - sum(later)) / 100
    running = first
    for row in body:
        running += Decimal(row["amount"])
        assert Decimal(row["balance"]) == running


def test_a_line_is_dated_by_the_customer_s_own_calendar_and_named_by_its_transfer() -> None:
    late = replace(line(1, -500), booked_at=datetime(2026, 11, 1, 3, tzinfo=UTC))
    _, row, _ = rows_of(as_csv(statement_of(CHECKING, OCTOBER, [late], []), "America/New_York"))
    assert (row["date"], row["amount"], row["reference"]) == ("2026-10-31", "-5.00", "t-1")


@pytest.mark.parametrize("said", ["=1+1", "+1", "-1", "@sum", "\t=1"])
def test_no_description_is_a_formula_to_a_spreadsheet(said: str) -> None:
    written = as_csv(statement_of(CHECKING, OCTOBER, [line(1, -500, said)], []), "UTC")
    assert rows_of(written)[1]["description"] == f"'{said}"


def test_the_file_s_name_tells_the_month_and_the_end_of_the_number_and_nobody_s_name() -> None:
    name = statement_of(CHECKING, OCTOBER, [], []).file_name
    assert name == f"statement-2026-10-checking-{CHECKING.last4}"


@pytest.mark.parametrize(
    ("said", "first"),
    [("october", date(2026, 10, 1)), ("last month", date(2026, 10, 1)),
     ("this month", date(2026, 11, 1)), ("february 2025", date(2025, 2, 1))],
)  # fmt: skip
def test_a_period_that_is_one_calendar_month_has_a_statement(said: str, first: date) -> None:
    period = parse_period(said, TODAY)
    assert period is not None
    month = statement_month(period, TODAY)
    assert month.start == first
    assert is_over(month, TODAY) == (said != "this month")


@pytest.mark.parametrize("said", ["last week", "yesterday", "last 3 months", "2025", "october 3"])
def test_any_other_period_has_none(said: str) -> None:
    period = parse_period(said, TODAY)
    assert period is not None
    with pytest.raises(NotAMonthError):
        statement_month(period, TODAY)


def test_the_latest_statement_is_last_month_s_even_across_a_year() -> None:
    starts = [month.start for month in last_months(date(2026, 1, 31), 2)]
    assert starts == [date(2025, 12, 1), date(2025, 11, 1)]
