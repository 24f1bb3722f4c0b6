"""What came back, and what has not: by the customer's own lines, and by their open disputes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from fulfillment.bank.cases import CaseKind, CaseStatus
from fulfillment.bank.money import Money
from fulfillment.conversations import shown_charges
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.insight_lines import RecentLines
from fulfillment.lex import Message, Reply, Turn, card
from fulfillment.personalization.insights.duplicates import (
    Refund,
    awaited,
    find_duplicates,
    find_refunds,
)
from fulfillment.personalization.insights.entries import Entry

_LATELY = timedelta(days=60)
_SHOWN = 6

Line = dict[str, str]


def tell_refunds(turn: Turn, desk: Desk, lines: RecentLines) -> Reply:
    """What came back lately; of the merchant that the words name, where nothing did."""
    return _of_the_named(turn, desk, lines) or turn.close(_came(desk, lines))


def tell_missing(turn: Turn, desk: Desk, lines: RecentLines) -> Reply:
    """Charges that came twice and stayed, and disputes without a decision: what is owed back as
    far as the books tell. What a shop promised is not in them."""
    named = _of_the_named(turn, desk, lines)
    if named:
        return named
    told = [*_doubled(desk, lines), *_disputed(desk, lines)]
    if not told:
        since = desk.speech.calendar_day(desk.speech.today - _LATELY)
        return turn.close(desk.say("insights.none_missing", since=since))
    return turn.close(desk.say("insights.refunds_missing", lines=told[:_SHOWN]))


def _of_the_named(turn: Turn, desk: Desk, lines: RecentLines) -> Reply | None:
    one = awaited(lines.entries, turn.transcript)
    if one is None:
        return None
    bought = one.purchase
    view = {
        "name": bought.party,
        "amount": Money(bought.size, bought.currency),
        "day": desk.speech.calendar_day(bought.day),
    }
    shown_charges.remember(turn, [lines.posting(bought)], desk.now)
    button = desk.speech.words(
        "insights.dispute", name=bought.party, amount=Money(bought.size, bought.currency)
    )
    ways = card(
        desk.speech.words("insights.not_right"),
        [(button, desk.speech.words("said.dispute_this", place=1))],
    )
    if one.back:
        back = Money(one.back, bought.currency)
        return turn.close(desk.say("insights.awaited_rest", spent=back, **view), ways)
    return turn.close(desk.say("insights.awaited", **view), ways)


def _doubled(desk: Desk, lines: RecentLines) -> Iterator[Line]:
    since = desk.speech.today - _LATELY
    for one in find_duplicates(lines.entries):
        if one.second.day > since:
            yield {"text": desk.speech.words("insights.missing_twice", **_view(desk, one.second))}


def _disputed(desk: Desk, lines: RecentLines) -> Iterator[Line]:
    by_id = {one.entry_id: one for one in lines.entries}
    for case in desk.books.cases(desk.customer_id):
        line = by_id.get(case.about or "")
        if case.kind is CaseKind.DISPUTE and case.status is CaseStatus.OPEN and line:
            key = "insights.missing_disputed"
            view = _view(desk, line)
            yield {"text": desk.speech.words(key, case_id=case.case_id, **view)}


def _came(desk: Desk, lines: RecentLines) -> Message:
    since = desk.speech.today - _LATELY
    found = [one for one in find_refunds(lines.entries) if one.entry.day > since][::-1]
    if not found:
        return desk.say("insights.no_refunds", since=desk.speech.calendar_day(since))
    told = [{"text": _refund(desk, one)} for one in found[:_SHOWN]]
    return desk.say("insights.refunds", lines=told)


def _refund(desk: Desk, one: Refund) -> str:
    view = _view(desk, one.entry)
    if one.purchase is None:
        return desk.speech.words("insights.refund", **view)
    key = "insights.refund_whole" if one.is_whole else "insights.refund_part"
    return desk.speech.words(key, bought=desk.speech.calendar_day(one.purchase.day), **view)


def _view(desk: Desk, entry: Entry) -> dict[str, object]:
    return {
        "name": entry.party,
        "amount": Money(entry.size, entry.currency),
        "day": desk.speech.calendar_day(entry.day),
    }
