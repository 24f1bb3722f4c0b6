"""What the bank says to a customer of its own accord: pushed to an open chat, or at the next turn.

Each has a number within its customer's, so that nobody hears one twice or misses one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from fulfillment.bank.money import Money


class BankMessageKind(StrEnum):
    PAYMENT_RELEASED = "payment_released"
    PAYMENT_DECLINED = "payment_declined"
    PAYMENT_CLEARED = "payment_cleared"
    """A blocked payment was found to be genuine: it may be sent again."""
    WAS_IT_YOU = "was_it_you"
    CARDS_FROZEN = "cards_frozen"
    TAKEN_OVER = "taken_over"
    ANALYST_SAID = "analyst_said"
    HANDED_BACK = "handed_back"


@dataclass(frozen=True, slots=True)
class BankMessage:
    """`text` is an analyst's own words, or a first name; `to` whom a payment goes to.

    `payment_id` is what a "was this you?" asks about. `number` counts from 1 for each customer.
    """

    customer_id: str
    number: int
    at: datetime
    kind: BankMessageKind
    amount: Money | None = None
    to: str = ""
    text: str = ""
    payment_id: str | None = None
