"""Two wishes in one sentence, of which one is a balance: "check my balance and send 50 to Anna".

Lex hears the other one, and the balance would go unsaid. To tell it changes nothing and takes no
question, so it is told before what answers the other wish.
"""

from __future__ import annotations

import re
from dataclasses import replace

from fulfillment.bank.books import Account
from fulfillment.bank.naming import match_account
from fulfillment.conversations.access import is_open_to
from fulfillment.conversations.account_view import balance_view
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.switches import is_on
from fulfillment.lex import Reply, Turn
from fulfillment.lex.messages import before_all_of
from fulfillment.lex.resolver import Handler

_BALANCE = "CheckBalance"
_TELL_BALANCES = frozenset({_BALANCE, "CheckBalanceFollowUp", "ForecastBalance"})
_AND = re.compile(
    r"\W*\s(?:and|then|y|luego|despu[eé]s)"
    r"(?: (?:then|also|after that|luego|despu[eé]s|tambi[eé]n|adem[aá]s))*\s",
    re.IGNORECASE,
)
_ASKS_FOR_IT = re.compile(
    r"\W*(?:(?:please|hi|hello|first|can you|could you|i want to|hola|por favor|primero)\W+)*(?:"
    r"(?:check|tell me|show(?: me)?|give me|what(?:'?s| is)|see)"
    r" (?:my |the )?(?P<which>[\w ]{0,25}?)\b ?(?:account )?balances?"
    r"|how much (?:money )?(?:do i have|i have)"
    r"|(?:dime|d[ií]game|mu[eé]str[ae](?:me)?|ver|revis[ae]|consult[ae]|cu[aá]l es)"
    r" (?:mi|el|mis|los) saldos?(?: (?:de|en) (?:mi |la |el )?(?P<de>[\w ]{3,25}))?"
    r"|cu[aá]nt[oa] (?:dinero |plata )?tengo"
    r")(?: (?:first|too|as well|please|primero|tambi[eé]n|por favor))*\W*",
    re.IGNORECASE,
)
_LEAST = 2
"""Words of a wish."""


def tell_the_balance_besides(turn: Turn, proceed: Handler) -> Reply:
    """Middleware: the balance that was asked for in the same breath, before the answer."""
    reply = proceed(turn)
    which = balance_besides(turn.transcript)
    answers = turn.intent if reply.switch is None else reply.switch.intent
    if which is None or answers in _TELL_BALANCES or not reply.messages:
        return reply
    desk = Desk.of(turn)
    is_known = desk.identity.is_verified and is_open_to(desk, _BALANCE)
    accounts = _meant(which, desk.open_accounts()) if is_known and is_on(turn, _BALANCE) else []
    if not accounts:
        return reply
    told = desk.say("balance.all", lines=[balance_view(one) for one in accounts])
    return replace(reply, messages=before_all_of((told,), reply.messages))


def balance_besides(said: str) -> str | None:
    """The name of the account whose balance is one of two wishes in `said`, "" where it is of none
    in particular; None where no balance is asked for, or nothing else.
    """
    for joint in _AND.finditer(said):
        halves = said[: joint.start()], said[joint.end() :]
        if any(len(half.split()) < _LEAST for half in halves):
            continue
        first, second = (_ASKS_FOR_IT.fullmatch(half) for half in halves)
        found = first or second
        if found is not None and not (first and second):
            return (found["which"] or found["de"] or "").strip()
    return None


def _meant(which: str, accounts: list[Account]) -> list[Account]:
    """Those that were named; all where none was, or nobody knows the name."""
    return list(match_account(which, accounts).found) or accounts if which else accounts
