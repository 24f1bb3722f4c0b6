"""What this bank's people do and its assistant does not: said plainly, and a person offered.

Without it a mortgage question is answered with fees, and a question about reward points with a
balance: a near miss that sounds like an answer.
"""

from __future__ import annotations

from fulfillment.conversations.desk import Desk
from fulfillment.conversations.digressions import progress_of
from fulfillment.conversations.small_talk import suggestions
from fulfillment.lex import Reply, Router, Turn, card

router = Router()


@router.dialog("OtherService")
@router.fulfillment("OtherService")
def offer_a_person(turn: Turn) -> Reply:
    """In the middle of a task it is only said, since the task goes on."""
    desk = Desk.of(turn)
    if progress_of(turn).task is not None or not desk.identity.is_verified:
        return turn.close(desk.say("common.not_mine"), suggestions(desk))
    ways = card(
        desk.speech.words("common.ways_on"),
        [
            desk.way("common.human_button", "said.yes"),
            desk.way("common.no_button", "said.no"),
        ],
    )
    return turn.confirm(desk.say("common.not_mine_but_a_person_s"), ways).for_intent("TalkToHuman")
