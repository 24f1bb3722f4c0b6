"""Whom a customer paid last, or when they last paid somebody: one line, and no list."""

from __future__ import annotations

import re
from datetime import timedelta

from fulfillment.bank import transaction_search
from fulfillment.bank.books import Posting
from fulfillment.bank.letters import without_accents
from fulfillment.bank.money import Money
from fulfillment.conversations.desk import Desk
from fulfillment.lex import Reply, Turn
from fulfillment.store import search

_LOOKED_BACK = timedelta(days=400)
_PAID = "payment"
_WHO = re.compile(
    r"\W*(?:who(?:m)? (?:did i (?:last )?(?:pay|send money to)(?: last| most recently)?"
    r"|was (?:my|the) last payment (?:to|made to)|have i paid last)"
    r"|(?:a )?qui[eé]n (?:le )?(?:pagu[eé]|envi[eé] dinero|mand[eé] dinero)"
    r"(?: por)? (?:la )?[uú]ltim[oa](?: vez)?"
    r"|a qui[eé]n fue mi [uú]ltimo pago)\W*",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"\W*(?:when did i last (?:pay|send (?:money )?to) (?P<name>[^?!.]{2,60})"
    r"|when was my last payment to (?P<of>[^?!.]{2,60})"
    r"|cu[aá]ndo (?:le )?pagu[eé] por [uú]ltima vez a (?P<es>[^?!.]{2,60}))\W*",
    re.IGNORECASE,
)


def last_paid_asked(said: str) -> str | None:
    """Whom `said` asks about: "" for whoever was paid last, None where it asks something else.

    >>> last_paid_asked("when did I last pay Anna?"), last_paid_asked("who did i pay last")
    ('Anna', '')
    """
    if _WHO.fullmatch(said):
        return ""
    found = _WHEN.fullmatch(said)
    return next(name.strip() for name in found.groups() if name) if found else None


def tell_last_paid(turn: Turn, name: str) -> Reply:
    """The newest payment to somebody, or to `name`."""
    desk = Desk.of(turn)
    accounts = {one.account_id: one for one in desk.open_accounts()}
    end = desk.now + timedelta(seconds=1)
    where = search.Range(list(accounts), end - _LOOKED_BACK, end)
    found = desk.books.lines.search(
        desk.customer_id,
        where,
        1,
        lambda line: _is_paid(line) and _is_to(name, line.description),
    ).lines
    if not found:
        since = desk.speech.day(end - _LOOKED_BACK)
        return turn.close(desk.say("transactions.nobody_paid", name=name, since=since))
    line = found[0]
    told = desk.say(
        "transactions.last_paid",
        name=_receiver(line.description),
        amount=Money(-line.amount.minor, line.amount.currency),
        day=desk.speech.day(transaction_search.moment_of(line)),
        account=accounts[line.account_id].name,
    )
    return turn.close(told)


def _is_paid(line: transaction_search.Line) -> bool:
    return isinstance(line, Posting) and line.kind == _PAID and line.amount.minor < 0


def _is_to(name: str, description: str) -> bool:
    words = without_accents(name.casefold()).split()
    said = without_accents(description.casefold()).split()
    return set(words) <= set(said)


def _receiver(description: str) -> str:
    return description.removeprefix("Payment to ").strip()
