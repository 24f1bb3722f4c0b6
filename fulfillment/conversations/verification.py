"""Proving who one is in the conversation: a customer number, and a code sent to the telephone.

What is said and done is the same whether the number is anybody's or not; only the telephone of a
real customer rings. After a right code the task that was interrupted goes on.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from fulfillment.conversations import codes, stepping_up
from fulfillment.conversations.access import ABOUT_IDENTITY, require
from fulfillment.conversations.desk import Desk, NotVerifiedError
from fulfillment.conversations.digressions import Digressions
from fulfillment.conversations.open_tasks import progress_of, set_progress, task_of
from fulfillment.conversations.proving import (
    AWAITS_CODE,
    AWAITS_STEP_UP,
    CODE_SLOT,
    NUMBER_SLOT,
    STAGE,
    UNASKED_SLOT,
    ask_who,
    asking,
    forget_secrets,
)
from fulfillment.conversations.small_talk import suggestions
from fulfillment.conversations.speaker import key_of
from fulfillment.identity import Identity, one_time_code
from fulfillment.identity.session_policy import VERIFIED
from fulfillment.lex import Message, Reply, Router, Turn
from fulfillment.lex.router import Handler
from fulfillment.store import challenges

if TYPE_CHECKING:
    from fulfillment.store.challenges import Challenge

router = Router()


def know_before_serving(turn: Turn, proceed: Handler) -> Reply:
    """Middleware: who asks for something of their own is asked first who they are."""
    try:
        require(Desk.of(turn), turn.intent)
        return proceed(turn)
    except NotVerifiedError:
        if turn.intent not in ABOUT_IDENTITY:
            set_progress(turn, progress_of(turn).begin(task_of(turn, "")))
        return ask_who(turn)


@router.dialog("VerifyIdentity")
@router.fulfillment("VerifyIdentity")
def verify(turn: Turn) -> Reply:
    """The number, then the code. Neither stays in a slot, an attribute or the progress."""
    desk = Desk.of(turn)
    stage, is_known = turn.session.get(STAGE), desk.identity.is_verified
    says_code = any(turn.slots.get(slot) is not None for slot in (CODE_SLOT, UNASKED_SLOT))
    if is_known and stage != AWAITS_STEP_UP:
        forget_secrets(turn)
        # A code that nobody waits for was used before, or is too old: it opens and does nothing.
        is_late = says_code and stage != AWAITS_CODE
        return _go_on(turn, desk.say("verify.no_code_open" if is_late else "verify.known_already"))
    if is_known or stage == AWAITS_CODE:
        code = one_time_code.read_code(_taken(turn, CODE_SLOT))
        if code is None:
            return asking(turn, CODE_SLOT, desk.say("verify.code_has_six_digits"))
        return stepping_up.judge_step_up(turn, code) if is_known else _judged(turn, code)
    is_answer = turn.slots.get(NUMBER_SLOT) is not None or turn.is_retry
    number = one_time_code.read_customer_number(_taken(turn, NUMBER_SLOT))
    if number is not None:
        return _send(turn, _customer_of(desk, number))
    if is_answer:
        return asking(turn, NUMBER_SLOT, desk.say("verify.number_has_eight_digits"))
    if says_code:
        return asking(turn, NUMBER_SLOT, desk.say("verify.code_is_past"))
    return ask_who(turn)


@router.dialog("ResendCode")
@router.fulfillment("ResendCode")
def send_another(turn: Turn) -> Reply:
    """A new code in place of the last one, as often as codes may be sent."""
    desk = Desk.of(turn)
    if desk.identity.is_verified and turn.session.get(STAGE) == AWAITS_STEP_UP:
        return stepping_up.send_step_up_again(turn)
    if desk.identity.is_verified:
        return turn.close(desk.say("verify.no_code_needed"))
    last = desk.proofs.challenges.last(key_of(turn), challenges.VERIFY)
    if last is None or turn.session.get(STAGE) != AWAITS_CODE:
        turn.session.pop(STAGE, None)
        return ask_who(turn)
    return _send(turn, last.customer_id)


@router.dialog("LogOut")
@router.fulfillment("LogOut")
def log_out(turn: Turn) -> Reply:
    """Nobody is known in this session any more, and nothing of what was said is kept."""
    desk = Desk.of(turn)
    was_known = desk.identity.is_verified
    if was_known:
        desk.proofs.sessions.end(key_of(turn), desk.now)
    forget_everything(turn)
    return turn.close(desk.say("verify.logged_out" if was_known else "verify.nobody_to_log_out"))


def forget_everything(turn: Turn) -> None:
    """Empties what Lex remembers, so that whoever speaks next finds nothing."""
    turn.session.clear()
    turn.contexts.clear()
    set_progress(turn, type(progress_of(turn))())


def _taken(turn: Turn, slot: str) -> str:
    """What was said for `slot`, taken out of it."""
    value = turn.slots.get(slot)
    forget_secrets(turn)
    return value.original_value if value is not None else turn.transcript


def _customer_of(desk: Desk, number: str) -> str:
    """The owner of a number; for an unknown one, somebody who does not exist, always the same."""
    owner = desk.proofs.contacts.owner_of(number)
    return owner or f"unknown-{hashlib.sha256(number.encode()).hexdigest()[:32]}"


def _send(turn: Turn, customer_id: str) -> Reply:
    desk = Desk.of(turn)
    wanted = codes.Wanted(
        session=key_of(turn),
        purpose=challenges.VERIFY,
        customer_id=customer_id,
        subject=customer_id,
        reply_key="verify.code_message",
        view={},
    )
    if not codes.send_code(desk, wanted):
        return _refuse(turn, desk.say("verify.too_many_codes"))
    turn.session[STAGE] = AWAITS_CODE
    return asking(turn, CODE_SLOT, desk.say("verify.code_sent"))


def _judged(turn: Turn, code: str) -> Reply:
    desk = Desk.of(turn)
    guess, challenge = codes.judge(desk, key_of(turn), challenges.VERIFY, code)
    if guess is codes.Guess.RIGHT and challenge is not None:
        return _welcome(turn, challenge)
    if guess is codes.Guess.WRONG:
        return asking(turn, CODE_SLOT, desk.say("verify.wrong_code"))
    if guess is codes.Guess.NOTHING_OPEN:
        turn.session.pop(STAGE, None)
        return asking(turn, NUMBER_SLOT, desk.say("verify.code_is_past"))
    return _refuse(turn, desk.say("verify.locked"))


def _welcome(turn: Turn, challenge: Challenge) -> Reply:
    desk = Desk.of(turn)
    opened = desk.proofs.challenges.verify(challenge, VERIFIED, desk.now, desk.deps.new_id())
    turn.session.pop(STAGE, None)
    if not opened:
        return asking(turn, NUMBER_SLOT, desk.say("verify.code_is_past"))
    codes.forgive(desk, challenge.session, challenge.customer_id)
    known = Identity(challenge.customer_id, VERIFIED, turn.session_id, desk.now)
    desk = desk.serving(known)
    desk.seat(turn)
    return _go_on(turn, desk.say("verify.thanks", name=desk.customer.short_name))


def _go_on(turn: Turn, before: Message) -> Reply:
    task = progress_of(turn).task
    if task is not None:
        return Digressions.of(turn).resume(turn, task, before)
    return turn.close(before, suggestions(Desk.of(turn)))


def _refuse(turn: Turn, why: Message) -> Reply:
    """Ends the attempt, and what it was for: it would only ask again."""
    turn.session.pop(STAGE, None)
    set_progress(turn, type(progress_of(turn))())
    return turn.close(why, fulfilled=False)
