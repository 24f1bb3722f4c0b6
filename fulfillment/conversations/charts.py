"""Pictures: spending by category or month, the balance ahead, a loan; each in words too.

A picture is a file of the bank's behind a link that lives for ten minutes, as a statement is. What
it shows is said beside it, so that nobody needs to see it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from fulfillment.bank.books import AccountKind
from fulfillment.bank.loan_terms import OutOfTermsError, standard_loan_terms
from fulfillment.bank.money import Money
from fulfillment.bank.periods import Period, month_of
from fulfillment.conversations.balance_ahead import FURTHEST, ordered
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.insight_lines import recent_lines
from fulfillment.conversations.loans import LastLoan
from fulfillment.conversations.statements import with_link
from fulfillment.lex import Message, Reply, Router, Turn
from fulfillment.personalization.insights.forecast import forecast
from fulfillment.replies import Channel
from fulfillment.replies.charts import Bar, Point, band, bars
from fulfillment.store.statement_shelf import LINK_LIVES
from fulfillment.store.totals import summed

_CURRENCY = "USD"
_MONTHS, _CATEGORIES, _YEARLY = 6, 8, 12
_DAY = timedelta(days=1)


class Subject(StrEnum):
    CATEGORIES = "categories"
    MONTHS = "months"
    BALANCE = "balance"
    LOAN = "loan"


_SAID = (
    (Subject.LOAN, r"\b(?:loan|repayments?|pr[eé]stamo)\b"),
    (Subject.BALANCE, r"\b(?:balance|forecast|saldo|pron[oó]stico|previsto)\b"),
    (
        Subject.MONTHS,
        r"\b(?:by month|monthly|each month|every month|months|por mes|mensual\w*|cada mes|meses)\b",
    ),
)

router = Router()


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture and its name, and the same facts in words."""

    name: str
    told: Message
    picture: bytes


