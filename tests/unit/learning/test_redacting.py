import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.learning import redacted
from bot.learning.redacting import MAX_LENGTH


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("send 250 to Anna at anna@example.com", "send # to <name> at <address>"),
        ("my card 4111 1111 1111 1111 is gone", "my card # # # # is gone"),
        ("pay Zorblatt for the roof", "pay <name> for the roof"),
        ("will you pay the bill", "will you pay the bill"),
        ("WHERE IS MY MONEY", "WHERE IS MY MONEY"),
        ("Why is it late. Please hurry", "Why is it late. Please hurry"),
        ("look at https://evil.example/x", "look at <address>"),
    ],
)
def test_what_is_somebodys_own_is_taken_out(said: str, kept: str) -> None:
    assert redacted(said) == kept


@given(st.text(max_size=500))
def test_no_figure_and_no_address_is_left(said: str) -> None:
    kept = redacted(said)
    assert not any(letter.isdigit() for letter in kept if letter.isdecimal())
    assert len(kept) <= MAX_LENGTH + 60 * len("<name>")


@given(st.text(max_size=200))
def test_redacting_twice_changes_nothing_more(said: str) -> None:
    once = redacted(said)
    assert redacted(once) == once or len(once) > MAX_LENGTH
