"""An amount is read exactly or asked about for the right reason; it is never guessed."""

from __future__ import annotations

from typing import Any

import pytest
from babel.numbers import format_currency
from hypothesis import given, settings
from hypothesis import strategies as st

from fulfillment.bank.amounts import AmountProblem, AmountQuestion, parse_amount
from fulfillment.bank.money import MAX_MINOR, Money

AVAILABLE = Money(10_001, "USD")
HOME = {"en_US": "USD", "en_GB": "GBP", "es_US": "USD", "es_ES": "EUR"}


def _read(text: str, locale: str = "en_US", available: Money | None = AVAILABLE) -> Any:
    """The minor units that were read, or the problem."""
    read = parse_amount(text, locale, HOME[locale], available)
    return read.problem if isinstance(read, AmountQuestion) else read.minor


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("50", 5_000),
        ("$50", 5_000),
        ("$ 50", 5_000),
        ("50$", 5_000),
        ("50 dollars", 5_000),
        ("50 dollars, please.", 5_000),
        ("USD 50.00", 5_000),
        ("50.5 usd", 5_050),
        ("us$50", 5_000),
        ("50 US dollars", 5_000),
        ("$.50", 50),
        ("1,250.75", 125_075),
        ("1,500", 150_000),
        ("$1,000,000.00", 100_000_000),
        ("050", 5_000),
        ("50.", 5_000),
        ("1.5k", 150_000),
        ("12 k", 1_200_000),
        ("1.2345k", 123_450),
        ("1.5 million", 150_000_000),
        ("2m", 200_000_000),
        ("5 thousand 200", 520_000),
    ],
)
def test_an_amount_in_digits_is_read_exactly(text: str, minor: int) -> None:
    assert _read(text) == minor


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("fifty bucks", 5_000),
        ("fifty-dollar", 5_000),
        ("twenty-five", 2_500),
        ("twenty and a half dollars", 2_050),
        ("twenty dollars and a half", 2_050),
        ("a dollar", 100),
        ("half a dollar", 50),
        ("a hundred and twenty dollars", 12_000),
        ("hundred bucks", 10_000),
        ("nineteen hundred", 190_000),
        ("two grand", 200_000),
        ("two and a half grand", 250_000),
        ("half a million", 50_000_000),
        ("one thousand two hundred thirty four", 123_400),
        ("three million five hundred thousand and six", 350_000_600),
        ("five dollars fifty", 550),
        ("five dollars and five cents", 505),
        ("$5 and 50 cents", 550),
        ("50 cents", 50),
        ("99¢", 99),
        ("150 cents", 150),
    ],
)
def test_an_amount_in_words_is_read_exactly(text: str, minor: int) -> None:
    assert _read(text) == minor


