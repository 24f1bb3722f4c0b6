"""Money is exact: what goes in comes out, sums agree, and nothing is rounded in silence."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fulfillment.bank.money import (
    MAX_MINOR,
    CurrencyMismatchError,
    Money,
    MoneyRangeError,
    exponent,
)

minor_units = st.integers(-MAX_MINOR // 4, MAX_MINOR // 4)
currencies = st.sampled_from(["USD", "EUR", "JPY", "BHD"])


def test_nothing_and_less_than_nothing_are_not_positive() -> None:
    assert Money(1, "USD").is_positive
    assert not Money(0, "USD").is_positive
    assert not Money(-1, "USD").is_positive


def test_money_is_neither_less_nor_more_than_what_is_no_money() -> None:
    with pytest.raises(TypeError):
        _ = Money(1, "USD") < 2


@given(st.integers(-MAX_MINOR, MAX_MINOR), currencies)
def test_an_amount_in_major_units_reads_back_as_the_same_minor_units(
    minor: int, currency: str
) -> None:
    money = Money(minor, currency)
    assert Money.of(money.amount, currency) == money
    assert Money.of(str(money.amount), currency) == money


@given(minor_units, minor_units, minor_units)
def test_adding_is_associative_and_subtracting_undoes_it(a: int, b: int, c: int) -> None:
    x, y, z = (Money(minor, "EUR") for minor in (a, b, c))
    assert (x + y) + z == x + (y + z)
    assert x + y - y == x
    assert x + -x == Money.zero("EUR")


@given(minor_units, minor_units)
def test_amounts_are_ordered_as_their_minor_units_are(a: int, b: int) -> None:
    assert (Money(a, "EUR") < Money(b, "EUR")) == (a < b)
    assert (Money(a, "EUR") >= Money(b, "EUR")) == (a >= b)
    assert max(Money(a, "EUR"), Money(b, "EUR")).minor == max(a, b)


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [
        ("12.34", "USD", 1234),
        ("12.3", "USD", 1230),
        ("12.3400", "USD", 1234),
        ("-0.01", "USD", -1),
        ("1500", "JPY", 1500),
        ("1.234", "BHD", 1234),
        ("1e3", "USD", 100_000),
        ("0", "USD", 0),
        ("-0.00", "USD", 0),
        ("0E-999999999", "USD", 0),
        ("0E+999999999", "USD", 0),
    ],
)
def test_an_amount_is_read_in_the_decimals_of_its_currency(
    amount: str, currency: str, minor: int
) -> None:
    assert Money.of(amount, currency) == Money(minor, currency)


@pytest.mark.parametrize(
    ("amount", "currency"),
    [
        ("0.001", "USD"),
        ("1.5", "JPY"),
        ("1.2345", "BHD"),
        ("1234567890123.00000000000000000001", "USD"),
        ("1e-16", "USD"),
        ("1e-999999999", "USD"),
        ("1e400", "USD"),
        ("1e999999999", "USD"),
        ("10000000000000.01", "USD"),
        ("NaN", "USD"),
        ("sNaN", "USD"),
        ("Infinity", "USD"),
        ("-Infinity", "USD"),
        ("fifty", "USD"),
        ("", "USD"),
    ],
)
def test_an_amount_that_cannot_be_booked_exactly_is_refused(amount: str, currency: str) -> None:
    with pytest.raises(MoneyRangeError):
        Money.of(amount, currency)


@pytest.mark.parametrize("minor", [1.0, True, "1", Decimal(1), None, MAX_MINOR + 1, -MAX_MINOR - 1])
def test_only_whole_minor_units_within_range_are_money(minor: object) -> None:
    with pytest.raises(MoneyRangeError):
        Money(minor, "USD")  # type: ignore[arg-type]  # the wrong type is the point


@pytest.mark.parametrize("currency", ["", "usd", "US", "USDT", "ÜSD"])
def test_a_currency_is_three_capital_letters(currency: str) -> None:
    with pytest.raises(MoneyRangeError):
        Money(1, currency)


def test_a_sum_beyond_the_range_is_refused_rather_than_wrapped() -> None:
    with pytest.raises(MoneyRangeError):
        Money(MAX_MINOR, "USD") + Money(1, "USD")


def test_two_currencies_never_meet_in_one_calculation() -> None:
    dollar, euro = Money(100, "USD"), Money(100, "EUR")
    with pytest.raises(CurrencyMismatchError):
        dollar + euro
    with pytest.raises(CurrencyMismatchError):
        dollar - euro
    with pytest.raises(CurrencyMismatchError):
        assert dollar < euro
    assert dollar != euro


def test_a_currency_without_an_entry_of_its_own_has_two_decimals() -> None:
    assert (exponent("USD"), exponent("JPY"), exponent("KWD")) == (2, 0, 3)
