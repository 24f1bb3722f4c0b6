"""Says what a search looks for: "purchases at Target over $50.00 from Oct 1 to Oct 31"."""

from __future__ import annotations

from collections.abc import Iterator

from fulfillment.bank.amount_ranges import AmountRange
from fulfillment.bank.books import Account
from fulfillment.bank.money import Money
from fulfillment.bank.periods import Period
from fulfillment.bank.transaction_search import Flow, TransactionFilter
from fulfillment.conversations.desk import Desk

_SUBJECTS = {
    Flow.IN: "transactions.in",
    Flow.OUT: "transactions.out",
    Flow.PURCHASES: "transactions.purchases",
    Flow.SALARY: "transactions.salary",
    Flow.REFUNDS: "transactions.refunds",
    Flow.CASH: "transactions.cash",
    Flow.FEES: "transactions.fees",
}


def subject(
    desk: Desk, wanted: TransactionFilter, period: Period | None, account: Account | None
) -> str:
    """What is looked for, in the customer's words. `account` when it is in only one."""
    return " ".join(_parts(desk, wanted, period, account))


def _parts(
    desk: Desk, wanted: TransactionFilter, period: Period | None, account: Account | None
) -> Iterator[str]:
    words = desk.speech.words
    otherwise = "transactions.pending" if wanted.pending else "transactions.any"
    yield words(_SUBJECTS[wanted.flow] if wanted.flow else otherwise)
    if wanted.name:
        yield words("transactions.at", name=wanted.name)
    if wanted.category:
        yield words("transactions.on", category=words("categories.name", category=wanted.category))
    if wanted.amounts:
        yield _sums(desk, wanted.amounts)
    if account:
        yield words("transactions.within", account=account.name)
    if period:
        yield words("transactions.during", period=desk.speech.span(period.start, period.end))


def _sums(desk: Desk, amounts: AmountRange) -> str:
    """The range as it was said: an end that is a minor unit off a round sum leaves that sum out."""
    words, low, high, currency = desk.speech.words, amounts.low, amounts.high, amounts.currency
    if low is not None and low == high:
        return words("transactions.exactly", amount=Money(low, currency))
    if low is not None and high is not None:
        ends = {"low": Money(low, currency), "high": Money(high, currency)}
        return words("transactions.between", **ends)
    if low is not None:
        over = low % 10 == 1
        key = "transactions.over" if over else "transactions.at_least"
        return words(key, amount=Money(low - over, currency))
    under = high is not None and high % 10 == 9
    key = "transactions.under" if under else "transactions.at_most"
    return words(key, amount=Money((high or 0) + under, currency))
