"""What may become of a card."""

from __future__ import annotations

import pytest

from fulfillment.bank.books import CardStatus
from fulfillment.bank.cards import CardRefusal, card_refusal


@pytest.mark.parametrize("wanted", [CardStatus.ACTIVE, CardStatus.FROZEN])
def test_a_blocked_card_stays_blocked(wanted: CardStatus) -> None:
    assert card_refusal(CardStatus.BLOCKED, wanted) is CardRefusal.CARD_BLOCKED


@pytest.mark.parametrize("current", list(CardStatus))
def test_any_card_may_be_blocked(current: CardStatus) -> None:
    assert card_refusal(current, CardStatus.BLOCKED) is None


def test_freezing_and_thawing_are_the_holders_to_choose() -> None:
    assert card_refusal(CardStatus.ACTIVE, CardStatus.FROZEN) is None
    assert card_refusal(CardStatus.FROZEN, CardStatus.ACTIVE) is None
