"""Balances: of one account, of all, and of "and savings?" after another."""

from __future__ import annotations

from fulfillment.bank.books import Account
from fulfillment.bank.naming import match_account
from fulfillment.conversations.account_view import balance_view
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.open_tasks import progress_of
from fulfillment.lex import Message, Reply, Router, Turn

LAST_ACCOUNT = "lastAccountId"
TOTALS_SHOWN = "totals_shown"
"""The context in which "and savings?" would be about a sum, not about a balance."""
_CHOOSES_ONE = frozenset({"sourceAccount", "destinationAccount"})

router = Router()


@router.dialog("CheckBalance", "CheckBalanceFollowUp")
@router.fulfillment("CheckBalance", "CheckBalanceFollowUp")
def tell_balance(turn: Turn) -> Reply:
    """Reading is harmless, so it is answered as soon as the account is known."""
    desk = Desk.of(turn)
    accounts = desk.open_accounts()
    if not accounts:
        return turn.close(desk.say("balance.nothing_there"), fulfilled=False)
    said = turn.slots.get("account")
    if said is None:
        words = turn.transcript.casefold()
        wants_all = any(one in words for one in ("balances", "accounts", "saldos", "cuentas"))
        if wants_all or len(accounts) == 1 or _is_to_choose_one(turn):
            return _tell(turn, accounts)
        return _ask(turn, accounts)
    match = match_account(said.original_value, accounts)
    if not match.found:
        match = match_account(said.best, accounts)
    if match.found and (match.one or match.all_of_them):
        return _tell(turn, list(match.found))
    turn.slots.clear("account")
    if match.found:
        return _ask(turn, list(match.found))
    unknown = desk.say(
        "balance.unknown", said=said.original_value, names=[a.name for a in accounts]
    )
    return turn.elicit_slot("account", unknown, _buttons(desk, accounts))


def _is_to_choose_one(turn: Turn) -> bool:
    """Whether it is just asked which account something is of: who looks then compares them."""
    progress = progress_of(turn)
    is_open = progress.task is not None and progress.asking == progress.task.intent
    return is_open and progress.asked in _CHOOSES_ONE


def _tell(turn: Turn, accounts: list[Account]) -> Reply:
    desk = Desk.of(turn)
    turn.session[LAST_ACCOUNT] = accounts[0].account_id
    turn.deactivate(TOTALS_SHOWN)
    if len(accounts) == 1:
        return turn.close(desk.say("balance.one", **balance_view(accounts[0])))
    lines = [balance_view(account) for account in accounts]
    return turn.close(desk.say("balance.all", lines=lines))


def _ask(turn: Turn, accounts: list[Account]) -> Reply:
    desk = Desk.of(turn)
    question = desk.say("balance.which", names=[account.name for account in accounts])
    return turn.elicit_slot("account", question, _buttons(desk, accounts))


def _buttons(desk: Desk, accounts: list[Account]) -> Message:
    names = [account.name for account in accounts[:4]]
    return desk.choices("common.your_accounts", [*names, desk.speech.words("balance.all_button")])
