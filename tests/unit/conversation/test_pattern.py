"""Expected text is exact, or has gaps, or is a regular expression."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.conversation.pattern import TextPattern, one_line, with_kept


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("How much?", "How much?"),
        ("How much?", "  How\n much? "),
        ("Your balance:\nChecking $5", "Your balance: Checking $5"),
        ("Sent ... to Anna.", "Sent $50.00 to Anna."),
        ("Sent ... to Anna.", "Sent to Anna."),
        ("...Anna...", "Money for Anna is on its way"),
        ("Done…", "Done. Receipt R-1."),
        ("...", ""),
        ("Costs $5 (about).", "Costs $5 (about)."),
        ("/receipt [A-Z]{2}-\\d+/", "Here is receipt AB-17 for you"),
        ("/^done/i", "DONE."),
        ("a / b", "a / b"),
    ],
)
def test_a_pattern_fits(pattern: str, text: str) -> None:
    assert TextPattern(pattern).match(text, {}) is not None


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("How much?", "how much?"),
        ("How much", "How much?"),
        ("Sent ... to Anna.", "Sent $50.00 to Annabel."),
        ("Sent ... to Anna.", "I have sent $50 to Anna."),
        ("Costs $5.00", "Costs $5x00"),
        ("/^done/", "not done"),
        ("/done/", "DONE"),
        ("", "anything"),
    ],
)
def test_a_pattern_does_not_fit(pattern: str, text: str) -> None:
    assert TextPattern(pattern).match(text, {}) is None


def test_a_broken_regular_expression_is_refused_when_written() -> None:
    with pytest.raises(ValueError, match="is not a regular expression"):
        TextPattern("/receipt (/")


def test_a_named_group_is_kept_and_can_be_said_again() -> None:
    kept = TextPattern("/receipt (?P<receipt>\\w+)/").match("receipt R.1", {})
    assert kept == {"receipt": "R"}
    assert with_kept("about {receipt} and {other}", kept) == "about R and {other}"


def test_a_kept_value_stands_for_itself_in_a_pattern() -> None:
    kept = {"name": "A.*"}
    assert TextPattern("Hello {name}").match("Hello A.*", kept) is not None
    assert TextPattern("/^Hello {name}$/").match("Hello A.*", kept) is not None
    assert TextPattern("/^Hello {name}$/").match("Hello Anna", kept) is None


@given(st.text(max_size=30))
def test_any_text_fits_itself(text: str) -> None:
    assume(not (text.startswith("/") and text.endswith(("/", "/i"))))
    assert TextPattern(one_line(text)).match(text, {}) is not None


@given(st.text(max_size=20), st.text(max_size=20), st.text(max_size=20))
def test_a_gap_takes_any_text_between(first: str, between: str, last: str) -> None:
    assume("/" not in first + last)
    assume(not first.endswith("."))  # of four points the first three are the gap
    assert TextPattern(f"{first}...{last}").match(f"{first}{between}{last}", {}) is not None
