"""Paying a credit card: the minimum, the last statement, all that is owed, or another sum."""

from __future__ import annotations

from fulfillment.bank.books import Account, AccountKind
from fulfillment.bank.money import Money
from fulfillment.bank.ordering import order_to
from fulfillment.conversations.card_due import CardDue, card_due
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.later import for_another_day
from fulfillment.conversations.payment_hooks import register
from fulfillment.conversations.payment_slots import (
    Question,
    ask_account,
    read_account,
    read_amount,
    read_source,
    usable_accounts,
)
from fulfillment.conversations.settlement import Deal, DealWords
from fulfillment.lex import Reply, Router, SlotValue, Turn, card

WORDS = DealWords(
    confirm="paying.confirm",
    card="paying.card",
    yes="paying.yes",
    done="paying.done",
    declined="payment.not_moved",
    destination_slot="card",
    ask_destination="paying.which_card",
)

_ANY_CARD = "credit card"
_PORTIONS = {
    "minimum payment": "minimum",
    "statement balance": "statement",
    "full balance": "everything",
}
"""The values of the slot type PaymentPortion; in another language they are its own words."""
_VALUES = {portion: value for value, portion in _PORTIONS.items()}
_LATER = {
    "amount": "amount", "card": "destinationAccount", "sourceAccount": "sourceAccount",
}  # fmt: skip


def read(turn: Turn) -> Deal | Question | Reply:
    """The payment as the slots have it, the first question that is open, or why there is none."""
    desk = Desk.of(turn)
    accounts = desk.open_accounts()
    cards = [a for a in accounts if a.kind is AccountKind.CREDIT_CARD]
    if not cards:
        return turn.close(desk.say("info.no_credit_card"), fulfilled=False)
    if not usable_accounts(accounts):
        return turn.close(desk.say("payment.no_source"), fulfilled=False)
    paid = _card(turn, cards)
    if isinstance(paid, Question):
        return paid
    due = card_due(desk, paid)
    if not due.owed.is_positive:
        return turn.close(desk.say("paying.nothing_owed", name=paid.name))
    return _deal(turn, accounts, paid, due)


def _card(turn: Turn, cards: list[Account]) -> Account | Question:
    found = read_account(turn, "card", cards)
    if found is None and len(cards) == 1:
        return cards[0]
    return found or ask_account(turn, "card", cards, WORDS.ask_destination)


def _deal(turn: Turn, accounts: list[Account], paid: Account, due: CardDue) -> Deal | Question:
    usable = usable_accounts(accounts)
    source = read_source(turn, accounts)
    if isinstance(source, Question):
        return source
    amount = _amount(turn, paid, due)
    if isinstance(amount, Question):
        return amount
    if source is None:
        if len(usable) > 1:
            return ask_account(turn, "sourceAccount", usable, WORDS.ask_source)
        source = usable[0]
        turn.slots.set("sourceAccount", source.name)
    return Deal(order_to(source, paid, amount), source, paid, WORDS, accounts)


def _amount(turn: Turn, paid: Account, due: CardDue) -> Money | Question:
    """A sum that was named, a part of what is due, or the question with both as buttons."""
    desk = Desk.of(turn)
    question = desk.say("paying.how_much", name=paid.name)
    portion = turn.slots.get("portion")
    if portion is not None:
        meant = _portion(desk, portion)
        amount = due.portions.get(meant)
        if amount is not None and amount.is_positive:
            # By Lex's own value: whoever mistyped it is not to be asked again on coming back.
            turn.slots.set("portion", _VALUES[meant])
            turn.slots.clear("amount")
            return amount
        turn.slots.clear("portion")
        if amount is not None:
            question = desk.say("paying.nothing_due", owed=due.owed, name=paid.name)
    named = read_amount(turn, paid.posted.currency, [])
    if isinstance(named, Question):
        return named
    if named is not None and named > due.owed:
        more = desk.say("paying.more_than_owed", owed=due.owed, name=paid.name)
        return Question("amount", (more,))
    if named is not None:
        return named
    choices = [
        (desk.speech.words(f"paying.{key}", amount=amount), desk.speech.words(f"said.{key}"))
        for key, amount in due.portions.items()
        if amount.is_positive
    ]
    return Question("portion", (question, card(desk.speech.words("paying.choices"), choices)))


def _portion(desk: Desk, said: SlotValue) -> str:
    """The portion in the slot: Lex's value, or what the button for it sends; "" for neither."""
    by_button = {desk.speech.words(f"said.{key}"): key for key in _PORTIONS.values()}
    return _PORTIONS.get(said.best) or by_button.get(said.best.casefold(), "")


def _for_another_day(turn: Turn) -> Reply | None:
    return for_another_day(turn, _LATER, destinationAccount=_ANY_CARD)


router = Router()
register(router, "PayCreditCard", WORDS, read, _for_another_day)
