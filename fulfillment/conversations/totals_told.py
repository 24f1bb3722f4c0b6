"""Answers a question about totals: the sum, what it is made of, and how it compares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from fulfillment.bank.money import Money
from fulfillment.bank.periods import Period
from fulfillment.conversations import totals_asked
from fulfillment.conversations.balances import TOTALS_SHOWN
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.top_merchants import ranking
from fulfillment.conversations.totals_asked import Question, What
from fulfillment.conversations.totals_figures import Figures, average, figure_in, figures
from fulfillment.lex import Message, Reply, Turn

_TOP = 4
_MOST_CURRENCIES = 2
_TOO_MUCH_TO_SAY_IN_PERCENT = 1000
BALANCE_SHOWN = "balance_shown"


def tell(turn: Turn, asked: Question) -> Reply:
    """The answer; the question is kept, so that the next one may follow it."""
    desk = Desk.of(turn)
    totals_asked.remember(turn, asked, desk.now)
    # "And savings?" is about what was told last.
    turn.deactivate(BALANCE_SHOWN)
    turn.activate(TOTALS_SHOWN, 300, 5)
    if asked.ranked:
        return turn.close(*ranking(desk, asked))
    found = figures(desk, asked, asked.period)
    messages = [_sum(desk, asked, one) for one in found[:_MOST_CURRENCIES]]
    if not messages:
        messages = [_nothing(desk, asked)]
    if asked.party and asked.account:
        messages.append(desk.say("totals.all_accounts"))
    messages += _compared(desk, asked, found)
    if found and len(found[0].parts) > 1:
        lines = [
            {"name": desk.speech.words("categories.name", category=name), "amount": amount}
            for name, amount in found[0].parts[:_TOP]
        ]
        messages.append(desk.say("spending.top", lines=lines))
    return turn.close(*messages)


def _sum(desk: Desk, asked: Question, one: Figures) -> Message:
    days = desk.speech.span(asked.start, asked.end)
    if asked.what is What.INCOME:
        return desk.say(
            "totals.income",
            amount=one.total,
            where=_where(desk, asked),
            period=days,
            payments=one.count,
            pay=one.total - one.interest if one.interest else one.total,
            interest=one.interest,
        )
    return desk.say(
        "spending.total",
        amount=one.total,
        where=_where(desk, asked),
        period=days,
        purchases=one.count,
        refunded=one.refunded,
    )


def _nothing(desk: Desk, asked: Question) -> Message:
    key = "totals.no_income" if asked.what is What.INCOME else "spending.nothing"
    return desk.say(key, where=_where(desk, asked), period=desk.speech.span(asked.start, asked.end))


def _where(desk: Desk, asked: Question) -> str:
    """ " on groceries", " at Target", " from Everyday Checking", each after a space, or ""."""
    return "".join(f" {words}" for words in _narrowed_to(desk, asked))


def _narrowed_to(desk: Desk, asked: Question) -> Iterator[str]:
    words, income = desk.speech.words, asked.what is What.INCOME
    if asked.category:
        yield words("spending.on", category=words("categories.name", category=asked.category))
    if asked.party:
        yield words("totals.by" if income else "spending.at", merchant=asked.party)
    elif asked.account:
        name = next((a.name for a in desk.open_accounts() if a.account_id == asked.account), "")
        yield words("totals.into" if income else "totals.from", account=name)


def _compared(desk: Desk, asked: Question, found: Sequence[Figures]) -> list[Message]:
    if asked.usual:
        return _beside_the_usual(desk, asked, found)
    other = asked.other
    if other is None:
        return []
    then = figures(desk, asked, other)
    currencies = [one.total.currency for one in (*found, *then)][:1]
    return [
        _difference(desk, figure_in(found, one), figure_in(then, one), other) for one in currencies
    ]


def _beside_the_usual(desk: Desk, asked: Question, found: Sequence[Figures]) -> list[Message]:
    accounts = desk.open_accounts() if not found else []
    currencies = [one.total.currency for one in found] + [a.posted.currency for a in accounts]
    if not currencies:
        return []
    currency = currencies[0]
    usual = average(desk, asked, currency)
    if usual is None:
        return [desk.say("totals.no_average")]
    months = desk.speech.span(usual.months.start, usual.months.end)
    now = figure_in(found, currency)
    return [
        desk.say(
            "totals.average",
            usual=usual.amount,
            period=months,
            more=now > usual.amount,
            by=_apart(now, usual.amount),
        )
    ]


def _difference(desk: Desk, now: Money, then: Money, other: Period) -> Message:
    return desk.say(
        "totals.difference",
        then=then,
        period=desk.speech.span(other.start, other.end),
        more=now > then,
        by=_apart(now, then),
        percent=_percent(now, then),
    )


def _apart(one: Money, other: Money) -> Money | None:
    """How far apart two sums are; None when they are equal."""
    return None if one == other else max(one - other, other - one)


def _percent(now: Money, then: Money) -> int | None:
    """The difference in whole percent of `then`; None where that says nothing."""
    if not then.is_positive:
        return None
    share = round(Fraction(abs(now.minor - then.minor) * 100, then.minor))
    return share if 1 <= share < _TOO_MUCH_TO_SAY_IN_PERCENT else None
