"""How somebody stands before the bank who confirms a payment: how sure it is of them, and where."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

VERIFIED_LEVEL = 2
"""The level of an identity that may pay at all. Level 3 is of one action: of a quote, not of a
session, so no identity alone has it."""


class PaymentChannel(StrEnum):
    """What carries the conversation, as far as the rules care. `typed` is a chat of the bank's."""

    TYPED = "typed"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Standing:
    """Who confirms a payment, and through what: the level of a proved identity, and the channel."""

    level: int = VERIFIED_LEVEL
    channel: PaymentChannel = PaymentChannel.TYPED
