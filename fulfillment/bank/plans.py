"""Budgets and a savings goal: what a customer wants to spend and to have, and how it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from fulfillment.bank.books import Account, AccountKind
from fulfillment.bank.money import Money

_NEARLY_PERCENT = 80
_HUNDRED, _YEAR = 100, 12


class Standing(StrEnum):
    """How a budget stands: spending is `nearly` there from four fifths on."""

    WITHIN = "within"
    NEARLY = "nearly"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class SavingsGoal:
    """`amount` in the savings accounts together, until `by` where a day was named."""

    amount: Money
    by: date | None = None

    def saved(self, accounts: Iterable[Account]) -> Money:
        """What the savings accounts among `accounts` have together, in the goal's currency."""
        currency = self.amount.currency
        own = (one.posted for one in accounts if one.kind is AccountKind.SAVINGS)
        return Money(sum(one.minor for one in own if one.currency == currency), currency)

    def missing(self, saved: Money) -> Money:
        return max(self.amount - saved, Money.zero(self.amount.currency))

    def a_month(self, saved: Money, today: date) -> Money | None:
        """What has to be put aside each month from now on, rounded up to the minor unit; None
        without a day, or when that day is over."""
        if self.by is None or self.by <= today:
            return None
        months = (self.by.year - today.year) * _YEAR + self.by.month - today.month
        missing = self.missing(saved).minor
        return Money(-(-missing // max(1, months)), self.amount.currency)


@dataclass(frozen=True, slots=True)
class Plans:
    """A customer's budgets by category, for a calendar month, and their goal."""

    budgets: Mapping[str, Money] = field(default_factory=dict)
    goal: SavingsGoal | None = None
    version: int = 0

    def with_budget(self, category: str, amount: Money) -> Plans:
        return replace(self, budgets={**self.budgets, category: amount})

    def without_budget(self, category: str) -> Plans:
        kept = {name: amount for name, amount in self.budgets.items() if name != category}
        return replace(self, budgets=kept)


def standing(spent: Money, budget: Money) -> Standing:
    """Raises `CurrencyMismatchError`."""
    if spent > budget:
        return Standing.OVER
    nearly = spent.minor * _HUNDRED >= budget.minor * _NEARLY_PERCENT
    return Standing.NEARLY if nearly else Standing.WITHIN
