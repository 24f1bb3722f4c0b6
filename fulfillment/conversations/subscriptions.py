"""Subscriptions and regular bills: which there are, which got dearer, which trials turned paid."""

from __future__ import annotations

from collections.abc import Sequence

from fulfillment.bank.money import Money
from fulfillment.bank.naming import match_merchant
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.ending_subscriptions import not_ours_to_end
from fulfillment.conversations.insight_lines import RecentLines, recent_lines
from fulfillment.conversations.insight_words import Focus, focus_in
from fulfillment.lex import Message, Reply, Router, Turn
from fulfillment.personalization.insights.price_changes import (
    PriceRise,
    Trial,
    price_rises,
    trials,
)
from fulfillment.personalization.insights.recurring import Recurring, going_out

_SHOWN, _TRIALS_SHOWN = 8, 3

router = Router()


@router.dialog("ListSubscriptions")
@router.fulfillment("ListSubscriptions")
def tell_subscriptions(turn: Turn) -> Reply:
    """Reading is harmless, so it is answered at once."""
    desk = Desk.of(turn)
    lines = recent_lines(desk, desk.open_accounts())
    wants_it_ended = not_ours_to_end(turn)
    if wants_it_ended is not None:
        return turn.close(wants_it_ended)
    said = turn.slots.get("merchant")
    if said is not None:
        told = _one(desk, lines, said.original_value)
        if told:
            return turn.close(*told)
    focus = focus_in(turn.transcript, turn.locale)
    if focus is Focus.RISES:
        return turn.close(_rises(desk, lines))
    if focus is Focus.TRIALS:
        return turn.close(*_trials(desk, lines))
    return turn.close(*_all(desk, lines, bills_too=focus is Focus.BILLS))


def _one(desk: Desk, lines: RecentLines, said: str) -> list[Message]:
    """What one of them costs, since when, whether it rose; nothing for a name of none."""
    series = going_out(lines.found)
    named = match_merchant(said, [one.party for one in series]).found
    one = next((one for one in series if one.party in named), None)
    if one is None:
        return []
    told = desk.say(
        "insights.one",
        name=one.party,
        price=_price(desk, one),
        often=_often(desk, one),
        last=desk.speech.calendar_day(one.last.day),
        next_on=desk.speech.calendar_day(one.next_on),
        since=desk.speech.calendar_day(one.entries[0].day),
        paid=Money(sum(entry.size for entry in one.entries), one.last.currency),
        times=len(one.entries),
    )
    rises = [{"text": _rise(desk, rise)} for rise in price_rises([one], desk.speech.today)]
    return [told, desk.say("insights.rises", lines=rises)] if rises else [told]


def _rises(desk: Desk, lines: RecentLines) -> Message:
    rises = price_rises(going_out(lines.found), desk.speech.today)
    if not rises:
        return desk.say("insights.no_rises", since=desk.speech.calendar_day(lines.since))
    shown = [{"text": _rise(desk, rise)} for rise in rises[:_SHOWN]]
    return desk.say("insights.rises", lines=shown)


def _rise(desk: Desk, rise: PriceRise) -> str:
    currency = rise.series.last.currency
    return desk.speech.words(
        "insights.rise",
        name=rise.series.party,
        before=Money(rise.before, currency),
        now=Money(rise.now, currency),
        since=desk.speech.calendar_day(rise.since),
        percent=rise.percent,
        a_year=Money(rise.a_year, currency),
    )


def _trials(desk: Desk, lines: RecentLines) -> list[Message]:
    found = trials(lines.found, lines.entries, desk.speech.today)
    if not found:
        return [desk.say("insights.no_trials")]
    return [_trial(desk, one) for one in found[:_TRIALS_SHOWN]]


def _trial(desk: Desk, one: Trial) -> Message:
    view = {
        "name": one.party,
        "started": desk.speech.calendar_day(one.started.day),
        "paid_from": desk.speech.calendar_day(one.paid_from),
    }
    if one.price is None:
        return desk.say("insights.trial_ending", **view)
    price = desk.speech.money(Money(one.price, one.started.currency))
    return desk.say("insights.trial_paid", price=price, **view)


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
    """The dearest of them; only one currency is added up, that of the dearest."""
    currency = series[0].last.currency
    same = [one for one in series if one.last.currency == currency]
    return desk.say(
        key,
        total=len(series),
        amount=Money(-sum(one.a_month for one in same), currency),
        lines=[{"text": _line(desk, one)} for one in series[:_SHOWN]],
    )


def _line(desk: Desk, one: Recurring) -> str:
    late = one.next_on < desk.speech.today
    return desk.speech.words(
        "insights.series_late" if late else "insights.series",
        name=one.party,
        price=_price(desk, one),
        often=_often(desk, one),
        next_on=desk.speech.calendar_day(one.next_on),
    )


def _price(desk: Desk, one: Recurring) -> str:
    amount = Money(abs(one.amount), one.last.currency)
    return roughly(desk, amount) if one.varies else desk.speech.money(amount)


def roughly(desk: Desk, amount: Money) -> str:
    """ "about $140.00"."""
    return desk.speech.words("insights.about", amount=amount)


def _often(desk: Desk, one: Recurring) -> str:
    """The rhythm in words, which the template finds by "7d", "14d", "1m", "3m" or "2x"."""
    rhythm = one.rhythm
    every = f"{rhythm.days}d" if rhythm.days else f"{rhythm.months}m"
    if len(rhythm.on) > 1:
        every = "2x"
    return desk.speech.words("insights.often", every=every)
