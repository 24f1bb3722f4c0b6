"""Proving it once more for one action: a code that was sent for this action opens nothing else.

A payment above its threshold carries the code's mark in its quote, and any change of its figures is
another quote without one. Other actions (a whole account number, a new payee) are allowed once, for
as long as the code lasts:

    asked = prove_again(turn, Action("account_number", (customer_id, account_id)), what)
    if asked is not None:
        return asked
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from fulfillment.bank.payments import PaymentKind, Quote
from fulfillment.conversations import codes
from fulfillment.conversations.access import ABOUT_IDENTITY
from fulfillment.conversations.checking import put_out_of_force
from fulfillment.conversations.codes import Guess, Wanted
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.digressions import Digressions
from fulfillment.conversations.open_tasks import progress_of, set_progress, task_of
from fulfillment.conversations.payment_session import QUOTE
from fulfillment.conversations.proving import AWAITS_STEP_UP, CODE_SLOT, STAGE, asking
from fulfillment.conversations.speaker import key_of
from fulfillment.lex import Message, Reply, Turn
from fulfillment.store.challenges import STEP_UP, Challenge


@dataclass(frozen=True, slots=True)
class Action:
    """What the code is to be for: a name, and everything that would make it another action."""

    name: str
    parts: tuple[str, ...]

    @property
    def digest(self) -> str:
        return hashlib.sha256(json.dumps([self.name, *self.parts]).encode()).hexdigest()


def prove_again(turn: Turn, action: Action, what: str, *, confirmed: bool = False) -> Reply | None:
    """None when a right code was just given for `action` (and is used up now), else the reply that
    asks for one. `what` says in the customer's words what the code is for: it is in the text.

    After a right code the turn's intent is taken up again with its slots: at its dialog hook, or,
    when the customer had said yes to the action already (`confirmed`), at its fulfillment.
    """
    desk = Desk.of(turn)
    if desk.proofs.challenges.use_grant(key_of(turn), desk.customer_id, action.digest, desk.now):
        return None
    return _send(turn, _wanted(turn, action.digest, what, confirmed=confirmed))


def _wanted(turn: Turn, digest: str, what: str, *, confirmed: bool) -> Wanted:
    return Wanted(
        session=key_of(turn),
        purpose=STEP_UP,
        customer_id=Desk.of(turn).customer_id,
        subject=digest,
        reply_key="verify.action_message",
        view={"what": what},
        what=what,
        confirmed=confirmed,
    )


def ask_for_code(turn: Turn, shown: Quote, *before: Message) -> Reply:
    """Sends a code for the very figures of `shown`, which the customer has said yes to.

    `before` is said first: why a code is asked for, where a payment of that size needs none.
    """
    order = shown.order
    is_payee = order.kind is PaymentKind.TO_PAYEE
    wanted = Wanted(
        session=key_of(turn),
        purpose=STEP_UP,
        customer_id=shown.customer_id,
        subject=shown.digest,
        reply_key="verify.payment_message",
        view={
            "amount": order.amount,
            "receiver": order.destination_name,
            "last4": order.destination_ref[-4:] if is_payee else "",
        },
        quote_id=shown.quote_id,
    )
    return _send(turn, wanted, *before)


def judge_step_up(turn: Turn, code: str) -> Reply:
    """What a guess at the step-up's code leads to."""
    desk = Desk.of(turn)
    guess, challenge = codes.judge(desk, key_of(turn), STEP_UP, code)
    if guess is Guess.WRONG:
        return asking(turn, CODE_SLOT, desk.say("verify.wrong_step_up_code"))
    turn.session.pop(STAGE, None)
    if guess is Guess.LOCKED:
        return _stop(turn, desk.say("verify.locked"))
    if challenge is None:
        return _past(turn)
    if challenge.customer_id != desk.customer_id:
        return _stop(turn, desk.say("verify.step_up_is_past"))
    codes.forgive(desk, challenge.session, challenge.customer_id)
    used = _used(desk, challenge)
    if not used:
        return _stop(turn, desk.say("verify.step_up_is_past"))
    task = progress_of(turn).task
    if task is None:
        return turn.close(desk.say("verify.step_up_is_past"), fulfilled=False)
    if challenge.quote_id is not None:
        turn.session[QUOTE] = challenge.quote_id
    had_yes = challenge.quote_id is not None or challenge.confirmed
    return Digressions.of(turn).resume(turn, task, confirmed=had_yes)


def send_step_up_again(turn: Turn) -> Reply:
    """Another code for the same action, in place of the last one."""
    desk = Desk.of(turn)
    last = desk.proofs.challenges.last(key_of(turn), STEP_UP)
    if last is None or last.customer_id != desk.customer_id:
        return _stop(turn, desk.say("verify.step_up_is_past"))
    quote = last.quote_id and desk.books.quote(desk.customer_id, last.quote_id, turn.session_id)
    if quote:
        return ask_for_code(turn, quote)
    if last.quote_id or not last.what or progress_of(turn).task is None:
        return _stop(turn, desk.say("verify.step_up_is_past"))
    return _send(turn, _wanted(turn, last.subject, last.what, confirmed=last.confirmed))


def _past(turn: Turn) -> Reply:
    """No code is open. A hook that is run again after its code was used finds what it did then."""
    desk = Desk.of(turn)
    paid = put_out_of_force(turn)
    if paid is not None:
        return _stop(turn, paid)
    last, task = desk.proofs.challenges.last(key_of(turn), STEP_UP), progress_of(turn).task
    of_customer = last is not None and last.customer_id == desk.customer_id
    if last is not None and of_customer and last.confirmed and task is not None:
        return Digressions.of(turn).resume(turn, task, confirmed=True)
    return _stop(turn, desk.say("verify.step_up_is_past"))


def _used(desk: Desk, challenge: Challenge) -> bool:
    challenges, entry_id = desk.proofs.challenges, desk.deps.new_id()
    if challenge.quote_id is not None:
        return challenges.step_up_quote(challenge, desk.now, entry_id)
    return challenges.grant(challenge, desk.now, entry_id)


def _send(turn: Turn, wanted: Wanted, *before: Message) -> Reply:
    desk = Desk.of(turn)
    if not codes.send_code(desk, wanted):
        return _stop(turn, desk.say("verify.too_many_codes"))
    turn.session[STAGE] = AWAITS_STEP_UP
    if turn.intent not in ABOUT_IDENTITY:
        set_progress(turn, progress_of(turn).begin(task_of(turn, CODE_SLOT)))
    return asking(turn, CODE_SLOT, *before, desk.say("verify.step_up_sent"))


def _stop(turn: Turn, why: Message) -> Reply:
    """Ends the action, and says so; whatever was begun before it can be gone on with."""
    turn.session.pop(STAGE, None)
    turn.session.pop(QUOTE, None)
    task = progress_of(turn).task
    if task is not None:
        set_progress(turn, progress_of(turn).end(task.intent))
    return turn.close(why, fulfilled=False)
