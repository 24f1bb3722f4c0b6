"""A credit card's last statement: what it asked for, by when, and what is still open of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal

from fulfillment.bank.money import Money
from fulfillment.bank.schedule import CardCycle
from fulfillment.bank.totals import Totals


@dataclass(frozen=True, slots=True)
class CardStatement:
    """`balance` was owed when the statement closed; `paid` came in since; none is negative.

    `minimum_open` and `balance_open` are what is left to pay of each, by `due`.
    """

    closed: date
    due: date
    balance: Money
    minimum: Money
    paid: Money

    @property
    def minimum_open(self) -> Money:
        return max(self.minimum - self.paid, Money.zero(self.balance.currency))

    @property
    def balance_open(self) -> Money:
        return max(self.balance - self.paid, Money.zero(self.balance.currency))


def last_closing(cycle: CardCycle, today: date) -> date:
    """The day the last statement closed: the latest statement day before `today`."""
    this_month = today.replace(day=cycle.statement_day)
    if this_month < today:
        return this_month
    end_of_last = today.replace(day=1) - timedelta(days=1)
    return end_of_last.replace(day=cycle.statement_day)


def statement(cycle: CardCycle, posted: Money, since: Totals, today: date) -> CardStatement:
    """The last statement, from the balance of today and what was booked after it closed.

    `posted` is negative when money is owed. Refunds lower what will be owed next time; payments
    alone are counted as paid.
    """
    moved = since.money_in - since.money_out
    owed = max(-(posted - moved), Money.zero(posted.currency))
    paid = since.money_in - since.refunded
    closed = last_closing(cycle, today)
    return CardStatement(
        closed,
        closed + timedelta(days=cycle.due_after_days),
        owed,
        minimum_payment(cycle, owed),
        paid,
    )


def minimum_payment(cycle: CardCycle, owed: Money) -> Money:
    """The larger of the least amount and the share of what is owed; never more than is owed."""
    share = (Decimal(owed.minor) * cycle.minimum_percent / 100).quantize(
        Decimal(1), rounding=ROUND_HALF_EVEN
    )
    return min(owed, Money(max(cycle.minimum_amount, int(share)), owed.currency))
