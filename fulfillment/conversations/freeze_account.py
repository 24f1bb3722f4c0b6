"""Freezing a whole account at once; thawing it is a person's business."""

from __future__ import annotations

from fulfillment.bank.books import Account, AccountStatus
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.payment_slots import Question, ask_account, read_account
from fulfillment.lex import Reply, Router, Turn

_FREEZABLE = frozenset({AccountStatus.ACTIVE, AccountStatus.FROZEN})

router = Router()


@router.dialog("FreezeAccount")
def ask(turn: Turn) -> Reply:
    """Asks which account, says what freezing means, and asks for a yes."""
    desk = Desk.of(turn)
    if turn.denied:
        return turn.close(desk.say("freezing.not_frozen"), fulfilled=False)
    if turn.confirmed:
        return turn.delegate()
    account = _account(turn)
    if isinstance(account, Reply):
        return account
    if account.status is AccountStatus.FROZEN:
        return turn.close(desk.say("freezing.already", name=account.name), fulfilled=False)
    return turn.confirm(
        desk.say("freezing.confirm", name=account.name),
        desk.yes_or_no(desk.speech.words("freezing.card", name=account.name), "freezing.yes"),
    )


@router.fulfillment("FreezeAccount")
def freeze(turn: Turn) -> Reply:
    account = _account(turn)
    if isinstance(account, Reply):
        return account
    desk = Desk.of(turn)
    frozen = desk.books.freeze_account(account, desk.now)
    if frozen.status is not AccountStatus.FROZEN:
        return turn.close(desk.say("payment.refused"), fulfilled=False)
    return turn.close(
        desk.say("freezing.done", name=account.name),
        desk.choices(
            "common.ways_on",
            [desk.speech.words("disputes.freeze"), desk.speech.words("common.human_button")],
        ),
    )


def _account(turn: Turn) -> Account | Reply:
    """The account that is meant: the only one, the one that was named, or a question."""
    desk = Desk.of(turn)
    accounts = [a for a in desk.open_accounts() if a.status in _FREEZABLE]
    if not accounts:
        return turn.close(desk.say("balance.nothing_there"), fulfilled=False)
    found = read_account(turn, "account", accounts)
    if isinstance(found, Account):
        return found
    if isinstance(found, Question):
        return found.ask(turn)
    if len(accounts) == 1:
        return accounts[0]
    return ask_account(turn, "account", accounts, "freezing.which").ask(turn)
