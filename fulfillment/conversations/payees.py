"""The list of payees: read out, a name changed, somebody taken off it."""

from __future__ import annotations

from fulfillment.bank.books import Payee
from fulfillment.bank.payee_changes import lookalike, removing, renaming, with_name
from fulfillment.bank.payee_names import NameProblem, read_name
from fulfillment.conversations import payee_consent
from fulfillment.conversations.account_view import payees_in_order
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.payment_slots import Question, payee_buttons, read_payee
from fulfillment.lex import Message, Reply, Router, Turn

_SHOWN_AT_ONCE = 12

router = Router()


@router.dialog("ListPayees")
@router.fulfillment("ListPayees")
def list_payees(turn: Turn) -> Reply:
    """Whom the customer pays, with the end of each account number and no more of it."""
    desk = Desk.of(turn)
    payees = _payees(desk)
    if not payees:
        return turn.close(desk.say("payees.nobody"))
    lines = [
        {"name": one.name, "bank": one.bank_name, "last4": one.target[-4:]}
        for one in payees[:_SHOWN_AT_ONCE]
    ]
    rest = len(payees) - len(lines)
    return turn.close(desk.say("payees.everybody", lines=lines, rest=rest))


@router.dialog("RenamePayee")
def ask_for_name(turn: Turn) -> Reply:
    """Asks whom and to what, then shows both."""
    if turn.denied:
        return _kept(turn)
    if turn.confirmed:
        return turn.delegate()
    return _propose_name(turn)


@router.fulfillment("RenamePayee")
def rename(turn: Turn) -> Reply:
    change = payee_consent.last_shown(turn)
    said = turn.slots.get("newName")
    if change is None or said is None or read_name(said.original_value) != change.name:
        return _propose_name(turn)
    desk = Desk.of(turn)
    if payee_consent.make(turn, change) is not None:
        return turn.close(desk.say("payees.changed_meanwhile"), fulfilled=False)
    return turn.close(desk.say("payees.renamed", was=change.was, name=change.name))


@router.dialog("RemovePayee")
def ask_to_remove(turn: Turn) -> Reply:
    """Asks whom, then whether."""
    if turn.denied:
        return _kept(turn)
    if turn.confirmed:
        return turn.delegate()
    return _propose_removal(turn)


@router.fulfillment("RemovePayee")
def remove(turn: Turn) -> Reply:
    """Removes who was shown; a retried hook, which no longer finds them, answers the same."""
    change = payee_consent.last_shown(turn)
    said = turn.slots.get("payee")
    if change is None or said is None or said.original_value != change.name:
        return _propose_removal(turn)
    desk = Desk.of(turn)
    if payee_consent.make(turn, change) is not None:
        return turn.close(desk.say("payees.changed_meanwhile"), fulfilled=False)
    return turn.close(desk.say("payees.removed", name=change.name))


def _propose_name(turn: Turn) -> Reply:
    desk = Desk.of(turn)
    payees = _payees(desk)
    found = _payee(turn, payees)
    if isinstance(found, Reply):
        return found
    said = turn.slots.get("newName")
    if said is None:
        return turn.elicit_slot("newName", desk.say("payees.ask_new_name", name=found.name))
    name = read_name(said.original_value)
    if isinstance(name, NameProblem):
        return turn.ask_again("newName", desk.say(f"payees.{name}"))
    others = [one for one in payees if one.payee_id != found.payee_id]
    taken = with_name(name, others) or lookalike(name, others)
    if taken is not None:
        view = {"name": taken.name, "last4": taken.target[-4:]}
        return turn.ask_again("newName", desk.say("payees.name_is_taken", **view))
    change = renaming(found, name, turn.session_id, desk.deps.new_id(), desk.now)
    last4 = found.target[-4:]
    question = desk.say("payees.confirm_rename", was=found.name, name=name, last4=last4)
    return payee_consent.show(turn, change, question, "payees.card_rename")


def _propose_removal(turn: Turn) -> Reply:
    desk = Desk.of(turn)
    found = _payee(turn, _payees(desk))
    if isinstance(found, Reply):
        return found
    change = removing(found, turn.session_id, desk.deps.new_id(), desk.now)
    last4 = found.target[-4:]
    question = desk.say("payees.confirm_remove", name=found.name, bank=found.bank_name, last4=last4)
    return payee_consent.show(turn, change, question, "payees.card_remove")


def _payee(turn: Turn, payees: list[Payee]) -> Payee | Reply:
    """Who is meant, by the whole name from here on, or a question."""
    desk = Desk.of(turn)
    if not payees:
        return turn.close(desk.say("payees.nobody"), fulfilled=False)
    found = read_payee(turn, payees, "payees.unknown")
    if isinstance(found, Question):
        return found.ask(turn)
    if found is None:
        return _ask_whom(turn, payees, desk.say("payees.ask_whom"))
    turn.slots.set("payee", found.name)
    return found


def _ask_whom(turn: Turn, payees: list[Payee], question: Message) -> Reply:
    return turn.ask_again("payee", question, payee_buttons(Desk.of(turn), payees))


def _kept(turn: Turn) -> Reply:
    payee_consent.forget(turn)
    return turn.close(Desk.of(turn).say("payees.kept"), fulfilled=False)


def _payees(desk: Desk) -> list[Payee]:
    return payees_in_order(desk.books.payees(desk.customer_id))
