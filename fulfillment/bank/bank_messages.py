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
    PAYMENT_RAN_OUT = "payment_ran_out"
    """A held payment that nobody decided on in time: it was not made."""
    SCHEDULED_RAN_OUT = "scheduled_ran_out"
    """The same of a scheduled payment; `text` as in `SCHEDULED_DECLINED`."""
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
    TIP_LOW_BALANCE = "tip_low_balance"
    """Money that will probably not last; `to` is the account, `amount` what is left at the lowest,
    `text` the payday and the day of the lowest."""
    TIP_TWICE = "tip_twice"
    """`to` charged `amount` twice on the day `text`."""
    TIP_BUDGET = "tip_budget"
    """`amount` of the category `to` is spent; `text` is the budget in minor units."""
    TIP_TRIAL = "tip_trial"
    """A trial of `to` turns into a paid subscription about the day `text`."""
    TIP_DEARER = "tip_dearer"
    """`to` costs `amount` now; `text` is the price before in minor units."""
    TIP_REFUND = "tip_refund"
    """`to` gave `amount` back."""
    TIP_GOAL = "tip_goal"
    """The savings goal of `amount` is reached."""


QUESTIONS = frozenset(
    {
        BankMessageKind.WAS_IT_YOU,
        BankMessageKind.CARD_WAS_IT_YOU,
        BankMessageKind.SCHEDULED_WAS_IT_YOU,
        BankMessageKind.CARD_STOPPED,
    }
)
"""Messages that ask whether a payment was the customer's own."""


OF_A_SCHEDULE = {
    BankMessageKind.PAYMENT_DECLINED: BankMessageKind.SCHEDULED_DECLINED,
    BankMessageKind.PAYMENT_RAN_OUT: BankMessageKind.SCHEDULED_RAN_OUT,
}
"""What is said otherwise of a scheduled payment, which has a next time."""


TIPS = frozenset(kind for kind in BankMessageKind if kind.startswith("tip_"))
"""What is told only to whoever agreed to it, one at a time, and never while something is open."""


@dataclass(frozen=True, slots=True)
class BankMessage:
    """`text` is an analyst's own words, a first name, the end of a card's number, or a day
    (ISO); `to` is whom a payment goes to. What they are in a tip is said with its kind.

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

    @property
    def is_tip(self) -> bool:
        return self.kind in TIPS
