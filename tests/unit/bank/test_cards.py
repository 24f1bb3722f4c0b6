"""What may become of a card."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fulfillment.bank.books import CardStatus
from fulfillment.bank.cards import CardRefusal, card_refusal, replacement_for
from tests.unit.bank.values import DEBIT_CARD


@pytest.mark.parametrize("wanted", [CardStatus.ACTIVE, CardStatus.FROZEN])
def test_a_blocked_card_stays_blocked(wanted: CardStatus) -> None:
    assert card_refusal(CardStatus.BLOCKED, wanted) is CardRefusal.CARD_BLOCKED


@pytest.mark.parametrize("current", list(CardStatus))
def test_any_card_may_be_blocked(current: CardStatus) -> None:
    assert card_refusal(current, CardStatus.BLOCKED) is None


def test_freezing_and_thawing_are_the_holders_to_choose() -> None:
    assert card_refusal(CardStatus.ACTIVE, CardStatus.FROZEN) is None
    assert card_refusal(CardStatus.FROZEN, CardStatus.ACTIVE) is None


@pytest.mark.parametrize("wanted", [CardStatus.ACTIVE, CardStatus.FROZEN])
def test_an_ordered_card_is_neither_frozen_nor_thawed(wanted: CardStatus) -> None:
    assert card_refusal(CardStatus.ORDERED, wanted) is CardRefusal.NOT_ACTIVATED


def test_a_replacement_is_always_the_same_card_with_another_number() -> None:
    new = replacement_for(DEBIT_CARD)
    assert new == replacement_for(replace(DEBIT_CARD, status=CardStatus.BLOCKED))
    assert new.status is CardStatus.ORDERED
    assert (new.card_id, len(new.last4)) != (DEBIT_CARD.card_id, 0)
    assert new.last4 != DEBIT_CARD.last4
    assert replacement_for(new).card_id != new.card_id
