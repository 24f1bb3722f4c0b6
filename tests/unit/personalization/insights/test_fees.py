"""What fees came to: by kind, less what was given back, and interest only where it was charged."""

from __future__ import annotations

from datetime import date

import pytest

from fulfillment.bank.fee_words import asks_of_fees_paid
from fulfillment.personalization.insights.fees import FeeKind, fees_paid
from tests.unit.personalization.insights.lines import line

SINCE = date(2025, 1, 1)


def test_a_kind_is_told_once_with_its_times_its_sum_and_its_last_day() -> None:
    lines = [
        line(date(2025, 2, 3), "Out-of-network ATM fee", -350, kind="fee"),
        line(date(2025, 3, 4), "Out-of-network ATM fee", -350, kind="fee"),
        line(date(2025, 2, 9), "Late payment fee", -2_900, kind="fee"),
    ]
    late, cash = fees_paid(lines, SINCE)
    assert (late.kind, late.times, late.minor) == (FeeKind.LATE, 1, 2_900)
    assert (cash.kind, cash.times, cash.minor) == (FeeKind.CASH_MACHINE, 2, 700)
    assert cash.last == date(2025, 3, 4)


def test_a_fee_that_was_given_back_and_interest_that_was_earned_are_none() -> None:
    lines = [
        line(date(2025, 2, 9), "Late payment fee", -2_900, kind="fee"),
        line(date(2025, 2, 12), "Late payment fee", 2_900, kind="fee"),
        line(date(2025, 2, 28), "Interest earned", 412, kind="interest"),
        line(date(2024, 12, 31), "Minimum balance fee", -1_200, kind="fee"),
        line(date(2025, 2, 9), "Late Night Diner", -2_900),
    ]
    assert fees_paid(lines, SINCE) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Overdraft fee", FeeKind.LOW_BALANCE),
        ("Minimum balance fee", FeeKind.LOW_BALANCE),
        ("Returned item fee", FeeKind.LOW_BALANCE),
        ("Foreign transaction fee", FeeKind.ABROAD),
        ("Wire transfer fee", FeeKind.WIRE),
        ("Account fee", FeeKind.OTHER),
    ],
)
def test_the_banks_name_of_a_fee_tells_what_would_have_avoided_it(text: str, kind: FeeKind) -> None:
    [one] = fees_paid([line(date(2025, 2, 9), text, -1_000, kind="fee")], SINCE)
    assert one.kind is kind


@pytest.mark.parametrize(
    ("words", "locale", "asks"),
    [
        ("what have I paid in fees this year", "en_US", True),
        ("how much did I spend on fees", "en_GB", True),
        ("how can i avoid fees", "en_US", True),
        ("what are your fees", "en_US", False),
        ("do i pay a monthly fee", "en_US", False),
        ("cuánto he pagado en comisiones", "es_US", True),
        ("cómo evito las comisiones", "es_US", True),
        ("qué comisiones cobran", "es_US", False),
    ],
)
def test_what_was_paid_is_told_from_what_is_charged(words: str, locale: str, asks: bool) -> None:
    assert asks_of_fees_paid(words, locale) is asks
