"""A few words that mean something in their place alone: "how long for?", "on food"."""

from __future__ import annotations

import re
from datetime import datetime

from fulfillment.bank.categories import category_named
from fulfillment.conversations.progress import Progress, Task
from fulfillment.conversations.totals_asked import recall
from fulfillment.lex import Turn

_WHY, _TOTALS = "WhyAsked", "TotalsFollowUp"
_FOOD = {"food": "groceries"}
"""Words for no category of ours that are one's everyday name."""
_ASKS_BACK = re.compile(
    r"\W*(?:(?:for )?how long(?: for)?|how much|who(?:m)?|to whom|from (?:where|when)|until when"
    r"|which (?:one|account|card|charge|payment)s?|what (?:do you mean|account|card|amount)"
    r"|what for|what'?s that(?: for)?|what does that mean"
    r"|(?:por )?cu[aá]nto(?: tiempo)?|(?:a )?qui[eé]n|cu[aá]l(?: de ellas| cuenta| tarjeta)?"
    r"|qu[eé] cuenta|qu[eé] quiere decir|(?:y eso )?para qu[eé]"
    r"|desde cu[aá]ndo|hasta cu[aá]ndo)\W*",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"\W*(?:(?:and|what about|how about|just|only|y|s[oó]lo|solamente) )*(?:on|for|en|para) "
    r"(?P<on>[^?!.,]{3,40})\W*",
    re.IGNORECASE,
)


def meant_otherwise(turn: Turn, progress: Progress, now: datetime) -> Task | None:
    """What the words mean where they are said; None where Lex knows as well.

    To an open question they ask back what it asks; after a sum they name what it is to be about.
    """
    if progress.asking is not None:
        asks_back = progress.task is not None and _ASKS_BACK.fullmatch(turn.transcript)
        return Task(_WHY, {}, "") if asks_back else None
    about = _ABOUT.fullmatch(turn.transcript)
    if about is None or turn.intent == _TOTALS or recall(turn, now) is None:
        return None
    said = about["on"].strip()
    category = category_named(said) or _FOOD.get(said.casefold())
    return Task(_TOTALS, {"category": category}, "") if category else None
