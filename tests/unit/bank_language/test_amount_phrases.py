"""The one amount of a sentence is found, and nothing else is taken for it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fulfillment.bank.amount_phrases import find_amount, is_part_of_a_sum
from fulfillment.bank.amounts import AmountProblem, AmountQuestion
from fulfillment.bank.money import Money

AVAILABLE = Money(10_000, "USD")


@pytest.mark.parametrize(
    ("sentence", "phrase", "minor"),
    [
        ("send 50 dollars to Anna", "50 dollars", 5_000),
        ("Send Anna $50, please!", "$50", 5_000),
        ("move 100 from checking to savings", "100", 10_000),
        ("pay fifty bucks to Tom on October 3", "fifty bucks", 5_000),
        ("send $40 to 2 people", "$40", 4_000),
        ("use 50 USD from the card ending 4412", "50 usd", 5_000),
        ("make it a hundred and twenty", "a hundred and twenty", 12_000),
        ("send half my balance to anna", "half my balance", 5_000),
        ("transfer everything from checking", "everything", 10_000),
        ("50 dollars, no wait, 50 dollars", "50 dollars", 5_000),
        (
            "give my sister one thousand two hundred dollars and fifty cents tomorrow",
            "one thousand two hundred dollars and fifty cents",
            120_050,
        ),
    ],
)
def test_the_amount_of_a_sentence_is_found(sentence: str, phrase: str, minor: int) -> None:
    found = find_amount(sentence, "en_US", "USD", AVAILABLE)
    assert found is not None
    assert found.amount == Money(minor, "USD")
    assert found.phrase.startswith(phrase)


@pytest.mark.parametrize(
    "sentence",
    [
        "",
        "send money",
        "the savings one",
        "show all my accounts",
        "balance of account ending 4412",
        "transactions of the last 30 days",
        "what did I spend on the 3rd",
        "what did I spend on october 3",
        "half an hour",
        "send 1e400 to anna",
        "send 5² to anna",
    ],
)
def test_a_sentence_without_an_amount_has_none(sentence: str) -> None:
    assert find_amount(sentence, "en_US", "USD", AVAILABLE) is None


@pytest.mark.parametrize(
    ("sentence", "problem"),
    [
        ("send 50 or 60 to anna", AmountProblem.AMBIGUOUS),
        ("send 1,50 to anna", AmountProblem.AMBIGUOUS),
        ("send fifty quid to anna", AmountProblem.OTHER_CURRENCY),
        ("send -5 to anna", AmountProblem.NOT_POSITIVE),
        ("send $0.001 to anna", AmountProblem.TOO_MANY_DECIMALS),
        ("send 1000000000000000 to anna", AmountProblem.TOO_LARGE),
    ],
)
def test_an_amount_that_cannot_be_booked_is_found_as_a_question(
    sentence: str, problem: AmountProblem
) -> None:
    found = find_amount(sentence, "en_US", "USD", AVAILABLE)
    assert found is not None
    assert found.amount == AmountQuestion(problem)


@given(st.text(max_size=80))
def test_no_sentence_raises(sentence: str) -> None:
    find_amount(sentence, "en_US", "USD", AVAILABLE)


@given(st.integers(1, 10**9), st.sampled_from(["send {} to Anna", "{} for Tom", "pay Anna {}"]))
def test_an_amount_with_its_sign_is_found_wherever_it_stands(minor: int, frame: str) -> None:
    money = Money(minor, "USD")
    found = find_amount(frame.format(f"${money.amount:,}"), "en_US", "USD")
    assert found is not None
    assert found.amount == money


@pytest.mark.parametrize("sentence", ["10^15", "send 10^15 dollars", "10 ^ 15", "10**3", "10 × 3"])
def test_a_figure_of_a_calculation_is_no_amount(sentence: str) -> None:
    assert is_part_of_a_sum("10", sentence)


@pytest.mark.parametrize("sentence", ["send 10 to anna", "10.", "$10 by 10^2", "fifty", "110"])
def test_a_figure_that_stands_alone_is_one(sentence: str) -> None:
    assert not is_part_of_a_sum("10", sentence)
