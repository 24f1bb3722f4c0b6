"""What the bank has to tell a customer the next time they speak to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from fulfillment.bank.money import Money
from fulfillment.bank.payments import Refusal


@dataclass(frozen=True, slots=True)
class MissedPayment:
    """A scheduled payment of the day `due` that was not made, and why. `at` is UTC.

    `goes_on`: other payments of the same schedule come after it.
    """

    notice_id: str
    customer_id: str
    at: datetime
    amount: Money
    to: str
    due: date
    reason: Refusal
    goes_on: bool
