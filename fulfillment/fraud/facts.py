"""What is known about a payment before it moves, and what somebody later says about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from fulfillment.fraud.scam_stories import Story

DAY_S = 86_400
HOUR_S = 3_600


@dataclass(frozen=True, slots=True)
class PaymentFacts:
    """One payment, as the features, the rules and the policy see it.

    `at` is UTC, in whole seconds since 1970. `minor` is what leaves the account in minor units, of
    one currency for the whole bank: whoever calls converts. `counterparty` is who gets it (a
    terminal, a merchant, the account behind a payee) and `payee` the customer's own entry for them,
    which is what makes a payee new. An empty text means that it is not known or does not apply.
    `abroad` is the country that a card is used in, as an ISO 3166 code, where it is neither the
    customer's own nor one of a trip that they told the bank of. `offset_s` is how far the
    customer's clock is ahead of UTC. `story` is the one that scams are told with, where the
    customer told it before they paid.
    """

    payment_id: str
    at: int
    customer: str
    counterparty: str
    minor: int
    category: str = ""
    payee: str = ""
    device: str = ""
    memo: str = ""
    offset_s: int = 0
    abroad: str = ""
    story: Story | None = None

    @property
    def day(self) -> int:
        """The UTC day that the payment is counted on, in days since 1970."""
        return self.at // DAY_S


class Verdict(StrEnum):
    """What a payment turned out to be, by an analyst, the customer or a chargeback."""

    FRAUD = "fraud"
    GENUINE = "genuine"


def in_words(hour: int) -> str:
    """An hour of the day as people say it: "4 AM", "noon"."""
    named = {0: "midnight", 12: "noon"}
    return named.get(hour) or f"{hour % 12} {'AM' if hour < 12 else 'PM'}"


def first_to_payee(in_category: float, in_all: float) -> str:
    """That a payee was never paid before, beside how many payments were: a rule and the model's
    cause say it in the same words, so that who tells both tells it once."""
    return (
        f"first payment to this payee; {in_category:.0f} in this category, of {in_all:.0f} in all"
    )
