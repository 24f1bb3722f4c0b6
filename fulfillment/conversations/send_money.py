"""Paying somebody on the customer's list of payees."""

from __future__ import annotations

from fulfillment.bank.books import Account, Payee
from fulfillment.bank.mentions import is_bare_yes
from fulfillment.bank.money import Money
from fulfillment.bank.ordering import order_to
from fulfillment.bank.payment_fees import with_fee
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.later import for_another_day
from fulfillment.conversations.payment_hooks import register
from fulfillment.conversations.payment_session import ELSEWHERE
from fulfillment.conversations.payment_slots import (
    Question,
    ask_account,
    ask_payee,
    read_amount,
    read_payee,
    read_source,
    usable_accounts,
)
from fulfillment.conversations.settlement import Deal, DealWords
from fulfillment.lex import Message, Reply, Router, Turn
from fulfillment.replies import formats

WORDS = DealWords(
    confirm="payment.confirm_send",
    card="payment.card_send",
    yes="payment.yes_send",
    done="payment.sent",
    declined="payment.not_sent",
    destination_slot="payee",
    ask_destination="payment.who",
)

_LATER = {"amount": "amount", "payee": "payee", "sourceAccount": "sourceAccount"}


def _amount(turn: Turn, usable: list[Account], known: Account | None) -> Money | Question | None:
    """The amount in the currency of the account that pays; where none is named yet, in the first
    of the customer's currencies that it is of.
    """
    if known is not None:
        currency = known.posted.currency
        read = read_amount(turn, currency, [known], _sent_as_it_is(turn, usable, known))
        if isinstance(read, Question):
            _keep_for_elsewhere(turn, usable, currency)
        return read
    currencies = list(dict.fromkeys(one.posted.currency for one in usable))
    read = None
    for currency in currencies:
        found = read_amount(turn, currency, usable, _in_any_of(turn, currencies))
        if isinstance(found, Money):
            return found
        read = read or found
    return read


def _in_any_of(turn: Turn, currencies: list[str]) -> Message:
    """That a sum is in no currency that the customer has, and in which ones it can be."""
    any_of = formats.listing(currencies, turn.locale, "or")
    return Desk.of(turn).say("payment.other_currency", currency=any_of)


def _keep_for_elsewhere(turn: Turn, usable: list[Account], currency: str) -> None:
    """The sum that was said, for the account that has its currency, should that be chosen."""
    for other in dict.fromkeys(one.posted.currency for one in usable):
        found = read_amount(turn, other, []) if other != currency else None
        if isinstance(found, Money):
            turn.session[ELSEWHERE] = f"{found.currency} {found.amount}"


def _take_up_elsewhere(turn: Turn, accounts: list[Account]) -> None:
    """What was offered is taken, by the account's name or a yes: the sum is the one that was said.

    A caller may write what is kept; it is what the customer said and no more, and is shown again.
    """
    kept = turn.session.pop(ELSEWHERE, "")
    currency = kept.partition(" ")[0]
    if not kept or (turn.slots.get("amount") is not None and not is_bare_yes(turn.transcript)):
        return
    if is_bare_yes(turn.transcript):
        having = [one for one in usable_accounts(accounts) if one.posted.currency == currency]
        if len(having) != 1:
            return
        turn.slots.set("sourceAccount", having[0].name)
    source = read_source(turn, accounts)
    if isinstance(source, Account) and source.posted.currency == currency:
        turn.slots.set("amount", kept)


def _sent_as_it_is(turn: Turn, usable: list[Account], known: Account) -> Message:
    """Why not in another currency: this bank does not know in which one a payee's account is."""
    desk = Desk.of(turn)
    currency = known.posted.currency
    others = [one.name for one in usable if one.posted.currency != currency]
    return desk.say(
        "payment.other_currency_sent", source=known.name, currency=currency, others=others
    )


def read(turn: Turn) -> Deal | Question | Reply:
    """The payment as the slots have it, the first question that is open, or why there is none."""
    desk = Desk.of(turn)
    accounts, payees = desk.accounts_and_payees()
    if not payees:
        return turn.close(desk.say("payment.no_payees"), fulfilled=False)
    usable = usable_accounts(accounts)
    if not usable:
        return turn.close(desk.say("payment.no_source"), fulfilled=False)
    _take_up_elsewhere(turn, accounts)
    source = read_source(turn, accounts)
    known = source if isinstance(source, Account) else None
    amount = _amount(turn, usable, known)
    if known is None and isinstance(amount, Money):
        # "€50" leaves from an account in euros.
        usable = [one for one in usable if one.posted.currency == amount.currency]
    payee = read_payee(turn, payees)
    for value in (amount, payee, source):
        if isinstance(value, Question):
            return value
    if not isinstance(amount, Money):
        return Question("amount", (desk.say("payment.how_much_send"),))
    if not isinstance(payee, Payee):
        return ask_payee(turn, payees)
    if known is None:
        if len(usable) > 1:
            return ask_account(turn, "sourceAccount", usable, WORDS.ask_source)
        known = usable[0]
        turn.slots.set("sourceAccount", known.name)
    return Deal(with_fee(order_to(known, payee, amount)), known, payee, WORDS, accounts, payees)


router = Router()
register(router, "SendMoney", WORDS, read, lambda turn: for_another_day(turn, _LATER))
