""" "What have I paid in fees?": what the bank took in a year, and how each kind is avoided."""

from __future__ import annotations

from datetime import timedelta

from fulfillment.bank.money import Money
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.insight_lines import recent_lines
from fulfillment.lex import Reply, Turn
from fulfillment.personalization.insights.fees import FeeKind, FeesPaid, fees_paid

_YEAR = timedelta(days=365)
_SHOWN = 6
_AVOIDED = {
    FeeKind.CASH_MACHINE: "insights.avoid_cash_machine",
    FeeKind.LATE: "insights.avoid_late",
    FeeKind.INTEREST: "insights.avoid_interest",
    FeeKind.ABROAD: "insights.avoid_abroad",
    FeeKind.LOW_BALANCE: "insights.avoid_low_balance",
    FeeKind.WIRE: "insights.avoid_wire",
}


def tell_fees_paid(turn: Turn) -> Reply:
    """The dearest first, each with its way out; kinds that nothing avoids are told without."""
    desk = Desk.of(turn)
    lines = recent_lines(desk, desk.open_accounts())
    since = max(lines.since, desk.speech.today - _YEAR)
    paid = fees_paid(lines.entries, since)
    first = desk.speech.calendar_day(since)
    if not paid:
        return turn.close(desk.say("insights.no_fees_paid", since=first))
    total = sum(one.minor for one in paid if one.currency == paid[0].currency)
    told = [{"text": _line(desk, one)} for one in paid[:_SHOWN]]
    ways = [_AVOIDED[kind] for kind in dict.fromkeys(one.kind for one in paid) if kind in _AVOIDED]
    messages = [
        desk.say(
            "insights.fees_paid", amount=Money(total, paid[0].currency), since=first, lines=told
        )
    ]
    if ways:
        shown = [{"text": desk.speech.words(key)} for key in ways[:_SHOWN]]
        messages.append(desk.say("insights.fees_avoided", lines=shown))
    return turn.close(*messages)


def _line(desk: Desk, one: FeesPaid) -> str:
    return desk.speech.words(
        "insights.fee_paid",
        name=one.name,
        times=one.times,
        amount=Money(one.minor, one.currency),
        last=desk.speech.calendar_day(one.last),
    )