@pytest.mark.parametrize(
    ("text", "locale", "expected"),
    [
        ("1,50", "es_ES", 150),
        ("1.500,00", "es_ES", 150_000),
        ("1.500", "es_ES", 150_000),
        ("1.234.567,89", "es_ES", 123_456_789),
        ("1,5k", "es_ES", 150_000),
        ("50 euros", "es_ES", 5_000),
        ("50 céntimos", "es_ES", 50),
        ("treinta y cinco mil euros", "es_ES", 3_500_000),
        ("mil doscientos", "es_ES", 120_000),
        ("veinte y medio", "es_ES", 2_050),
        ("1,500", "es_ES", AmountProblem.AMBIGUOUS),
        ("1.50", "es_ES", AmountProblem.AMBIGUOUS),
        ("1,234.56", "es_ES", AmountProblem.AMBIGUOUS),
        ("1,50", "en_US", AmountProblem.AMBIGUOUS),
        ("1.500", "en_US", AmountProblem.AMBIGUOUS),
        ("1.500,00", "en_US", AmountProblem.AMBIGUOUS),
        ("1,50", "es_US", AmountProblem.AMBIGUOUS),
        ("1.500", "es_US", AmountProblem.AMBIGUOUS),
        ("1,500", "es_US", 150_000),
        ("cincuenta dólares", "es_US", 5_000),
        ("$50", "es_US", 5_000),
        ("1,50", "en_GB", AmountProblem.AMBIGUOUS),
        ("fifty quid", "en_GB", 5_000),
        ("£1,250.50", "en_GB", 125_050),
        ("five pounds and fifty pence", "en_GB", 550),
        ("50p", "en_GB", 50),
    ],
)
def test_separators_and_words_follow_the_locale(text: str, locale: str, expected: object) -> None:
    assert _read(text, locale) == expected


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("５０", 5_000),
        ("＄１，２５０．５０", 125_050),
        ("５0", 5_000),
        ("５０ ｄｏｌｌａｒｓ", 5_000),
    ],
)
def test_full_width_writing_is_the_same_writing(text: str, minor: int) -> None:
    assert _read(text) == minor


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", AmountProblem.NOT_AN_AMOUNT),
        ("money", AmountProblem.NOT_AN_AMOUNT),
        ("$", AmountProblem.NOT_AN_AMOUNT),
        ("k", AmountProblem.NOT_AN_AMOUNT),
        ("a", AmountProblem.NOT_AN_AMOUNT),
        ("pound cake", AmountProblem.NOT_AN_AMOUNT),
        ("50 or 60", AmountProblem.NOT_AN_AMOUNT),
        ("50%", AmountProblem.NOT_AN_AMOUNT),
        ("NaN", AmountProblem.NOT_AN_AMOUNT),
        ("Infinity", AmountProblem.NOT_AN_AMOUNT),
        ("1e400", AmountProblem.NOT_AN_AMOUNT),
        ("1e2", AmountProblem.NOT_AN_AMOUNT),
        ("1_000", AmountProblem.NOT_AN_AMOUNT),
        ("10^15", AmountProblem.NOT_AN_AMOUNT),
        ("0x10", AmountProblem.NOT_AN_AMOUNT),
        ("٥٠", AmountProblem.NOT_AN_AMOUNT),
        ("५०", AmountProblem.NOT_AN_AMOUNT),
        ("5²", AmountProblem.NOT_AN_AMOUNT),
        ("½", AmountProblem.NOT_AN_AMOUNT),
        ("①", AmountProblem.NOT_AN_AMOUNT),
        ("5\u200b0", AmountProblem.NOT_AN_AMOUNT),
        ("two thousand three million", AmountProblem.NOT_AN_AMOUNT),
        ("five six", AmountProblem.NOT_AN_AMOUNT),
        ("fifty " * 40, AmountProblem.NOT_AN_AMOUNT),
        ("0", AmountProblem.NOT_POSITIVE),
        ("zero dollars", AmountProblem.NOT_POSITIVE),
        ("$0.00", AmountProblem.NOT_POSITIVE),
        ("-5", AmountProblem.NOT_POSITIVE),
        ("−5", AmountProblem.NOT_POSITIVE),
        ("$-5", AmountProblem.NOT_POSITIVE),
        ("-$5", AmountProblem.NOT_POSITIVE),
        ("minus five", AmountProblem.NOT_POSITIVE),
        ("0.001", AmountProblem.TOO_MANY_DECIMALS),
        ("1234.567", AmountProblem.TOO_MANY_DECIMALS),
        ("12.3456", AmountProblem.TOO_MANY_DECIMALS),
        ("1.00000000000000000000000000000000000001k", AmountProblem.TOO_MANY_DECIMALS),
        ("1000000000000000", AmountProblem.TOO_LARGE),
        ("9" * 60, AmountProblem.TOO_LARGE),
        ("999999999999999999999999m", AmountProblem.TOO_LARGE),
        ("€50", AmountProblem.OTHER_CURRENCY),
        ("fifty quid", AmountProblem.OTHER_CURRENCY),
        ("50p", AmountProblem.OTHER_CURRENCY),
        ("EUR 50.00", AmountProblem.OTHER_CURRENCY),
        ("50 canadian dollars", AmountProblem.OTHER_CURRENCY),
        ("1 500", AmountProblem.AMBIGUOUS),
        ("1,00,000", AmountProblem.AMBIGUOUS),
        ("0,500", AmountProblem.AMBIGUOUS),
        ("1,500.2,3", AmountProblem.AMBIGUOUS),
        ("a million and a half", AmountProblem.AMBIGUOUS),
        ("five dollars five", AmountProblem.AMBIGUOUS),
        ("five hundred and fifty cents", AmountProblem.AMBIGUOUS),
        ("€50 dollars", AmountProblem.AMBIGUOUS),
    ],
)
def test_what_cannot_be_booked_is_asked_about_for_its_own_reason(
    text: str, problem: AmountProblem
) -> None:
    assert _read(text) is problem


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("everything", 10_001),
        ("la mitad de mi saldo", 5_000),
        ("todo mi dinero", 10_001),
        ("un tercio del saldo", 3_333),
        ("all of it", 10_001),
        ("all my money", 10_001),
        ("my whole balance", 10_001),
        ("half", 5_000),
        ("Half my balance!", 5_000),
        ("half of the balance", 5_000),
        ("a quarter of my balance", 2_500),
        ("a third of it", 3_333),
    ],
)
def test_a_part_of_the_balance_is_never_more_than_that_part(text: str, minor: int) -> None:
    assert _read(text) == minor


