"""Agreeing to personal offers and tips, ending them, and wanting less of one kind."""

from __future__ import annotations

import json
import re

from fulfillment.conversations.desk import Desk
from fulfillment.conversations.heard_otherwise import words_said
from fulfillment.conversations.offer_outcomes import Outcome, outcome_line
from fulfillment.conversations.offer_taking import ways
from fulfillment.conversations.offer_view import NAMES, named_in
from fulfillment.lex import Reply, Router, Turn
from fulfillment.personalization.offers.rules import Product, standard_rules

_REFUSES = re.compile(
    r"\b(?:no|not|don't|dont|stop|never|off|rather not|deje|nunca|sin|desactiv\w*|pare)\b",
    re.IGNORECASE,
)
router = Router()


@router.dialog("AllowOffers")
def ask_consent(turn: Turn) -> Reply:
    """Says what is agreed to, and asks. Words that refuse are a refusal, whatever was heard."""
    desk = Desk.of(turn)
    if turn.denied:
        return turn.close(desk.say("offers.stays_off"), fulfilled=False)
    if turn.confirmed:
        return turn.delegate()
    if _REFUSES.search(turn.transcript):
        return stop(turn)
    if desk.wishes.of(desk.customer_id).on:
        return turn.close(desk.say("offers.on_already"), ways(desk, "see", "turn_off"))
    title = desk.speech.words("offers.turn_on_title")
    return turn.confirm(desk.say("offers.ask_consent"), desk.yes_or_no(title, "offers.agree"))


@router.fulfillment("AllowOffers")
def agree(turn: Turn) -> Reply:
    """A yes only counts here after the question: consent has to be to what was shown."""
    desk = Desk.of(turn)
    wishes = desk.wishes.of(desk.customer_id)
    if not turn.confirmed:
        return turn.close(desk.say("offers.stays_off"), fulfilled=False)
    if not wishes.on:
        desk.wishes.keep(
            desk.customer_id, wishes.agreed(), "offers_agreed", desk.now, desk.deps.new_id()
        )
    return turn.close(desk.say("offers.turned_on"), ways(desk, "see", "turn_off"))


@router.dialog("StopOffers")
@router.fulfillment("StopOffers")
def stop(turn: Turn) -> Reply:
    """At once and without a question."""
    desk = Desk.of(turn)
    wishes = desk.wishes.of(desk.customer_id)
    if wishes.on:
        desk.wishes.keep(
            desk.customer_id, wishes.refused(), "offers_refused", desk.now, desk.deps.new_id()
        )
    return turn.close(desk.say("offers.turned_off"))


@router.dialog("ShowLess")
@router.fulfillment("ShowLess")
def show_less(turn: Turn) -> Reply:
    """Of what is named, else of what was told last; for as long as the rules say."""
    desk = Desk.of(turn)
    wishes = desk.wishes.of(desk.customer_id)
    said = words_said(turn)
    kind = named_in(said) or _told_last(wishes.last)
    if not kind:
        button = "turn_off" if wishes.on else "turn_on"
        return turn.close(desk.say("offers.less_of_what"), ways(desk, button), fulfilled=False)
    until = desk.speech.today + standard_rules().cool_off
    after = wishes.without(kind, until)
    line = outcome_line(wishes, kind, Outcome.LESS, desk.now)
    desk.wishes.keep(desk.customer_id, after, "offers_less", desk.now, desk.deps.new_id(), line)
    key = NAMES[Product(kind)] if kind in set(Product) else "offers.name_tip"
    name, day = desk.speech.words(key), desk.speech.calendar_day(until)
    return turn.close(desk.say("offers.less", name=name, until=day))


def _told_last(last: str) -> str:
    told = json.loads(last)["told"] if last else []
    return str(told[0]["product"]) if told else ""
