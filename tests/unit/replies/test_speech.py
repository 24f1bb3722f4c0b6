"""Money, days and lists as the locale writes them, and which locale speaks."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from fulfillment.bank.money import Money
from fulfillment.replies import Speech, formats

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def speech(locale: str = "en_US", zone: str = "America/New_York") -> Speech:
    return Speech(locale, zone, NOW)


@pytest.mark.parametrize(
    ("value", "locale", "shown"),
    [
        (Money(123450, "USD"), "en_US", "$1,234.50"),
        (Money(-1200, "USD"), "en_US", "-$12.00"),
        (Money(0, "USD"), "en_US", "$0.00"),
        (Money(5, "USD"), "en_US", "$0.05"),
        (Money(1500, "JPY"), "en_US", "¥1,500"),
        (Money(123450, "EUR"), "en_US", "€1,234.50"),
        (Money(123450, "USD"), "en_GB", "US$1,234.50"),
        (Money(10**15, "USD"), "en_US", "$10,000,000,000,000.00"),
        (Money(10**15 - 1, "USD"), "en_US", "$9,999,999,999,999.99"),
    ],
)
def test_money_is_written_exactly(value: Money, locale: str, shown: str) -> None:
    assert formats.money(value, locale) == shown


def test_counts_and_lists_read_as_in_a_sentence() -> None:
    assert formats.count(1204, "en_US") == "1,204"
    assert formats.listing(["a"], "en_US") == "a"
    assert formats.listing(["a", "b"], "en_US") == "a and b"
    assert formats.listing(["a", "b", "c"], "en_US", "or") == "a, b, or c"
    assert formats.listing([], "en_US") == ""


def test_a_day_is_the_customers_own() -> None:
    late = datetime(2026, 11, 3, 3, 30, tzinfo=UTC)
    assert speech().day(late) == "Nov 2"
    assert speech(zone="Europe/Berlin").day(late) == "Nov 3"
    assert speech().today == date(2026, 11, 22)


def test_a_day_of_another_year_says_which() -> None:
    assert speech().day(datetime(2025, 12, 31, 12, tzinfo=UTC)) == "Dec 31, 2025"


def test_a_span_ends_on_its_last_day() -> None:
    assert speech().span(date(2026, 10, 1), date(2026, 11, 1)) == "Oct 1 to Oct 31"
    assert speech().span(date(2026, 10, 1), date(2026, 10, 2)) == "Oct 1"
    assert speech().span(date(2025, 12, 1), date(2026, 1, 1)) == "Dec 1, 2025 to Dec 31, 2025"


@pytest.mark.parametrize("locale", ["xx_XX", "", "../en_US", "en_US/../..", "de_DE"])
def test_a_locale_without_templates_falls_back(locale: str) -> None:
    assert speech(locale).locale == "en_US"
    assert speech(locale).words("common.goodbye") == speech().words("common.goodbye")


def test_an_unknown_reply_is_an_error_and_not_silence() -> None:
    with pytest.raises(AttributeError):
        speech().words("common.no_such_reply")


def test_a_reply_has_its_lines_and_single_spaces() -> None:
    lines = speech().words("common.help").splitlines()
    assert lines[0].startswith("I'm Teller")
    assert all(line == " ".join(line.split()) for line in lines)


def test_a_reply_as_a_message_is_plain_text() -> None:
    message = speech().say("common.hello", name="<Amelia & Co>")
    assert not message.is_card
    assert "<Amelia & Co>" in message.content
