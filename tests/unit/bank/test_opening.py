"""Opening books are loaded only when every figure follows from its lines."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from fulfillment.bank.opening import OpeningBooks
from tests.unit.bank.values import (
    ANNA,
    CHECKING,
    CREDIT_CARD,
    DEBIT_CARD,
    MIRA,
    NOW,
    SAVINGS,
    dollars,
    opening_books,
    opening_hold,
    opening_posting,
)

BOOKS = opening_books()


def test_books_whose_figures_follow_from_their_lines_add_up() -> None:
    assert BOOKS.violations() == []


@pytest.mark.parametrize("figure", ["posted", "held", "available"])
def test_a_figure_that_does_not_follow_from_its_lines_is_named(figure: str) -> None:
    wrong = replace(CHECKING, **{figure: dollars("1.00")})  # type: ignore[arg-type]
    violations = replace(BOOKS, accounts=[wrong, SAVINGS, CREDIT_CARD]).violations()
    assert len(violations) == 1
    assert violations[0].startswith(f"account checking has {figure} 1.00 USD, its lines make ")


def test_a_missing_line_is_named() -> None:
    violations = replace(BOOKS, postings=BOOKS.postings[1:]).violations()
    assert "account checking has posted 500.00 USD, its lines make 0.00 USD" in violations


def test_a_line_in_another_currency_is_named() -> None:
    stray = replace(opening_posting(CHECKING), posting_id="p9", amount=replace(
        dollars("5.00"), currency="EUR"
    ))  # fmt: skip
    violations = replace(BOOKS, postings=[*BOOKS.postings, stray]).violations()
    assert violations == ["account checking of mira has lines in EUR, not its currency"]


@pytest.mark.parametrize(
    ("broken", "expected"),
    [
        (replace(BOOKS, customers=[MIRA, MIRA]), "customer mira is there 2 times"),
        (replace(BOOKS, payees=[ANNA, ANNA]), "payee ('mira', 'anna') is there 2 times"),
        (replace(BOOKS, cards=[DEBIT_CARD] * 2), "card ('mira', 'card-1') is there 2 times"),
        (
            replace(BOOKS, payees=[replace(ANNA, customer_id="nobody")]),
            "payee anna belongs to no customer",
        ),
        (replace(BOOKS, customers=[]), "account checking belongs to no customer"),
        (
            replace(BOOKS, cards=[replace(DEBIT_CARD, account_id="gone")]),
            "card card-1 is on no account",
        ),
        (
            replace(BOOKS, holds=[opening_hold(CHECKING), replace(
                opening_hold(CHECKING), account_id="gone", hold_id="h9"
            )]),
            "hold h9 is on no account",
        ),
        (
            replace(BOOKS, holds=[replace(opening_hold(CHECKING), amount=dollars("-20.00"))]),
            "hold hold-checking is not of a positive amount",
        ),
    ],
)  # fmt: skip
def test_what_does_not_belong_together_is_named(broken: OpeningBooks, expected: str) -> None:
    assert expected in broken.violations()


def test_a_posting_and_a_hold_on_no_account_are_named() -> None:
    violations = replace(BOOKS, accounts=[SAVINGS, CREDIT_CARD]).violations()
    assert "posting open-checking is on no account" in violations
    assert "hold hold-checking is on no account" in violations


def test_a_line_that_is_not_dated_in_utc_is_named() -> None:
    local = opening_posting(SAVINGS)
    local = replace(local, booked_at=local.booked_at.astimezone(timezone(timedelta(hours=1))))
    naive = replace(opening_posting(CHECKING), booked_at=datetime(2026, 1, 1))  # noqa: DTZ001
    rest = [one for one in BOOKS.postings if one.account_id == "credit-card"]
    violations = replace(BOOKS, postings=[local, naive, *rest]).violations()
    assert violations == [
        "posting open-savings is not dated in UTC",
        "posting open-checking is not dated in UTC",
    ]


def test_a_transfer_with_one_leg_is_named() -> None:
    out = replace(
        opening_posting(CHECKING), posting_id="leg", transfer_id="t1", kind="transfer",
        amount=dollars("-5.00"),
    )  # fmt: skip
    violations = replace(BOOKS, postings=[*BOOKS.postings, out]).violations()
    assert "transfer t1 does not sum to zero: -500 USD minor units" in violations


def test_the_bank_books_the_opposite_of_each_days_customer_lines() -> None:
    other_day = replace(
        opening_posting(SAVINGS), posting_id="x", amount=dollars("7.00"), booked_at=NOW
    )
    books = replace(BOOKS, postings=[*BOOKS.postings, other_day])
    opened = opening_posting(SAVINGS).booked_at.astimezone(UTC).date()
    assert books.bank_side() == {
        (opened, "USD"): -(50_000 + 100_000 - 30_000),
        (NOW.date(), "USD"): -700,
    }
    customers = sum(posting.amount.minor for posting in books.postings)
    assert customers + sum(books.bank_side().values()) == 0
