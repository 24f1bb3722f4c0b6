"""The latest transactions: pending first, then posted, of one account or of all."""

from __future__ import annotations

from heapq import nlargest

from fulfillment.bank.books import Account, Hold, Posting
from fulfillment.bank.naming import match_account
from fulfillment.bank.periods import Period, parse_period, period_words
from fulfillment.conversations import shown_charges
from fulfillment.conversations.desk import Desk
from fulfillment.lex import Message, Reply, Router, Turn

_SHOWN = 8
_PENDING_SHOWN = 5

router = Router()


@router.dialog("ListTransactions")
@router.fulfillment("ListTransactions")
def list_transactions(turn: Turn) -> Reply:
    desk = Desk.of(turn)
    accounts = desk.open_accounts()
    said_account, said_period = turn.slots.get("account"), turn.slots.get("period")
    if said_account is not None:
        found = match_account(said_account.original_value, accounts).found
        if not found:
            return _unknown_account(turn, said_account.original_value, accounts)
        accounts = list(found)
    if said_period is None:
        return _latest(turn, accounts)
    words = period_words(said_period.original_value, turn.transcript)
    period = parse_period(words, desk.speech.today)
    if period is None:
        unclear = desk.say("transactions.bad_period", said=words)
        return turn.ask_again("period", unclear)
    return _of_period(turn, accounts, period)


def _latest(turn: Turn, accounts: list[Account]) -> Reply:
    desk = Desk.of(turn)
    holds: list[tuple[Hold, Account]] = []
    postings: list[tuple[Posting, Account]] = []
    for account in accounts:
        page = desk.books.recent(desk.customer_id, account.account_id, _SHOWN)
        holds += [(hold, account) for hold in page.holds]
        postings += [(posting, account) for posting in page.postings]
    newest = nlargest(_SHOWN, postings, key=lambda pair: pair[0].booked_at)
    pending = nlargest(_PENDING_SHOWN, holds, key=lambda pair: pair[0].placed_at)
    return _show(turn, accounts, pending, newest, None)


def _of_period(turn: Turn, accounts: list[Account], period: Period) -> Reply:
    desk = Desk.of(turn)
    start, end = period.instants(desk.customer.time_zone)
    postings = [
        (posting, account)
        for account in accounts
        for posting in desk.books.postings_between(desk.customer_id, account.account_id, start, end)
    ]
    newest = nlargest(_SHOWN, postings, key=lambda pair: pair[0].booked_at)
    more = []
    if len(postings) > _SHOWN:
        more = [desk.say("transactions.more", total=len(postings), shown=_SHOWN)]
    return _show(turn, accounts, [], newest, desk.speech.span(period.start, period.end), more)


def _show(
    turn: Turn,
    accounts: list[Account],
    pending: list[tuple[Hold, Account]],
    posted: list[tuple[Posting, Account]],
    period: str | None,
    after: list[Message] | None = None,
) -> Reply:
    desk = Desk.of(turn)
    only = accounts[0].name if len(accounts) == 1 else None
    if not pending and not posted:
        return turn.close(desk.say("transactions.nothing_there", account=only, period=period))
    shown_charges.remember(turn, [posting for posting, _ in posted], desk.now)
    view = desk.say(
        "transactions.recent",
        pending=[
            {"day": desk.speech.day(h.placed_at), "text": h.description, "amount": -h.amount}
            for h, _ in pending
        ],
        posted=[
            {
                "day": desk.speech.day(p.booked_at),
                "text": p.description,
                "amount": p.amount,
                "account": None if only else account.name,
            }
            for p, account in posted
        ],
        account=only,
        period=period,
    )
    return turn.close(view, *(after or []))


def _unknown_account(turn: Turn, said: str, accounts: list[Account]) -> Reply:
    desk = Desk.of(turn)
    names = [account.name for account in accounts]
    unknown = desk.say("balance.unknown", said=said, names=names)
    return turn.ask_again("account", unknown, desk.choices("common.your_accounts", names))
