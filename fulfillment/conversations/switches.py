"""The kill switch in conversation: an intent that is off is refused decently, money untouched."""

from __future__ import annotations

from fulfillment.conversations.desk import Desk
from fulfillment.lex import Reply, Turn, card
from fulfillment.lex.resolver import Handler


def refuse_what_is_off(turn: Turn, proceed: Handler) -> Reply:
    """Middleware: answers an intent that was switched off, at whatever step it was.

    A payment that was shown and not yet confirmed dies by its quote's expiry.
    """
    return proceed(turn) if is_on(turn, turn.intent) else say_it_is_off(turn)


def is_on(turn: Turn, intent: str) -> bool:
    """Whether `intent` may be used now, in the channel and the language of `turn`."""
    desk = Desk.of(turn)
    context = {"channel": desk.channel.value, "locale": desk.locale}
    return desk.deps.switches.is_on(intent, context)


def say_it_is_off(turn: Turn) -> Reply:
    """The refusal, with ways on."""
    desk = Desk.of(turn)
    ways = card(
        desk.speech.words("common.ways_on"),
        [
            desk.way("common.human_button", "said.human"),
            desk.way("common.help_button", "said.help"),
        ],
    )
    return turn.close(desk.say("common.switched_off"), ways, fulfilled=False)
