"""At most one thing worth telling unasked, once a day, after an answer, to whoever agreed to it.

Never in the middle of anything: only after a question that was answered, with nothing open. It is
looked for once a day, so that a turn does not read a year of lines each time.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

from fulfillment.bank.books import Account, AccountKind
from fulfillment.bank.money import Money
from fulfillment.conversations import balance_ahead, insight_lines, progress
from fulfillment.conversations.desk import Desk
from fulfillment.lex import Message, Reply, Turn
from fulfillment.lex.messages import MAX_MESSAGES
from fulfillment.lex.resolver import Handler
from fulfillment.personalization.insights import (
    duplicates,
    forecast,
    income,
    price_changes,
    recurring,
)
from fulfillment.personalization.offers import rules as offer_rules
from fulfillment.store.allowances import Allowance, Allowances
from fulfillment.store.errors import BooksError

_AFTER = frozenset({"Welcome", "CheckBalance", "ListTransactions", "GetSpending", "GetIncome"})
_A_DAY = Allowance(1, timedelta(hours=20))
_LIKELY = 0.5
"""The share of futures that fall below zero before payday from which it is worth a word."""
_LATELY, _SOON = timedelta(days=14), timedelta(days=7)


class TipKind(StrEnum):
    LOW_BALANCE = "tip_low_balance"
    TWICE = "tip_twice"
    TRIAL = "tip_trial"
    DEARER = "tip_dearer"


@dataclass(frozen=True, slots=True)
class Tip:
    kind: TipKind
    told: Message


def tell_a_tip(turn: Turn, proceed: Handler) -> Reply:
    """Middleware: puts the day's one tip behind an answer."""
    reply = proceed(turn)
    desk = Desk.of(turn)
    if not _is_the_moment(turn, desk, reply):
        return reply
    tip = _tip_of_the_day(desk)
    if tip is None:
        return reply
    return replace(reply, messages=(*reply.said, tip.told, *reply.shown))


def _is_the_moment(turn: Turn, desk: Desk, reply: Reply) -> bool:
    if not desk.identity.is_verified or turn.intent not in _AFTER:
        return False
    is_over = reply.action == "Close" and reply.intent_state == "Fulfilled"
    has_room = 0 < len(reply.messages) < MAX_MESSAGES
    # The customer's item was read for this turn anyway.
    if not (is_over and has_room and desk.customer.tips):
        return False
    return not progress.read(turn.session, desk.now).tasks


def _tip_of_the_day(desk: Desk) -> Tip | None:
    """The most pressing that is wanted. A tip is never worth an apology: trouble means none."""
    counters = Allowances(desk.books.client, desk.books.table)
    if not counters.spend(f"tip|{desk.customer_id}", _A_DAY, desk.now):
        return None
    wishes = desk.wishes.of(desk.customer_id)
    if not wishes.on:
        return None
    today, rules = desk.speech.today, offer_rules.standard_rules()
    wanted = (
        one
        for one in _tips(desk)
        if not wishes.is_unwanted(one.kind, today)
        and not wishes.is_told_enough(one.kind, rules.told_at_most, rules.told_within, today)
    )
    tip = next(wanted, None)
    if tip is None:
        return None
    last = {"told": [{"product": tip.kind, "facts": []}], "explored": False, "scored": False}
    after = wishes.telling((tip.kind,), json.dumps(last), rules.told_within, today)
    line = json.dumps(last | {"rules": rules.version, "digest": rules.digest})
    try:
        desk.wishes.keep(desk.customer_id, after, "tip_told", desk.now, desk.deps.new_id(), line)
    except BooksError:
        return None
    return tip


def _tips(desk: Desk) -> Iterator[Tip]:
    accounts = desk.open_accounts()
    lines = insight_lines.recent_lines(desk, accounts)
    for account in accounts:
        if account.kind is AccountKind.CHECKING:
            yield from _low_balance(desk, account, lines)
    yield from _twice(desk, lines)
    yield from _trial(desk, lines)
    yield from _dearer(desk, lines)


def _low_balance(desk: Desk, account: Account, lines: insight_lines.RecentLines) -> Iterator[Tip]:
    """That an account will probably not last until the next pay."""
    today = desk.speech.today
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
        balance_ahead.ordered(desk, account),
    )
    if told is None or told.chance_below(0, payday[0]) <= _LIKELY:
        return
    day, span = told.lowest(payday[0])
    unit = Money.of("1", held.currency).minor
    yield Tip(
        TipKind.LOW_BALANCE,
        desk.say(
            "tips.low_balance",
            account=account.name,
            day=desk.speech.calendar_day(payday[0]),
            low=Money(round(span.middle / unit) * unit, held.currency),
            lowest_on=desk.speech.calendar_day(day),
        ),
    )


def _twice(desk: Desk, lines: insight_lines.RecentLines) -> Iterator[Tip]:
    for one in duplicates.find_duplicates(lines.entries):
        if one.second.day > desk.speech.today - _LATELY:
            told = desk.say(
                "tips.twice",
                name=one.second.party,
                amount=Money(one.second.size, one.second.currency),
                day=desk.speech.calendar_day(one.second.day),
            )
            yield Tip(TipKind.TWICE, told)


def _trial(desk: Desk, lines: insight_lines.RecentLines) -> Iterator[Tip]:
    today = desk.speech.today
    for one in price_changes.trials(lines.found, lines.entries, today):
        if one.price is None and today <= one.paid_from <= today + _SOON:
            day = desk.speech.calendar_day(one.paid_from)
            yield Tip(TipKind.TRIAL, desk.say("tips.trial", name=one.party, day=day))


def _dearer(desk: Desk, lines: insight_lines.RecentLines) -> Iterator[Tip]:
    for one in price_changes.price_rises(recurring.going_out(lines.found), desk.speech.today):
        if one.since > desk.speech.today - _LATELY:
            currency = one.series.last.currency
            told = desk.say(
                "tips.dearer",
                name=one.series.party,
                before=Money(one.before, currency),
                now=Money(one.now, currency),
            )
            yield Tip(TipKind.DEARER, told)
