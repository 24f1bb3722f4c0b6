"""What may become of a card: frozen and thawed, blocked for good, replaced, activated."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from enum import StrEnum

from fulfillment.bank.books import Card, CardStatus


class CardRefusal(StrEnum):
    """Why a card stayed as it was."""

    CARD_BLOCKED = "card_blocked"
    CARD_UNKNOWN = "card_unknown"
    NOT_ACTIVATED = "not_activated"


@dataclass(frozen=True, slots=True)
class CardChange:
    """The card as it now is, and whether this request is what changed it.

    `changed` is False when the card was already so, and when `refusal` says why it may not be.
    """

    card: Card
    changed: bool
    refusal: CardRefusal | None = None


def card_refusal(current: CardStatus, wanted: CardStatus) -> CardRefusal | None:
    """Why a card may not go from `current` to `wanted`, or None. A blocked card stays blocked, and
    one that was only ordered can be blocked and nothing else until it is activated.
    """
    if current is CardStatus.ORDERED and wanted is not CardStatus.BLOCKED:
        return CardRefusal.NOT_ACTIVATED
    if current is CardStatus.BLOCKED and wanted is not CardStatus.BLOCKED:
        return CardRefusal.CARD_BLOCKED
    return None


ARRIVES_IN = 7
"""Business days within which a new card is with its holder."""

_SUFFIX = ".n"


def replacement_for(card: Card) -> Card:
    """The card that comes in place of `card`: always the same one, so that asking twice orders one.

    Its number is another: the last four digits are drawn from the ids.
    """
    card_id = f"{card.card_id}{_SUFFIX}"
    drawn = hashlib.sha256(f"{card.customer_id}/{card_id}".encode()).digest()
    last4 = f"{int.from_bytes(drawn[:4]) % 10_000:04d}"
    return replace(card, card_id=card_id, last4=last4, status=CardStatus.ORDERED)
