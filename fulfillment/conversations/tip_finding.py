"""What is worth telling a customer unasked, from their own lines: the most pressing first.

The same for a turn that has been answered and for a booking that nobody asked about.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from fulfillment.bank.bank_messages import BankMessage, BankMessageKind
from fulfillment.bank.books import Account, AccountKind
from fulfillment.bank.money import Money
from fulfillment.bank.offer_wishes import OfferWishes
from fulfillment.bank.plans import Plans, Standing
from fulfillment.conversations import balance_ahead, insight_lines
from fulfillment.conversations.account_view import open_in_order
from fulfillment.conversations.budget_standings import budget_standings
from fulfillment.conversations.onlooker import MoneyOf
from fulfillment.personalization.insights import (
    duplicates,
    forecast,
    income,
    price_changes,
    recurring,
)
from fulfillment.personalization.offers.rules import OfferRules
from fulfillment.store.plans import PlansDesk

_LIKELY = 0.5
"""The share of futures that fall below zero before payday from which it is worth a word."""
_LATELY, _SOON, _JUST = timedelta(days=14), timedelta(days=7), timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Tip:
    """What is told, as a message of the bank has it. `mark` names this very thing, so that it is
    told once: a pair of charges, a budget's month, a payday."""

    kind: BankMessageKind
    mark: str
    to: str = ""
    amount: Money | None = None
    text: str = ""

    def as_message(self, customer_id: str, number: int, at: datetime) -> BankMessage:
        return BankMessage(
            customer_id, number, at, self.kind, amount=self.amount, to=self.to, text=self.text
        )


def tip_for(whose: MoneyOf, wishes: OfferWishes, rules: OfferRules) -> Tip | None:
    """The most pressing that is wanted and was not told before; None without consent."""
    if not wishes.on:
        return None
    today = whose.speech.today
    return next((one for one in find_tips(whose) if _is_wanted(one, wishes, rules, today)), None)


def _is_wanted(tip: Tip, wishes: OfferWishes, rules: OfferRules, today: date) -> bool:
    return not (
        wishes.is_unwanted(tip.kind, today)
        or tip.mark in wishes.told
        or wishes.is_told_enough(tip.kind, rules.told_at_most, rules.told_within, today)
    )


def find_tips(whose: MoneyOf) -> Iterator[Tip]:
    """Everything worth a word today. One bounded search of the lines, and the plans."""
    books = whose.books
    accounts = open_in_order(books.accounts(whose.customer_id))
    lines = insight_lines.recent_lines(whose, accounts)
    plans = PlansDesk(books.client, books.table, books.patience).of(whose.customer_id)
    for account in accounts:
        if account.kind is AccountKind.CHECKING:
            yield from _low_balance(whose, account, lines)
    yield from _twice(whose, lines)
    yield from _budgets(whose, plans)
    yield from _trial(whose, lines)
    yield from _dearer(whose, lines)
    yield from _refund(whose, lines)
    yield from _goal(plans, accounts)


def _low_balance(
    whose: MoneyOf, account: Account, lines: insight_lines.RecentLines
) -> Iterator[Tip]:
    """That an account will probably not last until the next pay."""
    today = whose.speech.today
    entries, found = lines.of(account)
    payday = income.next_payday(income.incomes(found) or income.incomes(lines.found), today)
    if payday is None or not 1 < (payday[0] - today).days <= balance_ahead.FURTHEST:
        return
    held = account.available
    told = forecast.forecast(
        entries,
        found,
        held.minor,
        today,
        balance_ahead.FURTHEST,
        balance_ahead.ordered(whose, account),
    )
    if told is None or told.chance_below(0, payday[0]) <= _LIKELY:
        return
    day, span = told.lowest(payday[0])
    unit = Money.of("1", held.currency).minor
    yield Tip(
        BankMessageKind.TIP_LOW_BALANCE,
        f"low {account.account_id} {payday[0]}",
        account.name,
        Money(round(span.middle / unit) * unit, held.currency),
        f"{payday[0]} {day}",
    )


def _twice(whose: MoneyOf, lines: insight_lines.RecentLines) -> Iterator[Tip]:
    for one in duplicates.find_duplicates(lines.entries):
        charge = one.second
        if charge.day > whose.speech.today - _LATELY:
            yield Tip(
                BankMessageKind.TIP_TWICE,
                f"twice {charge.entry_id}",
                charge.party,
                Money(charge.size, charge.currency),
                str(charge.day),
            )


def _budgets(whose: MoneyOf, plans: Plans) -> Iterator[Tip]:
    """One that is over before one that is nearly spent."""
    if not plans.budgets:
        return
    month = whose.speech.today.replace(day=1)
    stand = budget_standings(whose, plans.budgets)
    for wanted in (Standing.OVER, Standing.NEARLY):
        for one in stand:
            if one.standing is wanted:
                yield Tip(
                    BankMessageKind.TIP_BUDGET,
                    f"budget {one.category} {month} {wanted} {one.budget.minor}",
                    one.category,
                    one.spent,
                    str(one.budget.minor),
                )


def _trial(whose: MoneyOf, lines: insight_lines.RecentLines) -> Iterator[Tip]:
    today = whose.speech.today
    for one in price_changes.trials(lines.found, lines.entries, today):
        if one.price is None and today <= one.paid_from <= today + _SOON:
            mark = f"trial {one.started.entry_id}"
            yield Tip(BankMessageKind.TIP_TRIAL, mark, one.party, text=str(one.paid_from))


def _dearer(whose: MoneyOf, lines: insight_lines.RecentLines) -> Iterator[Tip]:
    going_out = recurring.going_out(lines.found)
    for one in price_changes.price_rises(going_out, whose.speech.today):
        if one.since > whose.speech.today - _LATELY:
            party, currency = one.series.party, one.series.last.currency
            yield Tip(
                BankMessageKind.TIP_DEARER,
                f"dearer {party} {one.since}",
                party,
                Money(one.now, currency),
                str(one.before),
            )


def _refund(whose: MoneyOf, lines: insight_lines.RecentLines) -> Iterator[Tip]:
    """What a shop has given back of a purchase that is on the books, the newest first."""
    for one in reversed(duplicates.find_refunds(lines.entries)):
        came = one.entry
        if one.purchase is not None and came.day > whose.speech.today - _JUST:
            amount = Money(came.size, came.currency)
            yield Tip(BankMessageKind.TIP_REFUND, f"refund {came.entry_id}", came.party, amount)


def _goal(plans: Plans, accounts: Sequence[Account]) -> Iterator[Tip]:
    """A goal that is reached."""
    if plans.goal is None:
        return
    wanted = plans.goal.amount
    has_savings = any(one.kind is AccountKind.SAVINGS for one in accounts)
    if has_savings and not plans.goal.missing(plans.goal.saved(accounts)).is_positive:
        yield Tip(BankMessageKind.TIP_GOAL, f"goal {wanted.minor}", amount=wanted)