@router.dialog("ShowChart")
@router.fulfillment("ShowChart")
def show(turn: Turn) -> Reply:
    desk = Desk.of(turn)
    drawn = _drawn(turn, desk)
    if isinstance(drawn, Reply):
        return drawn
    shelf = desk.deps.statements
    if shelf is None or desk.channel is Channel.VOICE:
        return turn.close(drawn.told)
    link = shelf.put(drawn.picture, "chart.svg", desk.deps.new_id(), desk.now)
    minutes = int(LINK_LIVES.total_seconds() // 60)
    lives = desk.say("charts.lives", minutes=minutes)
    return with_link(turn, (drawn.told, lives), link, drawn.name)


def _drawn(turn: Turn, desk: Desk) -> Drawn | Reply:
    words = turn.transcript.casefold()
    subject = next((one for one, said in _SAID if re.search(said, words)), Subject.CATEGORIES)
    match subject:
        case Subject.LOAN:
            return _loan(turn, desk)
        case Subject.BALANCE:
            return _balance(turn, desk)
        case Subject.MONTHS:
            return _months(turn, desk)
        case _:
            return _categories(turn, desk)


def _categories(turn: Turn, desk: Desk) -> Drawn | Reply:
    """This month by category; the last month on its first days, when there is nothing yet."""
    today = desk.speech.today
    this = month_of(today)
    for month in (this, month_of(this.start - _DAY)):
        spent = _spending(desk, month)
        if spent:
            break
    else:
        return turn.close(desk.say("charts.nothing"), fulfilled=False)
    rows = [
        Bar(desk.speech.words("categories.name", category=name), one.minor, desk.speech.money(one))
        for name, one in spent[:_CATEGORIES]
    ]
    title = desk.speech.words("charts.categories", month=desk.speech.month(month.start))
    return _of_bars(desk, title, rows)


def _spending(desk: Desk, month: Period) -> Sequence[tuple[str, Money]]:
    counted = desk.books.totals.of(desk.customer_id, month, desk.speech.today)
    totals = summed(counted).get(_CURRENCY)
    return totals.spending().by_category if totals else ()


def _months(turn: Turn, desk: Desk) -> Drawn | Reply:
    """What was spent in each of the last months, this one so far among them."""
    first = month_of(desk.speech.today).start
    rows = []
    for _ in range(_MONTHS):
        counted = desk.books.totals.of(desk.customer_id, month_of(first), desk.speech.today)
        totals = summed(counted).get(_CURRENCY)
        spent = totals.spending().total if totals else Money.zero(_CURRENCY)
        rows.append(Bar(desk.speech.month(first), max(0, spent.minor), desk.speech.money(spent)))
        first = month_of(first - _DAY).start
    if not any(row.size for row in rows):
        return turn.close(desk.say("charts.nothing"), fulfilled=False)
    return _of_bars(desk, desk.speech.words("charts.by_month"), rows[::-1])


def _balance(turn: Turn, desk: Desk) -> Drawn | Reply:
    """The everyday account's next thirty days, with the band of eight futures in ten."""
    accounts = desk.open_accounts()
    account = next((one for one in accounts if one.kind is AccountKind.CHECKING), None)
    if account is None:
        return turn.close(desk.say("charts.nothing"), fulfilled=False)
    entries, found = recent_lines(desk, accounts).of(account)
    today, now = desk.speech.today, account.available
    told = forecast(entries, found, now.minor, today, FURTHEST, ordered(desk, account))
    if told is None:
        return turn.close(desk.say("insights.too_new", account=account.name), fulfilled=False)
    spans = [(today + _DAY * n, told.on(today + _DAY * n)) for n in range(1, FURTHEST + 1)]
    points = [Point(_day(desk, day), span.low, span.middle, span.high) for day, span in spans]
    currency = now.currency
    scale = min(one.low for one in points), max(one.high for one in points)
    figures = _money(desk, scale[0], currency), _money(desk, scale[1], currency)
    title = desk.speech.words("charts.balance", account=account.name)
    lines = [
        {
            "text": desk.speech.words(
                "charts.point",
                day=points[place].name,
                low=Money(points[place].low, currency),
                amount=Money(points[place].middle, currency),
                high=Money(points[place].high, currency),
            )
        }
        for place in (6, 13, FURTHEST - 1)
    ]
    said = desk.say("charts.said", title=title, lines=lines)
    about = said.content
    return Drawn(title, said, band(title, about, points, figures, _money(desk, 0, currency)))


def _loan(turn: Turn, desk: Desk) -> Drawn | Reply:
    """What is still owed after each year of the loan that was reckoned last."""
    last, terms = turn.session_as(LastLoan), standard_loan_terms()
    if last.loan_minor is None or last.loan_months is None:
        return turn.close(desk.say("charts.no_loan"), fulfilled=False)
    try:
        loan = terms.loan(Money(last.loan_minor, terms.currency), last.loan_months)
    except OutOfTermsError:
        return turn.close(desk.say("charts.no_loan"), fulfilled=False)
    rows = [Bar(_after(desk, 0), loan.amount.minor, desk.speech.money(loan.amount))]
    rows += [
        Bar(_after(desk, one.number), one.left.minor, desk.speech.money(one.left))
        for one in loan.schedule
        if one.number % _YEARLY == 0 or one.number == loan.months
    ]
    title = desk.speech.words("charts.loan", amount=loan.amount, months=loan.months)
    return _of_bars(desk, title, rows)


def _after(desk: Desk, number: int) -> str:
    return desk.speech.words("charts.after", months=number)


def _of_bars(desk: Desk, title: str, rows: Sequence[Bar]) -> Drawn:
    lines = [{"text": f"{row.name}: {row.figure}"} for row in rows]
    said = desk.say("charts.said", title=title, lines=lines)
    return Drawn(title, said, bars(title, said.content, rows))


def _day(desk: Desk, day: date) -> str:
    return desk.speech.calendar_day(day)


def _money(desk: Desk, minor: int, currency: str) -> str:
    return desk.speech.money(Money(minor, currency))
