"""How much was spent: by merchant, by category, in a period; exact to the cent."""

from __future__ import annotations

from collections.abc import Callable

from fulfillment.bank.books import Posting
from fulfillment.bank.naming import match_merchant
from fulfillment.bank.periods import Period, parse_period, period_words
from fulfillment.bank.spending import is_spending, spending
from fulfillment.conversations.desk import Desk
from fulfillment.lex import Reply, Router, Turn

_TOP = 4
_UNLESS_NAMED = "this month"

router = Router()


@router.dialog("GetSpending")
@router.fulfillment("GetSpending")
def tell_spending(turn: Turn) -> Reply:
    desk = Desk.of(turn)
    said = turn.slots.get("period")
    words = period_words(said.original_value, turn.transcript) if said else ""
    period = parse_period(words or _UNLESS_NAMED, desk.speech.today)
    if period is None:
        return turn.ask_again("period", desk.say("transactions.bad_period", said=words))
    postings = _postings(desk, period)
    category, merchant = turn.slots.get("category"), turn.slots.get("merchant")
    if merchant is not None:
        return _at_merchant(turn, merchant.original_value, postings, period)
    if category is not None:
        where = desk.speech.words("spending.on", category=category.best)
        return _total(turn, postings, period, where, lambda p: p.category == category.best)
    return _total(turn, postings, period, "", lambda _: True, by_category=True)


def _postings(desk: Desk, period: Period) -> list[Posting]:
    start, end = period.instants(desk.customer.time_zone)
    return [
        posting
        for account in desk.open_accounts()
        for posting in desk.books.postings_between(desk.customer_id, account.account_id, start, end)
        if is_spending(posting)
    ]


def _at_merchant(turn: Turn, said: str, postings: list[Posting], period: Period) -> Reply:
    desk = Desk.of(turn)
    found = match_merchant(said, (p.merchant for p in postings if p.merchant)).found
    if len(found) > 1:
        question = desk.say("spending.which", names=list(found[:5]))
        return turn.ask_again(
            "merchant", question, desk.choices("common.your_merchants", list(found))
        )
    name = found[0] if found else said
    where = desk.speech.words("spending.at", merchant=name)
    return _total(turn, postings, period, where, lambda p: p.merchant == name)


def _total(
    turn: Turn,
    postings: list[Posting],
    period: Period,
    where: str,
    wanted: Callable[[Posting], bool],
    *,
    by_category: bool = False,
) -> Reply:
    desk = Desk.of(turn)
    chosen = [posting for posting in postings if wanted(posting)]
    days = desk.speech.span(period.start, period.end)
    where = f" {where}" if where else ""
    if not chosen:
        return turn.close(desk.say("spending.nothing", where=where, period=days))
    found = spending(chosen, chosen[0].amount.currency)
    messages = [
        desk.say(
            "spending.total",
            amount=found.total,
            where=where,
            period=days,
            purchases=found.purchases,
            refunded=found.refunded if found.refunded.is_positive else None,
        )
    ]
    if by_category and found.by_category:
        lines = [{"name": name, "amount": amount} for name, amount in found.by_category[:_TOP]]
        messages.append(desk.say("spending.top", lines=lines))
    return turn.close(*messages)
