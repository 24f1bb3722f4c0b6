import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.nlu.bots import found_in, replied

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen"
).split()
_TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()


def in_words(number: int) -> str:
    if number < 20:
        return _ONES[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return _TENS[tens] + (f"-{_ONES[ones]}" if ones else "")
    for size, name in ((10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= size:
            above, below = divmod(number, size)
            return f"{in_words(above)} {name}" + (f" {in_words(below)}" if below else "")
    raise AssertionError(number)


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("one hundred twenty three point four five", "123.45"),
        ("one hundred twenty three dot four five", "123.45"),
        ("point four two", "0.42"),
        ("point forty two", "0.42"),
        ("232.998", "232.998"),
        ("50", "50"),
        ("-15", "-15"),
        ("minus 15", "-15"),
        ("1,250", "1250"),
        ("$500", "500"),
        ("a dozen", "12"),
        ("two and a half", "2.5"),
        ("half a million", "500000"),
        ("1.10", "1.1"),
        ("thirty-one thousand two hundred six", "31206"),
    ],
)
def test_a_number_is_read_in_decimal_digits(said: str, value: str) -> None:
    match = replied(said, "AMAZON.Number")
    assert match is not None
    assert match.interpreted == value


@given(st.integers(0, 10**9 - 1))
@settings(max_examples=200, deadline=None)
def test_every_whole_number_in_words_is_read_back(number: int) -> None:
    match = replied(in_words(number), "AMAZON.Number")
    assert match is not None
    assert match.interpreted == str(number)


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("50 percent", "50%"),
        ("0.4 percent", "0.4%"),
        ("23.5%", "23.5%"),
        ("twenty five percent", "25%"),
        ("50", "50"),
    ],
)
def test_a_share_keeps_its_sign_and_a_bare_number_stays_bare(said: str, value: str) -> None:
    match = replied(said, "AMAZON.Percentage")
    assert match is not None
    assert match.interpreted == value


def test_two_numbers_in_a_row_stay_two() -> None:
    assert [m.interpreted for m in found_in("between five and six", "AMAZON.Number")] == ["5", "6"]


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("three quarters", "0.75"),
        ("two thirds", "0.666666666667"),
        ("a fifth", "0.2"),
        ("five-eighths", "0.625"),
        ("one hundred and three and two thirds", "103.666666666667"),
        ("two and fifty-four hundredths", "2.54"),
        ("twenty-three fifths", "4.6"),
        # A part can hold more than one word unless "and" or a hyphen ties them to the number above.
        ("one hundred thirty fifths", "2.857142857143"),
        ("one hundred and thirty fifths", "26"),
        ("one one hundred fifth", "0.009523809524"),
        ("minus three quarters", "-0.75"),
        ("2 1/4", "2.25"),
        ("½", "0.5"),
        ("1e3", "1000"),
        ("2^10", "1024"),
        ("1 414 021 100", "1414021100"),
        ("a few", "3"),
    ],
)
def test_a_fraction_or_a_power_is_a_decimal_number(said: str, value: str) -> None:
    match = replied(said, "AMAZON.Number")
    assert match is not None
    assert match.interpreted == value


@pytest.mark.parametrize("said", ["9^999", "1/0", "2^0.5^-999", "0^-1"])
def test_what_cannot_be_worked_out_is_read_without_an_error(said: str) -> None:
    match = replied(said, "AMAZON.Number")
    assert match is None or match.interpreted is not None
