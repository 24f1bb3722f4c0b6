"""What names no account at all is as if nothing had been said."""

import pytest

from fulfillment.bank.name_words import names_nothing


@pytest.mark.parametrize("said", ["my card", "la tarjeta", "mi cuenta", "the account", "the one"])
def test_small_talk_names_nothing(said: str) -> None:
    assert names_nothing(said)


@pytest.mark.parametrize("said", ["visa", "tarjeta de crédito", "the one ending 7001", "???", ""])
def test_a_word_a_number_and_no_word_at_all_are_something_else(said: str) -> None:
    assert not names_nothing(said)
