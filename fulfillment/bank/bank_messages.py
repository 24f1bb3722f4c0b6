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
    SCHEDULED_DECLINED = "scheduled_declined"
    """The same of a scheduled payment; `text` is the schedule's next due day, if there is one."""
    PAYMENT_CLEARED = "payment_cleared"
    """A blocked payment was found to be genuine: it may be sent again."""
    WAS_IT_YOU = "was_it_you"
    CARD_WAS_IT_YOU = "card_was_it_you"
    """A card payment waits until the customer, or an analyst, has said whether it is theirs."""
    SCHEDULED_WAS_IT_YOU = "scheduled_was_it_you"
    """A scheduled payment waits in the same way."""
    CARD_STOPPED = "card_stopped"
    """A card payment was not let through; the customer says whether it was theirs."""
    CARDS_FROZEN = "cards_frozen"
    TAKEN_OVER = "taken_over"
    ANALYST_SAID = "analyst_said"
    HANDED_BACK = "handed_back"


QUESTIONS = frozenset(
    {
        BankMessageKind.WAS_IT_YOU,
        BankMessageKind.CARD_WAS_IT_YOU,
        BankMessageKind.SCHEDULED_WAS_IT_YOU,
        BankMessageKind.CARD_STOPPED,
    }
)
"""Messages that ask whether a payment was the customer's own."""


@dataclass(frozen=True, slots=True)
class BankMessage:
    """`text` is an analyst's own words, a first name, the end of a card's number, or a day
    (ISO); `to` is whom a payment goes to.

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
