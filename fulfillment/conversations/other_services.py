"""What this bank's people do and its assistant does not: said plainly, and a person offered.

Without it a mortgage question is answered with fees, and a question about reward points with a
balance: a near miss that sounds like an answer.
"""

from __future__ import annotations

from fulfillment.conversations.desk import Desk
from fulfillment.conversations.open_tasks import progress_of
from fulfillment.conversations.small_talk import suggestions
from fulfillment.lex import Reply, Router, Turn

router = Router()


@router.dialog("OtherService")
@router.fulfillment("OtherService")
def offer_a_person(turn: Turn) -> Reply:
    """In the middle of a task it is only said, since the task goes on."""
    desk = Desk.of(turn)
    if progress_of(turn).task is not None or not desk.identity.is_verified:
        return turn.close(desk.say("common.not_mine"), suggestions(desk))
    title = desk.speech.words("common.ways_on")
    ways = desk.yes_or_no(title, "common.human_button", "common.no_button")
    return turn.confirm(desk.say("common.not_mine_but_a_person_s"), ways).for_intent("TalkToHuman")
