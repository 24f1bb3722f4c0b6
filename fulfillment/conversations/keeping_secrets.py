"""Nothing that a customer must keep to themselves goes any further than this middleware."""

from __future__ import annotations

from dataclasses import replace

from fulfillment.conversations.desk import Desk
from fulfillment.identity.secrets_said import without_secrets
from fulfillment.lex import Reply, Turn
from fulfillment.lex.messages import MAX_MESSAGES
from fulfillment.lex.resolver import Handler


def take_out_secrets(turn: Turn, proceed: Handler) -> Reply:
    """A password, PIN, security code or card number is taken out of the words and the slots, and
    the customer is told. The bank never asks for one.
    """
    said = without_secrets(turn.transcript)
    spoiled = [name for name in turn.slots.names() if _holds_secret(turn, name)]
    if not said.had_secret and not spoiled:
        return proceed(turn)
    turn.event = turn.event.model_copy(update={"input_transcript": said.text})
    for name in spoiled:
        turn.slots.clear(name)
    reply = proceed(turn)
    if reply.action == "Delegate":
        return reply
    told = Desk.of(turn).say("verify.keep_it_secret")
    return replace(reply, messages=(told, *reply.messages)[:MAX_MESSAGES])


def _holds_secret(turn: Turn, slot: str) -> bool:
    values = turn.slots.values(slot)
    return any(without_secrets(value.original_value).had_secret for value in values)
