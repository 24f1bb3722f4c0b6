"""A question about one fee is answered about that fee."""

import doctest

import pytest

from fulfillment.bank import fee_words
from fulfillment.bank.fee_words import fees_asked


def test_the_example_runs() -> None:
    assert doctest.testmod(fee_words).failed == 0


@pytest.mark.parametrize(
    ("words", "fees"),
    [
        ("is there a foreign transaction fee", {"foreign_percent"}),
        ("what is the overdraft fee", {"overdraft_fee"}),
        ("how much is a wire", {"wire_fee"}),
        ("what if I pay late", {"late_fee"}),
        ("do I pay a monthly fee", {"monthly_fee"}),
        ("what fees do you charge", set()),
        ("", set()),
    ],
)
def test_the_fee_is_heard_in_the_question(words: str, fees: set[str]) -> None:
    assert fees_asked(words, "en_US") == fees


def test_a_language_without_words_is_answered_in_general() -> None:
    assert fees_asked("overdraft", "es_US") == frozenset()
