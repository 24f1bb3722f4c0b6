import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.nlu.bots import found_in, replied

CURRENCY = "AMAZON.Currency"


@pytest.mark.parametrize(
    ("said", "value"),
    [
        # The developer guide's own table.
        ("3USD", "USD 3.00"),
        ("USD300", "USD 300.00"),
        ("3 dimes", "USD 0.30"),
        ("$1.56", "USD 1.56"),
        ("5c", "USD 0.05"),
        ("1 dollar", "USD 1.00"),
        ("five fifteen", "USD 515.00"),
        ("five dollars fifteen cents", "USD 5.15"),
        ("5 usd and 1/2", "USD 5.50"),
        # As customers type them.
        ("fifty dollars", "USD 50.00"),
        ("$1.5k", "USD 1500.00"),
        ("50", "USD 50.00"),
        ("20 bucks", "USD 20.00"),
        ("fifty quid", "GBP 50.00"),
        ("€20", "EUR 20.00"),
        ("20 euros", "EUR 20.00"),
        ("CAD 15", "CAD 15.00"),
        ("twenty and a half dollars", "USD 20.50"),
        ("a hundred and twenty dollars", "USD 120.00"),
        ("$1,250.50", "USD 1250.50"),
        ("half a million dollars", "USD 500000.00"),
        ("two point five million dollars", "USD 2500000.00"),
        ("2 thousand five hundred", "USD 2500.00"),
        ("two hundred fifty", "USD 250.00"),
        ("15 dollars and 15", "USD 15.15"),
        ("50 cents", "USD 0.50"),
        ("１００ dollars", "USD 100.00"),
        ("-5", "USD -5.00"),
        ("minus twenty dollars", "USD -20.00"),
        ("EUR -50.00", "EUR -50.00"),
        ("30 MUSD", "USD 30000000.00"),
        ("a dollar fifty", "USD 1.50"),
        ("dollar fifty", "USD 1.50"),
        ("a buck", "USD 1.00"),
        ("hundred bucks", "USD 100.00"),
        ("a couple of hundred dollars", "USD 200.00"),
        ("a tenner", "USD 10.00"),
        ("two grand", "USD 2000.00"),
    ],
)
def test_an_amount_is_read_as_lex_reads_it(said: str, value: str) -> None:
    match = replied(said, CURRENCY)
    assert match is not None
    assert (match.interpreted, match.resolved) == (value, (value,))


@pytest.mark.parametrize(
    "said",
    ["1.500", "1,50", "1.234,50", "5-10", "0.001", "12.345", "1,2,3", "$ 1 250", "1 000 dollars"],
)
def test_a_figure_that_could_mean_two_amounts_keeps_its_words_and_has_no_value(said: str) -> None:
    match = replied(said, CURRENCY)
    assert match is not None
    assert (match.original, match.interpreted, match.resolved) == (said, None, ())


@pytest.mark.parametrize(
    "said",
    ["", "cancel", "what's my balance", "5%", "1e400", "10:30", "11/25", "4th-floor", "lots", "👍"],
)
def test_what_is_no_amount_gives_none(said: str) -> None:
    assert replied(said, CURRENCY) is None


def test_an_amount_is_found_in_the_middle_of_a_sentence_with_its_own_words() -> None:
    [match] = found_in("could you send fifty bucks to anna please", CURRENCY)
    assert (match.original, match.interpreted) == ("fifty bucks", "USD 50.00")


def test_numbers_of_dates_times_and_shares_are_not_amounts() -> None:
    values = [m.interpreted for m in found_in("send 50 on 11/25 at 10:30 with 3% off", CURRENCY)]
    assert values == ["USD 50.00"]


def test_a_count_is_not_taken_for_the_amount_that_was_asked_for() -> None:
    assert replied("the last 30 days", CURRENCY) is None


def test_a_bare_number_takes_the_currency_of_the_locale() -> None:
    [match] = found_in("send 20", CURRENCY, locale_id="en_GB")
    assert match.interpreted == "GBP 20.00"


@given(st.integers(0, 10**9), st.integers(0, 99))
@settings(max_examples=200, deadline=None)
def test_every_amount_in_dollars_and_cents_is_read_exactly(dollars: int, cents: int) -> None:
    match = replied(f"${dollars:,}.{cents:02d}", CURRENCY)
    assert match is not None
    assert match.interpreted == f"USD {dollars}.{cents:02d}"
