"""Corrections: a new movement opposite to one that was booked, which stays as it is."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from fulfillment.bank.money import Money


class ReversalRefusal(StrEnum):
    """Why a movement was not reversed."""

    UNKNOWN = "unknown"
    NOT_POSTED = "not_posted"
    """It never moved money: it is pending, or was given back."""
    IS_A_REVERSAL = "is_a_reversal"
    ACCOUNT_CLOSED = "account_closed"
    MONEY_IS_SPENT = "money_is_spent"
    """What would have to go back is not there any more."""


@dataclass(frozen=True, slots=True)
class ReversalRefused:
    """`available` is what is left of the money that would have to go back."""

    reason: ReversalRefusal
    available: Money | None = None


@dataclass(frozen=True, slots=True)
class Reversal:
    """A correction that is booked. `amount` (with `fee`) went back to where it came from."""

    transfer_id: str
    reverses: str
    amount: Money
    fee: Money
    reason: str
    booked_at: datetime
    replayed: bool = False
    """True when it had been reversed before and nothing moved this time."""


def reversal_id(transfer_id: str) -> str:
    """The one id that the reversal of a transfer can have: it cannot be reversed twice."""
    return f"R-{hashlib.sha256(transfer_id.encode()).hexdigest()[:32]}"
