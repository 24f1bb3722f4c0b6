"""The exact figures that answer a question about totals, from the books' own sums."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from fulfillment.bank.comparisons import usual_months
from fulfillment.bank.money import Money
from fulfillment.bank.periods import Period
from fulfillment.bank.totals import Totals
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.totals_asked import Question, What
from fulfillment.store.totals import PartyTotals, summed


@dataclass(frozen=True, slots=True)
class Figures:
    """A sum in one currency: of how many purchases or payments, and what it is made of.

    Of spending, `refunded` is already taken off; of income, `interest` is a part.
    """

    total: Money
    count: int = 0
    refunded: Money | None = None
    interest: Money | None = None
    parts: tuple[tuple[str, Money], ...] = ()

    @property
    def is_nothing(self) -> bool:
        return not (self.total.minor or self.count or self.refunded or self.interest)


@dataclass(frozen=True, slots=True)
class Average:
    """What an average month of `months` came to."""

    amount: Money
    months: Period


def figures(desk: Desk, asked: Question, period: Period) -> list[Figures]:
    """The sums of `period`, one for each currency in which there was anything, largest first."""
    found = [one for one in _sums(desk, asked, period) if not one.is_nothing]
    return sorted(found, key=lambda one: -one.total.minor)


def figure_in(found: Iterable[Figures], currency: str) -> Money:
    """The sum in `currency`, zero when there was nothing."""
    return next((one.total for one in found if one.total.currency == currency), Money(0, currency))


def average(desk: Desk, asked: Question, currency: str) -> Average | None:
    """What is usual in a month, of up to six whole months; None for a customer of this month.

    To the minor unit, half to even. Months before anything was booked are not counted.
    """
    months = usual_months(desk.speech.today)
    booked = desk.books.totals.by_month(desk.customer_id, months)
    if not booked:
        return None
    months = Period(min(one.at for one in booked), months.end)
    total = figure_in(_sums(desk, asked, months), currency)
    count = (months.end.year - months.start.year) * 12 + months.end.month - months.start.month
    return Average(Money(round(Fraction(total.minor, count)), currency), months)


def _sums(desk: Desk, asked: Question, period: Period) -> list[Figures]:
    books, today = desk.books.totals, desk.speech.today
    if asked.party is not None:
        parties = books.with_party(desk.customer_id, asked.party, period, today)
        return [_of_party(one, asked.what) for one in parties]
    counted = books.of(desk.customer_id, period, today)
    if asked.account is not None:
        counted = [one for one in counted if one.account_id == asked.account]
    return [_of_totals(one, asked) for one in summed(counted).values()]


def _of_totals(totals: Totals, asked: Question) -> Figures:
    if asked.what is What.INCOME:
        income = totals.income
        return Figures(income.total, income.payments, interest=_if_any(income.interest))
    spent = totals.spending(asked.category)
    parts = () if asked.category else spent.by_category
    return Figures(spent.total, spent.purchases, _if_any(spent.refunded), parts=parts)


def _of_party(party: PartyTotals, what: What) -> Figures:
    def money(minor: int) -> Money:
        return Money(minor, party.currency)

    if what is What.INCOME:
        return Figures(money(party.received), party.payments)
    return Figures(money(party.out - party.back), party.purchases, _if_any(money(party.back)))


def _if_any(amount: Money) -> Money | None:
    return amount if amount.is_positive else None
