"""What a merchant takes by itself, when a customer wants the bank to cancel it."""

from __future__ import annotations

import re

from fulfillment.bank.letters import without_accents
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.heard_otherwise import words_said
from fulfillment.conversations.insight_lines import recent_lines
from fulfillment.lex import Message, Turn
from fulfillment.personalization.insights.recurring import Recurring, going_out

_ENDS = re.compile(
    r"\b(?:cancel|stop|end|quit|unsubscribe|get rid of|get out of"
    r"|cancel[ae]\w*|termin\w+|det[eé]n\w*|dej\w+ de pagar|dar(?:me)? de baja|quit\w+)\b",
    re.IGNORECASE,
)
_OUR_OWN = "payment"
"""The kind of line that is a customer's own order, and so theirs to end here."""


def not_ours_to_end(turn: Turn) -> Message | None:
    """What can be done about what the sentence wants ended, if it names something that a merchant
    takes again and again; the bank has no part in that agreement.
    """
    said = words_said(turn)
    if _ENDS.search(said) is None:
        return None
    desk = Desk.of(turn)
    series = going_out(recent_lines(desk, desk.open_accounts()).found)
    one = next((one for one in series if _names(said, one)), None)
    if one is None or one.last.kind == _OUR_OWN:
        return None
    by_card = one.last.kind == "card"
    return desk.say("insights.not_ours_to_end", name=one.party, by_card=by_card)


def _names(sentence: str, one: Recurring) -> bool:
    said, name = (f" {_plain(text)} " for text in (sentence, one.party))
    return name in said


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", without_accents(text.casefold())))
