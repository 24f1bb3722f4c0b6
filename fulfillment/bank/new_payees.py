"""What somebody may be sent in the first hours after being added: too little to tempt a thief."""

from __future__ import annotations

from datetime import datetime

from fulfillment.bank.books import Payee
from fulfillment.bank.money import Money
from fulfillment.bank.schedule import standard_schedule


def new_until(added_at: datetime) -> datetime:
    """When a payee that was added at `added_at` is new no more."""
    return added_at + standard_schedule().new_payee.lasts


def most_for_new(currency: str) -> Money:
    """What a new payee gets at most, in all; zero in a currency that the schedule does not name."""
    return Money(standard_schedule().new_payee.most.get(currency, 0), currency)


def left_for_new(payee: Payee, currency: str, now: datetime) -> Money | None:
    """What `payee` may still be sent in `currency` while it is new; None when it is not."""
    if payee.new_until is None or payee.new_until <= now:
        return None
    return max(most_for_new(currency) - payee.paid_in(currency), Money.zero(currency))
