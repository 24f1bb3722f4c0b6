""" "I'd like that offer": noted, and the way to it; and the buttons under offers."""

from __future__ import annotations

import json
import re

from fulfillment.bank.offer_wishes import OfferWishes
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.offer_outcomes import Outcome, note
from fulfillment.conversations.offer_view import NAMES, named_in
from fulfillment.lex import Message, Reply, Turn, card
from fulfillment.personalization.offers.rules import Product

_TAKES = re.compile(
    r"\b(?:i'?d like|i would like|i want|i'?ll take|i take|accept|i'?m interested in"
    r"|i am interested in|sign me up for|go ahead with|count me in for)\b"
    r"(?: to (?:take|have|accept))? (?:that|this|your|the)(?: (?:first|second|last))?"
    r" (?:offer|one)\b"
    r"|\b(?:me interesa|quiero|acepto|tomo|me gustar[ií]a|me quedo con)\b"
    r"(?: (?:tomar|aceptar))? (?:esa|esta|la|su)(?: (?:primera|segunda|[uú]ltima))? "
    r"(?:oferta|propuesta)\b",
    re.IGNORECASE,
)
_SECOND = re.compile(r"\b(?:second|last|segunda|[uú]ltima)\b", re.IGNORECASE)
_NEXT = {
    Product.SAVINGS: "insights.top_up",
    Product.CERTIFICATE: "offers.talk",
    Product.CASHBACK_CARD: "offers.card_button",
    Product.REFINANCING_LOAN: "loans.apply_button",
    Product.INVESTING: "offers.invest_button",
}
"""What to say next for it. Nobody buys a certificate in a chat yet: a person does it."""


def takes_an_offer(words: str) -> bool:
    """Whether they take what was offered, and do not ask for offers.

    >>> takes_an_offer("I'd like that offer"), takes_an_offer("I'd like to hear your offers")
    (True, False)
    """
    return bool(_TAKES.search(words.replace("\u2019", "'")))


def take(turn: Turn, desk: Desk, wishes: OfferWishes) -> Reply:
    """The product that is named, or its place says, or that came first. It moves nothing."""
    last = json.loads(wishes.last) if wishes.last else {"told": []}
    told = [str(one["product"]) for one in last["told"] if one["product"] in set(Product)]
    if not told:
        return turn.close(desk.say("offers.none_told"), ways(desk, "see"))
    named = named_in(turn.transcript)
    placed = told[-1] if _SECOND.search(turn.transcript) else told[0]
    product = Product(named if named in told else placed)
    note(desk, product, Outcome.WANTED)
    said = desk.speech.words(_NEXT[product])
    name = desk.speech.words(NAMES[product])
    return turn.close(
        desk.say("offers.taken", name=name),
        card(desk.speech.words("offers.what_next"), [(said, said)]),
    )


def ways(desk: Desk, *names: str) -> Message:
    """Buttons under a reply, by their short names; each sends the words that it shows."""
    keys = {
        "turn_on": "offers.turn_on",
        "turn_off": "offers.turn_off",
        "see": "offers.see",
        "like": "offers.like_button",
        "why": "offers.why_button",
        "less": "offers.less_button",
        "talk": "offers.talk",
    }
    shown = [desk.speech.words(keys[name]) for name in names]
    title = "offers.turn_on_title" if names == ("turn_on",) else "offers.what_next"
    return card(desk.speech.words(title), [(one, one) for one in shown])
