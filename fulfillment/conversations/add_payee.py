"""Somebody new on the list of payees: a name, a number that adds up, a yes and a code for it."""

from __future__ import annotations

from dataclasses import replace

from fulfillment.bank.account_numbers import (
    NumberProblem,
    ReceivingAccount,
    read_account_number,
)
from fulfillment.bank.books import Payee
from fulfillment.bank.mentions import plain_name, points_back
from fulfillment.bank.new_payees import most_for_new
from fulfillment.bank.payee_changes import (
    MOST_PAYEES,
    NewPayee,
    PayeeChange,
    adding,
    lookalike,
    with_account,
    with_name,
)
from fulfillment.bank.payee_names import NameProblem, read_name
from fulfillment.conversations import payee_consent
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.digressions import Digressions
from fulfillment.conversations.open_tasks import progress_of, set_progress
from fulfillment.conversations.payment_session import LAST_PAYEE, UNKNOWN_PAYEE
from fulfillment.conversations.payment_slots import Question
from fulfillment.conversations.stepping_up import Action, prove_again
from fulfillment.lex import Message, Reply, Router, Turn

_PAYING = "SendMoney"
_MASK = "…"

router = Router()


@router.dialog("AddPayee")
def ask(turn: Turn) -> Reply:
    """Asks for what is missing, then shows who is to be added."""
    if turn.denied:
        payee_consent.forget(turn)
        return turn.close(Desk.of(turn).say("payees.not_added"), fulfilled=False)
    if turn.confirmed:
        return turn.delegate()
    return _propose(turn)


@router.fulfillment("AddPayee")
def add(turn: Turn) -> Reply:
    """Adds who was shown; after anything else than a fresh yes to that, shows it again."""
    change = payee_consent.last_shown(turn)
    name = _name(turn)
    if change is None or isinstance(name, Question) or name != change.name:
        return _propose(turn)
    if not Desk.of(turn).books.payee_changes.is_made(change):
        asked = _prove(turn, change)
        if asked is not None:
            return asked
    if payee_consent.make(turn, change) is not None:
        return _propose(turn, Desk.of(turn).say("payees.stale"))
    return _added(turn, change)


def _prove(turn: Turn, change: PayeeChange) -> Reply | None:
    """Asks for a code for exactly this change: a payee opens a way out for money."""
    what = Desk.of(turn).speech.words(
        "payees.code_is_for", name=change.name, last4=change.target[-4:]
    )
    action = Action("add_payee", (change.change_id, change.digest))
    return prove_again(turn, action, what, confirmed=True)


def _propose(turn: Turn, *before: Message) -> Reply:
    desk = Desk.of(turn)
    name = _name(turn)
    if isinstance(name, Question):
        return name.ask(turn)
    account = _account(turn)
    if isinstance(account, Question):
        return account.ask(turn)
    payees = desk.books.payees(desk.customer_id)
    there = with_account(account.target, payees)
    if there is not None:
        payee_consent.forget(turn)
        view = {"name": there.name, "last4": account.last4}
        return turn.close(desk.say("payees.already_there", **view), fulfilled=False)
    if len(payees) >= MOST_PAYEES:
        return turn.close(desk.say("payees.too_many", most=MOST_PAYEES), fulfilled=False)
    bank = turn.slots.get("bankName")
    new = NewPayee(name, account.target, _bank_name(bank.original_value if bank else ""))
    change = adding(desk.customer_id, turn.session_id, desk.deps.new_id(), desk.now, new)
    turn.slots.set("accountNumber", f"{_MASK}{account.last4}")
    question = desk.say(
        "payees.confirm_add",
        name=name,
        bank=new.bank_name,
        last4=account.last4,
        iban=account.is_iban,
        allowed=most_for_new(_currency(desk)),
    )
    reply = payee_consent.show(turn, change, question, "payees.card_add")
    return replace(reply, messages=(*before, *_warnings(desk, name, payees), *reply.messages))


def _name(turn: Turn) -> str | Question:
    """The name as it is to be kept, or the question about it."""
    desk = Desk.of(turn)
    said = turn.slots.get("name")
    if said is None:
        return Question("name", (desk.say("payees.ask_name"),))
    words = said.original_value
    if points_back(words):
        words = turn.session.get(UNKNOWN_PAYEE, "")
    name = read_name(plain_name(words))
    if isinstance(name, NameProblem):
        return Question("name", (desk.say(f"payees.{name}"),))
    # The name that is kept is the one that was said, not the pronoun it stood for.
    turn.slots.set("name", name)
    return name


def _account(turn: Turn) -> ReceivingAccount | Question:
    """The number that was said just now, the one that was shown before, or the question."""
    desk = Desk.of(turn)
    said = turn.slots.get("accountNumber")
    if said is None:
        return Question("accountNumber", (desk.say("payees.ask_account"),))
    if said.original_value.startswith(_MASK):
        corrected = read_account_number(turn.transcript)
        if isinstance(corrected, ReceivingAccount):
            return corrected
        shown = payee_consent.last_shown(turn)
        if shown is None:
            return Question("accountNumber", (desk.say("payees.ask_account"),))
        return ReceivingAccount(shown.target)
    read = read_account_number(said.original_value)
    if isinstance(read, NumberProblem):
        return Question("accountNumber", (desk.say(f"payees.{read}"),))
    return read


def _bank_name(said: str) -> str:
    name = read_name(said)
    return "" if isinstance(name, NameProblem) else name


def _warnings(desk: Desk, name: str, payees: list[Payee]) -> tuple[Message, ...]:
    """Whom the new one could be taken for."""
    same = with_name(name, payees)
    if same is not None:
        view = {"name": same.name, "last4": same.target[-4:]}
        return (desk.say("payees.same_name", **view),)
    like = lookalike(name, payees)
    if like is not None:
        view = {"name": like.name, "last4": like.target[-4:]}
        return (desk.say("payees.lookalike", **view),)
    return ()


def _currency(desk: Desk) -> str:
    """The currency that the customer pays from first."""
    accounts = desk.open_accounts()
    return accounts[0].posted.currency if accounts else "USD"


def _added(turn: Turn, change: PayeeChange) -> Reply:
    """The receipt; and the payment that was begun to somebody unknown goes on with them."""
    desk = Desk.of(turn)
    turn.session[LAST_PAYEE] = change.payee_id
    turn.session.pop(UNKNOWN_PAYEE, None)
    done = desk.say("payees.added", name=change.name, last4=change.target[-4:])
    progress = progress_of(turn).end(turn.intent)
    paying = next((task for task in reversed(progress.tasks) if task.intent == _PAYING), None)
    if paying is None:
        return turn.close(done)
    set_progress(turn, progress.answered())
    paying = replace(paying, slots={**paying.slots, "payee": change.name})
    return Digressions.of(turn).resume(turn, paying, done)