def test_a_part_of_an_unknown_balance_is_asked_about() -> None:
    assert _read("half my balance", available=None) is AmountProblem.AMBIGUOUS


def test_everything_of_nothing_is_no_amount_to_send() -> None:
    assert _read("everything", available=Money(0, "USD")) is AmountProblem.NOT_POSITIVE
    assert _read("everything", available=Money(-100, "USD")) is AmountProblem.NOT_POSITIVE


def test_a_balance_in_another_currency_is_not_taken_for_this_one() -> None:
    assert _read("everything", available=Money(500, "EUR")) is AmountProblem.OTHER_CURRENCY


def test_half_an_hour_is_not_half_a_balance() -> None:
    assert _read("half an hour") is AmountProblem.NOT_AN_AMOUNT


def test_decimals_are_those_of_the_currency() -> None:
    assert parse_amount("1500", "en_US", "JPY") == Money(1500, "JPY")
    assert parse_amount("15.5", "en_US", "JPY") == AmountQuestion(AmountProblem.TOO_MANY_DECIMALS)
    assert parse_amount("1.500", "en_US", "BHD") == Money(1500, "BHD")


@given(
    minor=st.integers(1, MAX_MINOR),
    where=st.sampled_from([*HOME.items(), ("en_US", "JPY"), ("en_US", "CAD")]),
)
def test_money_written_for_a_locale_reads_back_as_the_same_money(
    minor: int, where: tuple[str, str]
) -> None:
    locale, currency = where
    money = Money(minor, currency)
    written = format_currency(money.amount, currency, locale=locale, group_separator=True)
    assert parse_amount(written, locale, currency) == money


@given(minor=st.integers(1, MAX_MINOR), currency=st.sampled_from(["USD", "EUR", "GBP"]))
def test_the_form_that_lex_resolves_to_reads_back(minor: int, currency: str) -> None:
    money = Money(minor, currency)
    assert parse_amount(f"{currency} {money.amount}", "en_US", currency) == money


@given(st.text(max_size=60), st.sampled_from(sorted(HOME)))
def test_no_text_raises_and_no_reading_is_out_of_range(text: str, locale: str) -> None:
    read = parse_amount(text, locale, HOME[locale], Money(1, HOME[locale]))
    assert isinstance(read, AmountQuestion) or 0 < read.minor <= MAX_MINOR


_PIECES = st.sampled_from(
    "1 50 9999999 . , - $ € £ k m and a half hundred thousand million twenty five dollars cents "
    "pence ５ ² minus zero 1.5 1,500 usd everything of it please".split()
)


@settings(max_examples=200)
@given(st.lists(_PIECES, max_size=9), st.sampled_from(["", " "]))
def test_no_mixture_of_the_words_it_knows_raises(pieces: list[str], between: str) -> None:
    read = parse_amount(between.join(pieces), "en_US", "USD", AVAILABLE)
    assert isinstance(read, AmountQuestion) or 0 < read.minor <= MAX_MINOR
