"""Tells a customer, once, that the session ended by itself, and leaves nothing of it behind."""

from __future__ import annotations

from dataclasses import replace

from fulfillment.conversations.desk import Desk
from fulfillment.conversations.speaker import Ending
from fulfillment.lex import Reply, Turn
from fulfillment.lex.messages import MAX_MESSAGES
from fulfillment.lex.resolver import Handler


def after_an_ending(turn: Turn, ending: Ending | None, proceed: Handler) -> Reply:
    """The turn's answer, after the news that the customer is not known any more, if that is so.

    What Lex remembers of the session was the customer's own, and goes with it.
    """
    if ending is None:
        return proceed(turn)
    turn.session.clear()
    turn.contexts.clear()
    reply = proceed(turn)
    desk = Desk.of(turn)
    quiet = ending is Ending.QUIET
    news = desk.say("verify.ended_quiet" if quiet else "verify.ended_long")
    return replace(reply, messages=(news, *reply.messages)[:MAX_MESSAGES])
