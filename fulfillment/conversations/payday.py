""" "Was I paid yet?": this month's pay and its day, or the last one there was."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from fulfillment.bank.money import Money
from fulfillment.bank.period_points import months_later
from fulfillment.bank.periods import Period
from fulfillment.conversations.desk import Desk
from fulfillment.lex import Reply, Turn
from fulfillment.store.totals import Counted

_PAID = re.compile(
    r"\b(?:was|were|am|have|has|had|did|is)\b.*\b(?:paid|pay|pay ?check|salary|wages|payday"
    r"|direct deposit|pension)\b"
    r"|\b(?:ya|lleg[oó]|cay[oó]|entr[oó]|depositaron|pagaron|recib[ií])\b.*\b(?:pagaron|n[oó]mina"
    r"|sueldo|salario|quincena|cheque|pensi[oó]n|jubilaci[oó]n|paga|dep[oó]sito directo)\b",
    re.IGNORECASE,
)
_HOW_MUCH = re.compile(
    r"\b(?:how much|what|total|compared?|than|more|less|cu[aá]nto|comparado|m[aá]s|menos)\b",
    re.IGNORECASE,
)


def asks_whether_paid(sentence: str) -> bool:
    """Whether a sentence asks if pay has come, not how much there was."""
    return bool(_PAID.search(sentence)) and not _HOW_MUCH.search(sentence)


def tell_payday(turn: Turn) -> Reply:
    """Reads the days of this month and the last one: one query, whatever their length."""
    desk = Desk.of(turn)
    today = desk.speech.today
    this_month = today.replace(day=1)
    since = Period(months_later(this_month, -1), today + timedelta(days=1))
    days = desk.books.totals.by_day(desk.customer_id, since)
    paid = [one for one in days if one.totals.income.payments > 0]
    lately = [one for one in paid if one.at >= this_month]
    if lately:
        amount, day = _last(lately)
        view = {"amount": amount, "day": desk.speech.calendar_day(day.at)}
        return turn.close(desk.say("totals.paid", payments=_payments(lately), **view))
    if paid:
        amount, day = _last(paid)
        when = desk.speech.calendar_day(day.at)
        return turn.close(desk.say("totals.not_paid_yet", amount=amount, day=when))
    return turn.close(desk.say("totals.never_paid", day=desk.speech.calendar_day(since.start)))


def _last(paid: Sequence[Counted]) -> tuple[Money, Counted]:
    """The latest day of pay, and all that came on it in its currency."""
    last = max(paid, key=lambda one: one.at)
    same = [
        one.totals.income.pay
        for one in paid
        if (one.at, one.totals.currency) == (last.at, last.totals.currency)
    ]
    return sum(same, Money.zero(last.totals.currency)), last


def _payments(paid: Sequence[Counted]) -> int:
    return sum(one.totals.income.payments for one in paid)
