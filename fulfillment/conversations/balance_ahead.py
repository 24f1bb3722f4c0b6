"""What an account will hold: till payday, on a day, in a week or a month; whether it is enough."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from fulfillment.bank.amount_phrases import find_amount
from fulfillment.bank.books import Account, AccountKind
from fulfillment.bank.money import Money
from fulfillment.bank.naming import match_account
from fulfillment.bank.payment_timing import read_day
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.insight_lines import recent_lines
from fulfillment.conversations.insight_words import Focus, focus_in
from fulfillment.conversations.onlooker import MoneyOf
from fulfillment.conversations.subscriptions import roughly
from fulfillment.lex import Message, Reply, Router, Turn
from fulfillment.personalization.insights.forecast import Expected, Forecast, Span, forecast
from fulfillment.personalization.insights.income import incomes, next_payday
from fulfillment.personalization.insights.recurring import Recurring

FURTHEST = 30
"""Days: further ahead a forecast from a year of lines says too little."""
_DAY = timedelta(days=1)
_WEEK = 7
_SHOWN = 3
_SAFE, _TIGHT = 0.05, 0.5
"""Shares of futures that fall below zero: fewer is enough, more is not enough."""

router = Router()


@router.dialog("ForecastBalance")
@router.fulfillment("ForecastBalance")
def tell_forecast(turn: Turn) -> Reply:
    desk = Desk.of(turn)
    accounts = desk.open_accounts()
    account = _meant(turn, accounts)
    if isinstance(account, Reply):
        return account
    lines = recent_lines(desk, accounts)
    entries, found = lines.of(account)
    payday = next_payday(incomes(found) or incomes(lines.found), desk.speech.today)
    if focus_in(turn.transcript, turn.locale) is Focus.PAYDAY:
        return turn.close(_payday(desk, payday))
    day = _day_said(turn, desk)
    if day is not None and not desk.speech.today < day <= desk.speech.today + FURTHEST * _DAY:
        furthest = desk.speech.calendar_day(desk.speech.today + FURTHEST * _DAY)
        return turn.close(desk.say("insights.too_far", furthest=furthest), fulfilled=False)
    spend = _spend_said(turn, account)
    balance = account.available.minor - (spend.minor if spend else 0)
    to_come = ordered(desk, account)
    told = forecast(entries, found, balance, desk.speech.today, FURTHEST, to_come)
    if told is None:
        return turn.close(desk.say("insights.too_new", account=account.name), fulfilled=False)
    if day is None and payday is not None and (payday[0] - desk.speech.today).days <= FURTHEST:
        return turn.close(*_until_payday(desk, account, told, payday, spend))
    return turn.close(*_on_days(desk, account, told, [day] if day else _week_and_month(desk)))


def _meant(turn: Turn, accounts: Sequence[Account]) -> Account | Reply:
    """The account that was named; the first everyday one otherwise."""
    desk = Desk.of(turn)
    own = [one for one in accounts if one.kind is not AccountKind.CREDIT_CARD]
    if not own:
        return turn.close(desk.say("balance.nothing_there"), fulfilled=False)
    said = turn.slots.get("account")
    if said is None:
        return own[0]
    match = match_account(said.original_value, own)
    found = match.found or match_account(said.best, own).found
    return found[0] if found else own[0]


def _day_said(turn: Turn, desk: Desk) -> date | None:
    said = read_day(turn.transcript, desk.speech.today, turn.locale)
    return said.day if said else None


def _spend_said(turn: Turn, account: Account) -> Money | None:
    """ "If I spend 300 today, will I make it?" """
    said = turn.slots.get("amount")
    read = said and find_amount(said.original_value, turn.locale, account.posted.currency)
    money = read.amount if read else None
    same = isinstance(money, Money) and money.currency == account.posted.currency
    return money if isinstance(money, Money) and same and money.is_positive else None


def ordered(whose: MoneyOf, account: Account) -> list[Expected]:
    """What the customer has scheduled from this account, at its next due day."""
    tomorrow = whose.speech.today + _DAY
    orders = whose.books.schedules.active(whose.customer_id)
    return [
        Expected(max(one.due, tomorrow), -one.order.amount.minor, one.order.destination_name)
        for one in orders
        if one.due is not None
        and one.order.source_account_id == account.account_id
        and one.order.amount.currency == account.posted.currency
    ]  # fmt: skip


def _week_and_month(desk: Desk) -> list[date]:
    return [desk.speech.today + _WEEK * _DAY, desk.speech.today + FURTHEST * _DAY]


def _payday(desk: Desk, payday: tuple[date, Recurring] | None) -> Message:
    if payday is None:
        return desk.say("insights.no_payday")
    return desk.say("insights.payday", **_pay_view(desk, *payday))


def _pay_view(desk: Desk, day: date, pay: Recurring) -> dict[str, object]:
    amount = Money(pay.amount, pay.last.currency)
    income = roughly(desk, amount) if pay.varies else desk.speech.money(amount)
    return {"income": income, "payer": pay.party, "day": desk.speech.full_day(day)}


def _until_payday(
    desk: Desk,
    account: Account,
    told: Forecast,
    payday: tuple[date, Recurring],
    spend: Money | None,
) -> list[Message]:
    """Whether it lasts, how low it gets, and what is still to come; help where it will not last."""
    day, pay = payday
    lowest_on, span = told.lowest(day)
    chance = told.chance_below(0, day)
    key = "insights.enough"
    if chance > _SAFE:
        key = "insights.tight" if chance <= _TIGHT else "insights.not_enough"
    verdict = desk.say(
        key,
        spending=_after(desk, spend),
        account=account.name,
        lowest_on=desk.speech.calendar_day(lowest_on),
        **_pay_view(desk, day, pay),
        **_span_view(desk, account, span),
    )
    messages = [verdict, *_to_come(desk, account, told, day - _DAY)]
    if chance > _SAFE:
        messages.append(desk.choices("insights.help", [desk.speech.words("insights.top_up")]))
    return messages


def _after(desk: Desk, spend: Money | None) -> str:
    said = desk.speech.words("insights.after_spending", amount=spend) if spend else ""
    return f" {said}" if said else ""


def _on_days(desk: Desk, account: Account, told: Forecast, days: Sequence[date]) -> list[Message]:
    lines = [
        {
            "text": desk.speech.words(
                "insights.point",
                day=desk.speech.full_day(day),
                **_span_view(desk, account, told.on(day)),
            )
        }
        for day in days
    ]
    messages = [desk.say("insights.ahead", account=account.name, lines=lines)]
    return messages + _to_come(desk, account, told, days[-1])


def _to_come(desk: Desk, account: Account, told: Forecast, until: date) -> list[Message]:
    """The largest known sums on the way."""
    coming = [one for one in told.expected if one.day <= until]
    largest = sorted(coming, key=lambda one: -abs(one.minor))[:_SHOWN]
    lines = [
        {
            "text": desk.speech.words(
                "insights.coming_in" if one.minor > 0 else "insights.going_out",
                day=desk.speech.calendar_day(one.day),
                name=one.party,
                amount=Money(abs(one.minor), account.posted.currency),
            )
        }
        for one in sorted(largest, key=lambda one: one.day)
    ]
    return [desk.say("insights.to_come", lines=lines)] if lines else []


def _span_view(desk: Desk, account: Account, span: Span) -> dict[str, object]:
    """Rounded to whole units of the currency: more digits would promise what nobody knows."""
    currency = account.posted.currency
    unit = Money.of("1", currency).minor
    low, middle, high = (
        Money(round(minor / unit) * unit, currency) for minor in (span.low, span.middle, span.high)
    )
    within = desk.speech.words("insights.within", low=low, high=high)
    return {"amount": middle, "span": f" {within}" if low != high else ""}
