"""What may become of a card: frozen and thawed by its holder, blocked once and for all."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fulfillment.bank.books import Card, CardStatus


class CardRefusal(StrEnum):
    """Why a card stayed as it was."""

    CARD_BLOCKED = "card_blocked"
    CARD_UNKNOWN = "card_unknown"


@dataclass(frozen=True, slots=True)
class CardChange:
    """The card as it now is, and whether this request is what changed it.

    `changed` is False when the card was already so, and when `refusal` says why it may not be.
    """

    card: Card
    changed: bool
    refusal: CardRefusal | None = None


def card_refusal(current: CardStatus, wanted: CardStatus) -> CardRefusal | None:
    """Why a card may not go from `current` to `wanted`, or None. A blocked card stays blocked."""
    if current is CardStatus.BLOCKED and wanted is not CardStatus.BLOCKED:
        return CardRefusal.CARD_BLOCKED
    return None
