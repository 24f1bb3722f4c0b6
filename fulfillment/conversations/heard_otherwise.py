"""A few words that mean something in their place alone: "how long for?", "on food"."""

from __future__ import annotations

import re
from datetime import datetime

from fulfillment.bank import categories, mentions, name_words
from fulfillment.conversations import heard_as_a_neighbour, pointing_out, totals_asked
from fulfillment.conversations.access import ABOUT_IDENTITY, VERIFY
from fulfillment.conversations.progress import Progress, Task
from fulfillment.conversations.proving import CODE_SLOT
from fulfillment.identity import one_time_code
from fulfillment.lex import Turn

_WHY, _TOTALS, _LESS = "WhyAsked", "TotalsFollowUp", "ShowLess"
_GOODBYE = "Goodbye"
SAID = "said"
"""In the state of a turn: the words that were taken for an intent which has no slot for them."""
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
_ACTIVATE = "ActivateCard"
_CARD = re.compile(r"\b(?:cards?|tarjetas?)\b", re.IGNORECASE)
_ABOUT = re.compile(
    r"\W*(?:(?:and|what about|how about|just|only|y|s[oó]lo|solamente) )*(?:on|for|en|para) "
    r"(?P<on>[^?!.,]{3,40})\W*",
    re.IGNORECASE,
)
_PRODUCTS = (
    r"(?:savings?|certificates?|(?:credit |cashback )?cards?|loans?|invest\w*"
    r"|ahorros?|certificados?|tarjetas?|pr[eé]stamos?|inver\w+)"
)
_OFFERS = r"(?:offers?|tips?|suggestions?|ofertas?|consejos?|sugerencias?)"
_NAMED = rf"{_PRODUCTS}(?: {_OFFERS})?"
_LESS_OF = re.compile(
    r"\W*(?:please |por favor )?(?:"
    rf"(?:show me )?less (?:of|about|on) (?:the |any )?{_NAMED}"
    r"|(?:(?:show me )?fewer|no more|enough (?:of|about)|i don'?t want|i do not want)"
    rf"(?: the| any| to see| more)* {_PRODUCTS} {_OFFERS}"
    rf"|(?:stop|quit|don'?t|do not) (?:suggest|offer|show)(?:ing)?(?: me)?(?: the| any)? {_NAMED}"
    rf"|(?:stop|quit|don'?t|do not) (?:suggest|offer|show)(?:ing)?(?: me)? {_OFFERS}"
    rf" (?:of|about|for) {_PRODUCTS}"
    rf"|menos (?:de|sobre) (?:la |el |los |las )?(?:{_OFFERS} (?:de|sobre) )?{_PRODUCTS}"
    rf"|(?:no (?:quiero|m[aá]s)|menos|basta de)(?: m[aá]s| las| los)* {_OFFERS}"
    rf" (?:de|sobre) {_PRODUCTS}"
    r"|(?:no|deje de) (?:me )?(?:sugier[ae]|sugerirme|ofrezca|ofrecerme|muestre|mostrarme)"
    rf" {_PRODUCTS}"
    r")(?: again| please| anymore| otra vez| por favor)*\W*",
    re.IGNORECASE,
)
"""Wanting fewer offers of a product: Lex hears the product, and asks how to go about it."""


def words_said(turn: Turn) -> str:
    """What the customer said, also where it was taken for an intent that Lex did not hear."""
    return turn.transcript or str(turn.state.get(SAID, ""))


def _is_a_code(said: str) -> bool:
    # Most words have no digit, and then need no code's reader loaded.
    return any(map(str.isdigit, said)) and one_time_code.is_a_code_alone(said)


def _names_its_card(turn: Turn, progress: Progress) -> bool:
    """Whether "my card" says again what the open question is about. Lex hears a wish to freeze it,
    and so it would be frozen while the customer is asked whether to block it."""
    task, said = progress.task, turn.transcript
    if task is None or turn.intent == task.intent:
        return False
    if task.intent not in {*pointing_out.OF_A_CARD, _ACTIVATE}:
        return False
    return bool(_CARD.search(said)) and name_words.names_nothing(said)


def meant_otherwise(turn: Turn, progress: Progress, now: datetime) -> Task | None:
    """What the words mean where they are said; None where Lex knows as well.

    To an open question they ask back what it asks; after a sum they name what it is to be about.
    """
    if mentions.stops_and_leaves(turn.transcript):
        return Task(_GOODBYE, {}, "")
    if progress.asking is not None:
        if _names_its_card(turn, progress):
            return progress.task
        asks_back = progress.task is not None and _ASKS_BACK.fullmatch(turn.transcript)
        return Task(_WHY, {}, "") if asks_back else None
    if turn.intent != _LESS and _LESS_OF.fullmatch(turn.transcript):
        turn.state[SAID] = turn.transcript
        return Task(_LESS, {}, "")
    if turn.intent not in ABOUT_IDENTITY and _is_a_code(turn.transcript):
        # Six digits to no question are a code that came late, and no sum to send.
        return Task(VERIFY, {CODE_SLOT: turn.transcript}, "")
    instead = heard_as_a_neighbour.meant_instead(turn)
    if instead is not None:
        turn.state[SAID] = turn.transcript
        return instead
    about = _ABOUT.fullmatch(turn.transcript)
    if about is None or turn.intent == _TOTALS or totals_asked.recall(turn, now) is None:
        return None
    said = about["on"].strip()
    category = categories.category_named(said) or _FOOD.get(said.casefold())
    return Task(_TOTALS, {"category": category}, "") if category else None
