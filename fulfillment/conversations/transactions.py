"""The history in words: the latest lines, a search, and the next page of either."""

from __future__ import annotations

from dataclasses import dataclass, replace

from fulfillment.bank.books import Account, Posting
from fulfillment.bank.naming import match_account
from fulfillment.bank.periods import Period, parse_period, period_words
from fulfillment.bank.transaction_search import Line, TransactionFilter, moment_of
from fulfillment.conversations import last_search, shown_charges
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.last_search import LastSearch
from fulfillment.conversations.search_slots import filter_said, keep_words, not_an_account
from fulfillment.conversations.search_view import subject
from fulfillment.lex import Message, Reply, Router, Turn
from fulfillment.store.search import Found, Place, Range

PAGE = 5
"""Booked lines on a page; what is pending comes on the first page besides."""

router = Router()


@dataclass(frozen=True, slots=True)
class _Search:
    """What to look for and where."""

    wanted: TransactionFilter
    period: Period | None
    accounts: list[Account]

    @property
    def account(self) -> Account | None:
        """The account, when it is only one."""
        return self.accounts[0] if len(self.accounts) == 1 else None


@router.dialog("ListTransactions")
@router.fulfillment("ListTransactions")
def list_transactions(turn: Turn) -> Reply:
    desk = Desk.of(turn)
    accounts = desk.open_accounts()
    wanted = filter_said(turn, accounts)
    said_account, said_period = turn.slots.get("account"), turn.slots.get("period")
    if said_account is not None:
        found = match_account(said_account.original_value, accounts).found
        wanted = wanted if found else not_an_account(turn, said_account.original_value, wanted)
        if not found and wanted.is_open:
            return _unknown_account(turn, said_account.original_value, accounts)
        accounts = list(found) or accounts
    period = None
    if said_period is not None:
        words = period_words(said_period.original_value, turn.transcript)
        period = parse_period(words, desk.speech.today, turn.locale)
        if period is None:
            keep_words(turn)
            unclear = desk.say("transactions.bad_period", said=words)
            return turn.ask_again("period", unclear)
    wanted = replace(wanted, own_transfers=wanted.flow is None or len(accounts) == 1)
    return _show(turn, _Search(wanted, period, accounts), None)


@router.dialog("ShowMore")
@router.fulfillment("ShowMore")
def show_more(turn: Turn) -> Reply:
    desk = Desk.of(turn)
    last = last_search.recall(turn, desk.now)
    if last is None:
        return turn.close(desk.say("transactions.nothing_to_continue"), fulfilled=False)
    if last.place is None:
        return turn.close(desk.say("transactions.no_more"))
    accounts = [one for one in desk.open_accounts() if last.account in (None, one.account_id)]
    return _show(turn, _Search(last.filter, last.period, accounts), last.place)


def list_in(turn: Turn, period: Period) -> Reply:
    """The list that was shown last, of another time; all of that time where it is forgotten."""
    desk = Desk.of(turn)
    last = last_search.recall(turn, desk.now)
    wanted = replace(last.filter, pending=False) if last else TransactionFilter()
    own = last.account if last else None
    accounts = [one for one in desk.open_accounts() if own in (None, one.account_id)]
    return _show(turn, _Search(wanted, period, accounts), None)


def _show(turn: Turn, search: _Search, after: Place | None) -> Reply:
    desk = Desk.of(turn)
    found = _find(desk, search, after)
    account_id = search.account.account_id if search.account else None
    last_search.remember(
        turn, LastSearch.of(search.wanted, search.period, account_id, found.place, desk.now)
    )
    about = subject(desk, search.wanted, search.period, search.account)
    if not found.lines:
        return turn.close(_nothing(desk, about, found), *_go_on(desk, found))
    shown_charges.remember(turn, found.lines, desk.now)
    names = {account.account_id: account.name for account in search.accounts}
    several = names if len(names) > 1 else {}
    holds, postings = found.holds, found.postings
    page = desk.say(
        "transactions.page",
        pending=[_line(desk, hold, place, None) for place, hold in enumerate(holds, start=1)],
        title=_title(desk, search, about, further=after is not None),
        posted=[
            _line(desk, posting, place, several.get(posting.account_id))
            for place, posting in enumerate(postings, start=len(holds) + 1)
        ],
        ending=_ending(desk, found, further=after is not None),
    )
    return turn.close(page, *_go_on(desk, found))


def _title(desk: Desk, search: _Search, about: str, *, further: bool) -> str:
    if further:
        return desk.speech.words("transactions.earlier", subject=about)
    key = "transactions.posted" if search.period else "transactions.latest"
    return desk.speech.words(key, subject=about)


def _ending(desk: Desk, found: Found, *, further: bool) -> str:
    if found.came_to:
        return desk.speech.words("transactions.came_to", day=desk.speech.day(found.came_to))
    if found.place:
        return desk.speech.words("transactions.more")
    return desk.speech.words("transactions.that_was_all") if further else ""


def _nothing(desk: Desk, about: str, found: Found) -> Message:
    if found.came_to is None:
        return desk.say("transactions.nothing", subject=about)
    day = desk.speech.day(found.came_to)
    return desk.say("transactions.nothing_since", subject=about, day=day)


def _find(desk: Desk, search: _Search, after: Place | None) -> Found:
    wanted, period = search.wanted, search.period
    start, end = period.instants(desk.customer.time_zone) if period else (None, None)
    where = Range(
        [account.account_id for account in search.accounts],
        start,
        end,
        holds=wanted.pending or period is None or period.end > desk.speech.today,
        postings=not wanted.pending,
        after=after,
    )
    return desk.books.lines.search(
        desk.customer_id, where, PAGE, None if wanted.is_open else wanted.wants
    )


def _line(desk: Desk, line: Line, place: int, account: str | None) -> dict[str, object]:
    """What is shown of a line; `place` is its number on the page, pending and posted together."""
    return {
        "place": place,
        "day": desk.speech.day(moment_of(line)),
        "text": line.description,
        "amount": line.amount if isinstance(line, Posting) else -line.amount,
        "account": account,
    }


def _go_on(desk: Desk, found: Found) -> list[Message]:
    if found.place is None:
        return []
    return [desk.choices("transactions.further", [desk.speech.words("transactions.show_more")])]


def _unknown_account(turn: Turn, said: str, accounts: list[Account]) -> Reply:
    desk = Desk.of(turn)
    names = [account.name for account in accounts]
    keep_words(turn)
    unknown = desk.say("balance.unknown", said=said, names=names)
    return turn.ask_again("account", unknown, desk.choices("common.your_accounts", names))
