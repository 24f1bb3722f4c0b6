"""The kill switch in conversation: an intent that is off is refused decently, money untouched."""

from __future__ import annotations

from fulfillment.conversations.desk import Desk
from fulfillment.lex import Reply, Turn, card
from fulfillment.lex.resolver import Handler


def refuse_what_is_off(turn: Turn, proceed: Handler) -> Reply:
    """Middleware: answers an intent that was switched off, at whatever step it was.

    A payment that was shown and not yet confirmed dies by its quote's expiry.
    """
    desk = Desk.of(turn)
    context = {"channel": desk.channel.value, "locale": desk.locale}
    if desk.deps.switches.is_on(turn.intent, context):
        return proceed(turn)
    ways = card(
        desk.speech.words("common.ways_on"),
        [
            desk.way("common.human_button", "said.human"),
            desk.way("common.help_button", "said.help"),
        ],
    )
    return turn.close(desk.say("common.switched_off"), ways, fulfilled=False)
