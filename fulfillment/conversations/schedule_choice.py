"""Which scheduled payment a customer means: by its place, its receiver, or the only one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fulfillment.bank.charges import by_place
from fulfillment.bank.naming import match_account, match_payee
from fulfillment.bank.scheduled_payments import ScheduledPayment
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.payment_slots import MAX_BUTTONS, Question
from fulfillment.conversations.schedule_words import view
from fulfillment.lex import Message, Turn, card
from fulfillment.store.payment_items import receipt_id

WHICH = "which"


@dataclass(frozen=True, slots=True)
class Nothing:
    """There is no scheduled payment at all."""


def reference(payment: ScheduledPayment) -> str:
    """What the customer is told of a schedule; always the same."""
    return receipt_id(payment.schedule_id, "SP")


def chosen(turn: Turn) -> ScheduledPayment | Question | Nothing:
    """The schedule that is meant, the question which one, or that there is none.

    What was chosen is kept in the slot by its reference, since places change when one is paid.
    """
    desk = Desk.of(turn)
    active = desk.books.schedules.active(desk.customer_id)
    if not active:
        return Nothing()
    said = turn.slots.get(WHICH)
    words = said.original_value if said else ""
    found = [one for one in active if reference(one) == words.upper()]
    placed = by_place(words, active[:MAX_BUTTONS]) if words and not found else None
    meant = found or ([placed] if placed else _by_receiver(turn, active))
    if isinstance(meant, Question):
        return meant
    if len(meant) == 1:
        turn.slots.set(WHICH, reference(meant[0]))
        return meant[0]
    return _which(desk, meant)


def _by_receiver(
    turn: Turn, active: Sequence[ScheduledPayment]
) -> list[ScheduledPayment] | Question:
    said = turn.slots.get("payee")
    if said is None:
        return list(active)
    desk = Desk.of(turn)
    accounts, payees = desk.accounts_and_payees()
    words = said.original_value
    ids = {payee.payee_id for payee in match_payee(words, payees).found}
    ids |= {account.account_id for account in match_account(words, accounts).found}
    found = [one for one in active if one.order.destination_id in ids]
    if found:
        return found
    turn.slots.clear("payee")
    none_such = desk.say("schedule.none_such", said=words)
    question = _which(desk, active)
    return Question(WHICH, (none_such, *question.messages))


def _which(desk: Desk, among: Sequence[ScheduledPayment]) -> Question:
    return Question(WHICH, (desk.say("schedule.which_one"), _buttons(desk, among)))


def _buttons(desk: Desk, among: Sequence[ScheduledPayment]) -> Message:
    choices = []
    for place, one in enumerate(among[:MAX_BUTTONS], 1):
        said = view(desk, one)
        words = desk.speech.words(
            "schedule.button", place=place, amount=said["amount"], name=said["name"]
        )
        choices.append((words, reference(one)))
    return card(desk.speech.words("schedule.yours"), choices)
