"""The whole number of an account, one account at a time, after a code for that very account."""

from __future__ import annotations

from fulfillment.bank.account_numbers import is_iban
from fulfillment.bank.books import Account
from fulfillment.bank.schedule import standard_schedule
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.stepping_up import Action, prove_again
from fulfillment.lex import Reply, Turn

_GROUP = 4


def tell_whole_number(turn: Turn, accounts: list[Account]) -> Reply:
    """Asks which account, then for a code, then tells; a card's number is on the card alone."""
    desk = Desk.of(turn)
    numbered = [account for account in accounts if account.number]
    if not numbered:
        return turn.close(desk.say("info.no_whole_number"), fulfilled=False)
    if len(numbered) > 1:
        names = [account.name for account in numbered]
        which = desk.say("info.which_whole_number")
        return turn.elicit_slot("account", which, desk.choices("common.your_accounts", names[:5]))
    account = numbered[0]
    turn.slots.set("account", account.name)
    action = Action("account_number", (account.customer_id, account.account_id))
    what = desk.speech.words("info.whole_number_is_for", name=account.name)
    asked = prove_again(turn, action, what)
    if asked is not None:
        return asked
    iban = is_iban(account.number)
    routing = "" if iban else standard_schedule().routing_number
    number = _in_groups(account.number) if iban else account.number
    return turn.close(
        desk.say("info.whole_number", name=account.name, number=number, routing=routing)
    )


def _in_groups(iban: str) -> str:
    """As it is printed: groups of four."""
    return " ".join(iban[at : at + _GROUP] for at in range(0, len(iban), _GROUP))
