"""Calling back a payment that is held: shown first, and given back on a yes to just that one."""

from __future__ import annotations

from fulfillment.bank.amounts import parse_amount
from fulfillment.bank.consents import CANCEL_PAYMENT, Consent
from fulfillment.bank.holds import HoldRefused
from fulfillment.bank.mentions import plain_name, points_back
from fulfillment.bank.money import Money
from fulfillment.bank.payments import Unknown
from fulfillment.bank.pending_payments import PendingPayment, meant
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.payment_slots import MAX_BUTTONS
from fulfillment.lex import Reply, Router, Turn

_SHOWN = "cancelConsentId"

router = Router()


@router.dialog("CancelPayment")
def ask(turn: Turn) -> Reply:
    """Finds the payment that is meant and asks for a yes."""
    if turn.denied:
        turn.session.pop(_SHOWN, None)
        return turn.close(Desk.of(turn).say("calling_back.kept"), fulfilled=False)
    if turn.confirmed:
        return turn.delegate()
    return _propose(turn)


@router.fulfillment("CancelPayment")
def call_back(turn: Turn) -> Reply:
    """Gives back what was shown; without a fresh yes to it, shows it first."""
    desk = Desk.of(turn)
    consent = desk.books.cancellations.shown(
        desk.customer_id, turn.session.get(_SHOWN, ""), turn.session_id
    )
    if consent is None:
        return _propose(turn)
    answer = desk.books.cancellations.cancel(consent, desk.now)
    if isinstance(answer, Unknown):
        return turn.close(desk.say("calling_back.checking"), fulfilled=False)
    turn.session.pop(_SHOWN, None)
    if isinstance(answer, HoldRefused):
        return turn.close(desk.say("calling_back.too_late"), fulfilled=False)
    order = answer.hold.order
    name = order.destination_name if order else answer.hold.description
    accounts = {one.account_id: one for one in desk.books.accounts(desk.customer_id)}
    account = accounts[answer.hold.account_id]
    return turn.close(
        desk.say(
            "calling_back.done",
            amount=answer.hold.amount,
            payee=name,
            source=account.name,
            available=account.available,
        )
    )


def _propose(turn: Turn) -> Reply:
    desk = Desk.of(turn)
    accounts = desk.open_accounts()
    pending = desk.books.cancellations.pending(desk.customer_id, [a.account_id for a in accounts])
    if not pending:
        return turn.close(desk.say("calling_back.nothing"), fulfilled=False)
    found = meant(pending, _name(turn), _amount(turn, pending[0].amount.currency))
    if len(found) != 1:
        return _which(turn, found or pending, nothing_fits=not found)
    one = found[0]
    consent = Consent(
        desk.deps.new_id(), desk.customer_id, turn.session_id, CANCEL_PAYMENT, one.payment_id,
        desk.now,
    )  # fmt: skip
    desk.books.cancellations.show(consent)
    turn.session[_SHOWN] = consent.consent_id
    source = next((a.name for a in accounts if a.account_id == one.account_id), "")
    day = desk.speech.day(one.made_at)
    view = {"amount": one.amount, "payee": one.name, "source": source, "day": day}
    return turn.confirm(
        desk.say("calling_back.confirm", **view),
        desk.yes_or_no(
            desk.speech.words("calling_back.card", amount=one.amount, payee=one.name),
            "calling_back.yes",
        ),
    )


def _which(turn: Turn, choices: list[PendingPayment], *, nothing_fits: bool) -> Reply:
    """The payments that are waiting, each as a sentence that names one of them."""
    desk = Desk.of(turn)
    lines = [{"name": one.name, "amount": one.amount} for one in choices]
    key = "calling_back.unknown" if nothing_fits else "calling_back.which"
    said = turn.slots.get("payee")
    turn.slots.clear("payee")
    turn.slots.clear("amount")
    buttons = [
        desk.speech.words("calling_back.button", amount=one.amount, payee=one.name)
        for one in choices[:MAX_BUTTONS]
    ]
    view = {"said": said.original_value if said else ""} if nothing_fits else {}
    return turn.elicit_slot(
        "payee",
        desk.say(key, lines=lines, **view),
        desk.choices("calling_back.waiting", buttons),
    )


def _name(turn: Turn) -> str | None:
    said = turn.slots.get("payee")
    if said is None or points_back(said.original_value):
        return None
    return plain_name(said.original_value)


def _amount(turn: Turn, currency: str) -> Money | None:
    said = turn.slots.get("amount")
    if said is None:
        return None
    for words in (said.original_value, said.best):
        read = parse_amount(words, turn.locale, currency)
        if isinstance(read, Money):
            return read
    return None
