"""Subscriptions and regular bills: which there are, which got dearer, which trials turned paid."""

from __future__ import annotations

from collections.abc import Sequence

from fulfillment.bank.money import Money
from fulfillment.bank.naming import match_merchant
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.insight_lines import RecentLines, recent_lines
from fulfillment.conversations.insight_words import Focus, focus_in
from fulfillment.lex import Message, Reply, Router, Turn
from fulfillment.personalization.insights.price_changes import PriceRise, price_rises, trials
from fulfillment.personalization.insights.recurring import Recurring, going_out
from fulfillment.personalization.insights.rhythms import Rhythm

_SHOWN = 8

router = Router()


@router.dialog("ListSubscriptions")
@router.fulfillment("ListSubscriptions")
def tell_subscriptions(turn: Turn) -> Reply:
    """Reading is harmless, so it is answered at once."""
    desk = Desk.of(turn)
    lines = recent_lines(desk, desk.open_accounts())
    said = turn.slots.get("merchant")
    if said is not None:
        told = _one(desk, lines, said.original_value)
        if told is not None:
            return turn.close(told)
    focus = focus_in(turn.transcript, turn.locale)
    if focus is Focus.RISES:
        return turn.close(_rises(desk, lines))
    if focus is Focus.TRIALS:
        return turn.close(_trials(desk, lines))
    return turn.close(*_all(desk, lines, bills_too=focus is Focus.BILLS))


def _one(desk: Desk, lines: RecentLines, said: str) -> Message | None:
    """What one of them costs, and since when; None where the name is none of them."""
    series = going_out(lines.found)
    named = match_merchant(said, [one.party for one in series]).found
    one = next((one for one in series if one.party in named), None)
    if one is None:
        return None
    paid = Money(sum(entry.size for entry in one.entries), one.last.currency)
    return desk.say(
        "insights.one",
        **subscription_view(desk, one),
        last=desk.speech.calendar_day(one.last.day),
        paid=paid,
        times=len(one.entries),
        since=desk.speech.calendar_day(one.entries[0].day),
        rise=_rise_view(desk, price_rises([one], desk.speech.today)),
    )


def _rise_view(desk: Desk, rises: Sequence[PriceRise]) -> dict[str, object] | None:
    if not rises:
        return None
    rise, currency = rises[0], rises[0].series.last.currency
    return {
        "name": rise.series.party,
        "before": Money(rise.before, currency),
        "now": Money(rise.now, currency),
        "since": desk.speech.calendar_day(rise.since),
        "percent": rise.percent,
        "a_year": Money(rise.a_year, currency),
    }


def _rises(desk: Desk, lines: RecentLines) -> Message:
    rises = price_rises(going_out(lines.found), desk.speech.today)
    if not rises:
        return desk.say("insights.no_rises", since=desk.speech.calendar_day(lines.since))
    shown = [_rise_view(desk, [rise]) for rise in rises[:_SHOWN]]
    return desk.say("insights.rises", lines=shown)


def _trials(desk: Desk, lines: RecentLines) -> Message:
    found = trials(lines.found, lines.entries, desk.speech.today)
    if not found:
        return desk.say("insights.no_trials")
    shown = [
        {
            "name": one.party,
            "started": desk.speech.calendar_day(one.started.day),
            "paid_from": desk.speech.calendar_day(one.paid_from),
            "price": None if one.price is None else Money(one.price, one.started.currency),
        }
        for one in found[:_SHOWN]
    ]
    return desk.say("insights.trials", lines=shown)


def _all(desk: Desk, lines: RecentLines, *, bills_too: bool) -> list[Message]:
    series = going_out(lines.found)
    subscriptions = [one for one in series if one.is_subscription]
    bills = [one for one in series if not one.is_subscription]
    told = []
    if subscriptions:
        told.append(_listed(desk, "insights.subscriptions", subscriptions))
    if bills and (bills_too or not subscriptions):
        told.append(_listed(desk, "insights.bills", bills))
    elif bills:
        told.append(desk.choices("insights.more", [desk.speech.words("insights.ask_bills")]))
    if not told:
        return [desk.say("insights.nothing_recurs", since=desk.speech.calendar_day(lines.since))]
    return told


def _listed(desk: Desk, key: str, series: Sequence[Recurring]) -> Message:
    """Only one currency is added up: the one that most of them are in."""
    currency = series[0].last.currency
    same = [one for one in series if one.last.currency == currency]
    return desk.say(
        key,
        count=len(series),
        a_month=Money(-sum(one.a_month for one in same), currency),
        lines=[subscription_view(desk, one) for one in series[:_SHOWN]],
        more=max(len(series) - _SHOWN, 0),
    )


def subscription_view(desk: Desk, one: Recurring) -> dict[str, object]:
    return {
        "name": one.party,
        "amount": Money(abs(one.amount), one.last.currency),
        "about": one.varies,
        "often": desk.speech.words("insights.often", every=_every(one.rhythm)),
        "next_on": desk.speech.calendar_day(one.next_on),
        "late": one.next_on < desk.speech.today,
    }


def _every(rhythm: Rhythm) -> str:
    """The rhythm as a template names it: "7d", "14d", "1m", "3m", "2x"."""
    if rhythm.days:
        return f"{rhythm.days}d"
    return "2x" if len(rhythm.on) > 1 else f"{rhythm.months}m"
