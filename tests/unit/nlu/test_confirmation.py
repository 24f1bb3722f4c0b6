import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.confirmation import read_confirmation


@pytest.mark.parametrize(
    "said",
    [
        "yes", "Yes!", "YES PLEASE", "yep do it", "yeah", "sure", "sure, send it", "ok", "go ahead",
        "Yes, go ahead please", "that's right", "👍", "👍🏽", "sounds good to me", "y", "of course",
        "please do", "yesss", "yes yes yes", "looks good", "confirm", "absolutely", "I do",
    ],
)  # fmt: skip
def test_a_yes_is_a_yes(said: str) -> None:
    assert read_confirmation(said) is True


@pytest.mark.parametrize(
    "said",
    [
        "no", "No.", "nope", "nah", "no thanks", "no thank you", "don't", "please don't", "n",
        "no, wait", "not now", "I don't think so", "👎", "absolutely not", "I'd rather not",
        "no no no", "no way", "never", "that's wrong",
    ],
)  # fmt: skip
def test_a_no_is_a_no(said: str) -> None:
    assert read_confirmation(said) is False


@pytest.mark.parametrize(
    "said",
    [
        "yes but make it 60", "no, 70", "maybe", "dunno", "not sure", "", "   ", "cancel", "yes no",
        "yes 👎", "what's my balance", "from savings instead", "actually make it 80", "🦄",
        "send it to Tom", "yes to savings", "forget it", "probably", "no go ahead",
    ],
)  # fmt: skip
def test_anything_more_or_less_is_neither(said: str) -> None:
    assert read_confirmation(said) is None


@given(st.text())
def test_any_text_gets_an_answer_without_an_error(said: str) -> None:
    assert read_confirmation(said) in (True, False, None)
