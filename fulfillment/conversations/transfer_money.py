"""Moving money between the customer's own accounts."""

from __future__ import annotations

from fulfillment.bank.books import Account
from fulfillment.bank.mentions import asks_for_another
from fulfillment.bank.money import Money
from fulfillment.bank.ordering import order_to
from fulfillment.bank.payment_fees import with_fee
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.exchanging import with_exchange
from fulfillment.conversations.later import for_another_day
from fulfillment.conversations.payment_hooks import register
from fulfillment.conversations.payment_session import LAST_MOVE
from fulfillment.conversations.payment_slots import (
    Question,
    ask_account,
    read_account,
    read_amount,
    read_source,
    usable_accounts,
)
from fulfillment.conversations.settlement import Deal, DealWords
from fulfillment.lex import Reply, Router, Turn

WORDS = DealWords(
    confirm="payment.confirm_move",
    card="payment.card_move",
    yes="payment.yes_move",
    done="payment.moved",
    declined="payment.not_moved",
    destination_slot="destinationAccount",
    ask_destination="payment.to_which",
)

_LATER = {name: name for name in ("amount", "sourceAccount", "destinationAccount")}


def _as_last_time(turn: Turn, accounts: list[Account]) -> None:
    """ "Move another 10": between the same two accounts, where none is named."""
    named = turn.slots.get("sourceAccount") or turn.slots.get("destinationAccount")
    if named is not None or not asks_for_another(turn.transcript):
        return
    names = {account.account_id: account.name for account in accounts}
    source, _, destination = turn.session.get(LAST_MOVE, "").partition("|")
    if source in names and destination in names:
        turn.slots.set("sourceAccount", names[source])
        turn.slots.set("destinationAccount", names[destination])


def read(turn: Turn) -> Deal | Question | Reply:
    """The transfer as the slots have it, the first question that is open, or why it cannot be."""
    desk = Desk.of(turn)
    accounts = desk.open_accounts()
    usable = usable_accounts(accounts)
    if not usable:
        return turn.close(desk.say("payment.no_source"), fulfilled=False)
    if len(accounts) < 2:
        return turn.close(desk.say("payment.one_account"), fulfilled=False)
    return _deal(turn, accounts, usable)


def _deal(turn: Turn, accounts: list[Account], usable: list[Account]) -> Deal | Question | Reply:
    desk = Desk.of(turn)
    _as_last_time(turn, accounts)
    source = read_source(turn, accounts)
    destination = read_account(turn, "destinationAccount", accounts)
    known = source if isinstance(source, Account) else None
    sources = [known] if known else [a for a in usable if a != destination]
    amount = read_amount(turn, (known or usable[0]).posted.currency, sources)
    for value in (amount, source, destination):
        if isinstance(value, Question):
            return value
    if not isinstance(amount, Money):
        return Question("amount", (desk.say("payment.how_much_move"),))
    if known is None:
        others = [a for a in usable if a != destination]
        if len(others) != 1:
            return ask_account(turn, "sourceAccount", others, WORDS.ask_source)
        known = others[0]
        turn.slots.set("sourceAccount", known.name)
    if not isinstance(destination, Account):
        others = [a for a in accounts if a.account_id != known.account_id]
        if len(others) != 1:
            return ask_account(turn, "destinationAccount", others, WORDS.ask_destination)
        destination = others[0]
        turn.slots.set("destinationAccount", destination.name)
    arriving = with_exchange(desk, order_to(known, destination, amount), destination)
    if arriving is None:
        names = {"source": known.name, "destination": destination.name}
        return turn.close(desk.say("payment.no_rate", **names), fulfilled=False)
    return Deal(with_fee(arriving), known, destination, WORDS, accounts)


router = Router()
register(router, "TransferMoney", WORDS, read, lambda turn: for_another_day(turn, _LATER))
