""" "Anything odd on my account?": charged twice, above the usual, dearer, or given back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from fulfillment.bank.money import Money
from fulfillment.conversations import shown_charges
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.heard_otherwise import words_said
from fulfillment.conversations.insight_lines import RecentLines, recent_lines
from fulfillment.conversations.insight_words import Focus, focus_in
from fulfillment.conversations.refunds import tell_missing, tell_refunds
from fulfillment.lex import Message, Reply, Router, Turn, card
from fulfillment.personalization.insights.duplicates import (
    Duplicate,
    find_duplicates,
    last_of_the_named,
)
from fulfillment.personalization.insights.entries import Entry
from fulfillment.personalization.insights.price_changes import price_rises
from fulfillment.personalization.insights.recurring import going_out
from fulfillment.personalization.insights.unusual import (
    UnusualPurchase,
    unusual_categories,
    unusual_purchases,
)

_TWICE_FOR, _RISES_FOR = timedelta(days=60), timedelta(days=60)
_SHOWN = 3

router = Router()


@router.dialog("FindUnusualActivity")
@router.fulfillment("FindUnusualActivity")
def tell_what_is_odd(turn: Turn) -> Reply:
    """The most telling first; a charge that came twice can be disputed by a button."""
    desk = Desk.of(turn)
    lines = recent_lines(desk, desk.open_accounts())
    said = words_said(turn)
    focus = focus_in(said, turn.locale)
    if focus is Focus.REFUNDS:
        return tell_refunds(turn, desk, lines)
    if focus is Focus.MISSING:
        return tell_missing(turn, desk, lines)
    twice = charged_twice(desk, lines)
    since = desk.speech.calendar_day(desk.speech.today - _TWICE_FOR)
    messages: list[Message] = []
    if focus is Focus.TWICE:
        named = last_of_the_named(lines.entries, said)
        of_it = [one for one in twice if named and one.second.party == named.party]
        if named and not of_it:
            messages.append(desk.say("insights.none_twice_there", name=named.party, since=since))
        twice = of_it or twice
    if focus is Focus.TWICE and not twice:
        return turn.close(*(messages or [desk.say("insights.none_twice", since=since)]))
    shown = [one.second for one in twice]
    messages += [_told_twice(desk, one) for one in twice]
    if focus is not Focus.TWICE:
        large = _large(desk, lines)
        shown += [entry for entry, _ in large]
        messages += [message for _, message in large]
        messages += _more_than_usual(desk, lines)
        messages += _dearer(desk, lines)
    if not messages:
        return turn.close(desk.say("insights.nothing_odd", purchases=_looked_at(desk, lines)))
    ways_on = _ways_on(turn, desk, lines, shown[:_SHOWN], twice=len(twice))
    return turn.close(*messages[:_SHOWN], *ways_on)


def charged_twice(desk: Desk, lines: RecentLines) -> list[Duplicate]:
    """The charges among `lines` that came twice lately."""
    since = desk.speech.today - _TWICE_FOR
    return [one for one in find_duplicates(lines.entries) if one.second.day > since][:_SHOWN]


def _told_twice(desk: Desk, one: Duplicate) -> Message:
    return desk.say(
        "insights.twice",
        name=one.second.party,
        amount=_money(one.second),
        day=desk.speech.calendar_day(one.second.day),
    )


def _large(desk: Desk, lines: RecentLines) -> list[tuple[Entry, Message]]:
    odd = unusual_purchases(lines.without_what_recurs, desk.speech.today)
    return [(one.entry, _told_large(desk, one)) for one in odd[:_SHOWN]]


def _told_large(desk: Desk, one: UnusualPurchase) -> Message:
    view = {
        "name": one.entry.party,
        "amount": _money(one.entry),
        "day": desk.speech.calendar_day(one.entry.day),
        "usual": Money(one.usual, one.entry.currency),
    }
    if not one.new_party:
        return desk.say("insights.large", **view)
    return desk.say("insights.large_new", category=_category(desk, one.entry.category), **view)


def _more_than_usual(desk: Desk, lines: RecentLines) -> list[Message]:
    odd = unusual_categories(lines.without_what_recurs, desk.speech.today)
    return [
        desk.say(
            "insights.more_than_usual",
            category=_category(desk, one.category),
            spent=Money(one.spent, one.currency),
            usual=Money(one.usual, one.currency),
        )
        for one in odd[:1]
    ]


def _dearer(desk: Desk, lines: RecentLines) -> list[Message]:
    today = desk.speech.today
    rises = price_rises(going_out(lines.found), today)
    return [
        desk.say(
            "insights.dearer",
            name=one.series.party,
            before=Money(one.before, one.series.last.currency),
            now=Money(one.now, one.series.last.currency),
            since=desk.speech.calendar_day(one.since),
        )
        for one in rises
        if today - one.since <= _RISES_FOR
    ]


def _looked_at(desk: Desk, lines: RecentLines) -> int:
    """Charges of the last 30 days."""
    since = desk.speech.today - timedelta(days=30)
    return sum(one.is_purchase and one.day > since for one in lines.entries)


def _ways_on(
    turn: Turn, desk: Desk, lines: RecentLines, shown: Sequence[Entry], *, twice: int
) -> list[Message]:
    """Buttons that dispute what was told; "the second one" means it from now on.

    The first `twice` of them came twice, which is then the reason of the dispute.
    """
    if not shown:
        return []
    shown_charges.remember(turn, [lines.posting(one) for one in shown], desk.now)
    buttons = [
        (
            desk.speech.words("insights.dispute", name=one.party, amount=_money(one)),
            desk.speech.words(
                "said.dispute_twice" if place <= twice else "said.dispute_this", place=place
            ),
        )
        for place, one in enumerate(shown, start=1)
    ]
    return [card(desk.speech.words("insights.not_right"), buttons)]


def _category(desk: Desk, category: str) -> str:
    return desk.speech.words("categories.name", category=category)


def _money(entry: Entry) -> Money:
    return Money(entry.size, entry.currency)
