"""A statement to keep: a month of an account as a file, by a link that lives for ten minutes."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from fulfillment.bank.books import Account
from fulfillment.bank.naming import match_account
from fulfillment.bank.period_points import OLDEST_YEAR
from fulfillment.bank.periods import Period, parse_period, period_words
from fulfillment.bank.statement_files import (
    NotAMonthError,
    Statement,
    is_over,
    last_months,
    statement_month,
    statement_of,
)
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.statement_file import FileKind, statement_file
from fulfillment.lex import Message, Reply, Router, Turn, text
from fulfillment.lex.messages import MAX_CONTENT
from fulfillment.replies import Channel
from fulfillment.store.errors import BooksBusyError
from fulfillment.store.statement_shelf import LINK_LIVES, note_statement

LINK, LINK_NAME = "teller-link", "teller-link-name"
"""Request attributes of the answer: the link, whatever its length, and what it is called. Not named
`x-teller-`: what is named so is the channel's secret, and a Lex client is not told it.
"""
_TRIES = 3
_OFFERED = 3
_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)
""" "Last month's statement" is of last month."""

router = Router()


@router.dialog("GetStatement")
@router.fulfillment("GetStatement")
def send_statement(turn: Turn) -> Reply:
    desk = Desk.of(turn)
    shelf = desk.deps.statements
    if shelf is None:
        return turn.close(desk.say("statements.not_here"), fulfilled=False)
    if desk.channel is Channel.VOICE:
        return turn.close(desk.say("statements.not_aloud"), fulfilled=False)
    month = _month(turn, desk)
    if isinstance(month, Reply):
        return month
    account = _account(turn, desk)
    if isinstance(account, Reply):
        return account
    statement = _read(desk, account, month)
    if statement is None:
        nothing = desk.say(
            "statements.no_such_month", month=_named(desk, month), account=account.name
        )
        return turn.close(nothing, fulfilled=False)
    kind, file_id = _kind(turn), desk.deps.new_id()
    file_name = f"{statement.file_name}.{kind}"
    content = statement_file(desk, statement, kind)
    link = shelf.put(content, file_name, file_id, desk.now)
    note_statement(desk.books, account, month.start, file_name, file_id, desk.now)
    told = desk.say(
        "statements.ready",
        month=_named(desk, month),
        account=account.name,
        before=statement.opening,
        after=statement.closing,
        total=len(statement.lines),
        minutes=int(LINK_LIVES.total_seconds() // 60),
        csv=kind is FileKind.CSV,
    )
    name = desk.speech.words(
        "statements.file", month=_named(desk, month), account=account.name, kind=kind.upper()
    )
    return with_link(turn, (told,), link, name)


def with_link(turn: Turn, told: tuple[Message, ...], link: str, name: str) -> Reply:
    """The link beside the messages, for a channel that shows it by its name, and as a message for
    one that does not, unless its signature makes it too long for one.
    """
    said = (text(link),) if len(link) <= MAX_CONTENT else ()
    return turn.close(*told, *said).with_request_attributes(**{LINK: link, LINK_NAME: name})


def _kind(turn: Turn) -> FileKind:
    """A statement is for reading and for showing to others; a table of it is asked for as such."""
    said = turn.slots.get("format")
    as_table = said is not None and said.best.casefold() == FileKind.CSV
    return FileKind.CSV if as_table else FileKind.PDF


def _month(turn: Turn, desk: Desk) -> Period | Reply:
    """The month that was named; the last that is over when none was."""
    today = desk.speech.today
    said = turn.slots.get("period")
    if said is None:
        return last_months(today, 1)[0]
    words = _POSSESSIVE.sub("", period_words(said.original_value, turn.transcript))
    period = parse_period(words, today, turn.locale)
    if period is None:
        return turn.ask_again("period", desk.say("statements.which_month"), _months(desk))
    try:
        month = statement_month(period, today)
    except NotAMonthError:
        return turn.ask_again("period", desk.say("statements.one_month"), _months(desk))
    if not is_over(month, today):
        not_yet = desk.say(
            "statements.not_over",
            month=_named(desk, month),
            day=desk.speech.calendar_day(month.end),
        )
        return turn.ask_again("period", not_yet, _months(desk))
    # The year is in the sentence alone: kept for the turn after a question about the account.
    turn.slots.set("period", words)
    return month


def _account(turn: Turn, desk: Desk) -> Account | Reply:
    accounts = desk.open_accounts()
    said = turn.slots.get("account")
    if said is None:
        if len(accounts) == 1:
            return accounts[0]
        which = desk.say("statements.which_account")
        return turn.elicit_slot("account", which, _choices(desk, accounts))
    match = match_account(said.original_value, accounts)
    found = match.found or match_account(said.best, accounts).found
    if len(found) == 1:
        return found[0]
    which = desk.say("statements.which_account")
    return turn.ask_again("account", which, _choices(desk, list(found) or accounts))


def _read(desk: Desk, account: Account, month: Period) -> Statement | None:
    """The statement as the ledger has it; None for a month before the account's first line.

    Raises `BooksBusyError` when the balance would not stand still while its lines were read.
    """
    start, end = month.instants(desk.customer.time_zone)
    tomorrow = desk.now + timedelta(days=1)
    for _ in range(_TRIES):
        before = _fresh(desk, account)
        lines = list(
            desk.books.postings_between(desk.customer_id, account.account_id, start, tomorrow)
        )
        if _fresh(desk, account).version != before.version:
            continue
        own = [one for one in lines if one.booked_at < end]
        statement = statement_of(before, month, own, lines[len(own) :])
        known = bool(own) or _has_lines_before(desk, account, start)
        return statement if known else None
    raise BooksBusyError("the balance changed while its lines were read")


def _fresh(desk: Desk, account: Account) -> Account:
    accounts = desk.books.accounts(desk.customer_id)
    return next(one for one in accounts if one.account_id == account.account_id)


def _has_lines_before(desk: Desk, account: Account, start: datetime) -> bool:
    first = datetime(OLDEST_YEAR, 1, 1, tzinfo=UTC)
    older = desk.books.postings_between(desk.customer_id, account.account_id, first, start)
    return next(older, None) is not None


def _named(desk: Desk, month: Period) -> str:
    return desk.speech.month(month.start)


def _months(desk: Desk) -> Message:
    months = last_months(desk.speech.today, _OFFERED)
    return desk.choices("statements.months", [_named(desk, one) for one in months])


def _choices(desk: Desk, accounts: list[Account]) -> Message:
    return desk.choices("common.your_accounts", [one.name for one in accounts])
