"""Asks an unknown customer to prove who they are, whatever they had asked for."""

from __future__ import annotations

from fulfillment.conversations.access import VERIFY
from fulfillment.conversations.desk import Desk
from fulfillment.lex import Message, Reply, Turn
from fulfillment.lex.messages import MAX_MESSAGES

STAGE = "verifying"
"""The session attribute that says what is asked for. Display state: any caller can write it, and
then is asked for the wrong thing. Who is verified is in the bank's table alone."""
AWAITS_CODE, AWAITS_STEP_UP = "code", "stepup"
NUMBER_SLOT, CODE_SLOT = "customerNumber", "code"
UNASKED_SLOT = "unaskedCode"
"""A code that was said while none is asked for; a slot of its own, so that no log has it."""
_SECRETS = (NUMBER_SLOT, CODE_SLOT, UNASKED_SLOT)


def ask_who(turn: Turn, *before: Message) -> Reply:
    """The question that is open on the way to a verified customer: the number, or the code."""
    desk = Desk.of(turn)
    if turn.session.get(STAGE) == AWAITS_CODE:
        return asking(turn, CODE_SLOT, *before, desk.say("verify.still_need_code"))
    return asking(turn, NUMBER_SLOT, *before, desk.say("verify.who_are_you"))


def asking(turn: Turn, slot: str, *messages: Message) -> Reply:
    """Elicits a slot of the verification; its other slots are empty, so that none is kept."""
    reply = turn.elicit_slot(slot, *messages[-MAX_MESSAGES:])
    if turn.intent != VERIFY:
        return reply.for_intent(VERIFY)
    forget_secrets(turn)
    return reply


def forget_secrets(turn: Turn) -> None:
    """Empties the slots of the verification: what Lex holds goes to clients and into logs."""
    for name in _SECRETS:
        turn.slots.clear(name)
