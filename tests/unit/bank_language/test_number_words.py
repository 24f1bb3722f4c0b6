"""Every number that is said in words is the number that was meant."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fulfillment.bank.number_words import TwoReadingsError, number_of, vocabulary_of

ENGLISH = vocabulary_of("en_US")
_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


def _spelled(number: int) -> list[str]:
    """An independent speller: the other way round than the reader."""
    for scale, word in ((10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= scale:
            rest = _spelled(number % scale) if number % scale else []
            joint = ["and"] if rest and number % scale < 100 else []
            return [*_spelled(number // scale), word, *joint, *rest]
    if number < 20:
        return [_SMALL[number]]
    return [_TENS[number // 10 - 2], *([_SMALL[number % 10]] if number % 10 else [])]


@given(st.integers(0, 999_999_999).filter(lambda number: len(_spelled(number)) <= 16))
def test_a_number_that_is_spelled_out_reads_back(number: int) -> None:
    assert number_of(_spelled(number), ENGLISH) == number


@given(st.lists(st.sampled_from([*_SMALL, *_TENS, "hundred", "thousand", "and", "a"]), max_size=6))
def test_words_that_make_no_number_are_none_and_never_an_error(words: list[str]) -> None:
    value = number_of(words, ENGLISH)
    assert value is None or value >= 0


@pytest.mark.parametrize("words", ["and five", "five and", "a", "hundred hundred", "twenty eleven"])
def test_a_broken_number_is_no_number(words: str) -> None:
    assert number_of(words.split(), ENGLISH) is None


def test_digits_may_be_scaled_by_a_word() -> None:
    assert number_of([Fraction(5, 2), "million"], ENGLISH) == 2_500_000


def test_two_numbers_in_a_row_have_two_readings() -> None:
    with pytest.raises(TwoReadingsError):
        number_of([Fraction(1), Fraction(500)], ENGLISH)


def test_a_language_without_words_of_its_own_is_read_as_english() -> None:
    assert vocabulary_of("fr_FR") is ENGLISH
