"""How much of each budget this month has taken, by the totals that are booked with the lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fulfillment.bank.money import Money
from fulfillment.bank.periods import month_of
from fulfillment.bank.plans import Standing, standing
from fulfillment.conversations.onlooker import MoneyOf
from fulfillment.store.totals import summed


@dataclass(frozen=True, slots=True)
class BudgetStanding:
    """`spent` of `budget` for `category` since the first of the month."""

    category: str
    budget: Money
    spent: Money

    @property
    def standing(self) -> Standing:
        return standing(self.spent, self.budget)

    @property
    def apart(self) -> Money:
        """What is left, or what it is over by."""
        return max(self.budget - self.spent, self.spent - self.budget)


def budget_standings(whose: MoneyOf, budgets: Mapping[str, Money]) -> list[BudgetStanding]:
    """One for each budget, by category."""
    today = whose.speech.today
    totals = summed(whose.books.totals.of(whose.customer_id, month_of(today), today))
    found = []
    for category, budget in sorted(budgets.items()):
        own, nothing = totals.get(budget.currency), Money.zero(budget.currency)
        spent = max(own.spending(category).total, nothing) if own else nothing
        found.append(BudgetStanding(category, budget, spent))
    return found
