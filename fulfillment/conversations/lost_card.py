"""A lost or stolen card: blocked for good and replaced, in one step; and the new one activated."""

from __future__ import annotations

from fulfillment.bank.books import Card, CardStatus
from fulfillment.bank.cards import ARRIVES_IN, replacement_for
from fulfillment.bank.disputes import business_days_after
from fulfillment.bank.naming import match_card
from fulfillment.conversations.cards import LAST_CARD
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.telling_the_desk import card_lost
from fulfillment.lex import Reply, Router, Turn
from fulfillment.replies.spoken import without_marks

router = Router()


@router.dialog("ReportLostCard")
def ask(turn: Turn) -> Reply:
    """Asks which card, and for a yes: a block cannot be undone, a freeze can."""
    desk = Desk.of(turn)
    if turn.denied:
        return turn.close(
            desk.say("lost.kept"),
            desk.choices("disputes.protect", [desk.speech.words("disputes.freeze")]),
            fulfilled=False,
        )
    if turn.confirmed:
        return turn.delegate()
    found = _card(turn)
    if isinstance(found, Reply):
        return found
    name = desk.card_name(found)
    return turn.confirm(
        desk.say("lost.confirm", name=name),
        desk.yes_or_no(desk.speech.words("lost.card", name=name), "lost.yes"),
    )


@router.fulfillment("ReportLostCard")
def block_and_replace(turn: Turn) -> Reply:
    found = _card(turn, retried=True)
    if isinstance(found, Reply):
        return found
    desk = Desk.of(turn)
    replacement = replacement_for(found)
    told = card_lost(desk, found, replacement)
    ordered = desk.books.order_replacement(found, replacement, desk.now, told)
    turn.session[LAST_CARD] = ordered.card_id
    arrives = business_days_after(desk.speech.today, ARRIVES_IN)
    return turn.close(
        desk.say(
            "lost.done",
            name=desk.card_name(found),
            last4=ordered.last4,
            arrives=desk.speech.calendar_day(arrives),
        ),
        desk.choices("common.ways_on", [desk.speech.words("cases.recent")]),
    )


@router.dialog("ActivateCard")
@router.fulfillment("ActivateCard")
def activate(turn: Turn) -> Reply:
    """A new card is activated by who can read the end of its number."""
    desk = Desk.of(turn)
    waiting = [c for c in desk.cards() if c.status is CardStatus.ORDERED]
    if not waiting:
        return turn.close(desk.say("lost.nothing_to_activate"), fulfilled=False)
    said = turn.slots.get("digits")
    if said is None:
        return turn.elicit_slot("digits", desk.say("lost.which_digits"))
    digits = "".join(letter for letter in said.original_value if letter.isdigit())[-4:]
    meant = next((c for c in waiting if c.last4 == digits), None)
    if meant is None:
        return turn.ask_again("digits", desk.say("lost.wrong_digits"))
    change = desk.books.activate_card(meant, desk.now)
    if change.refusal is not None:
        return turn.close(desk.say("payment.refused"), fulfilled=False)
    turn.session[LAST_CARD] = meant.card_id
    return turn.close(desk.say("lost.activated", name=desk.card_name(meant)))


def _card(turn: Turn, *, retried: bool = False) -> Card | Reply:
    """The card that is meant, or a question; a retried hook may mean one blocked just now."""
    desk = Desk.of(turn)
    cards = desk.cards()
    losable = [c for c in cards if retried or c.status is not CardStatus.BLOCKED]
    if not losable:
        return turn.close(desk.say("cards.nothing_there"), fulfilled=False)
    said = turn.slots.get("card")
    if said is not None:
        match = match_card(said.original_value, losable)
        if match.one:
            return match.one
        losable = list(match.found) or losable
    elif len(losable) == 1:
        turn.slots.set("card", without_marks(desk.card_name(losable[0])))
        return losable[0]
    names = [desk.card_name(c) for c in losable]
    question = desk.say("cards.which", names=names)
    return turn.ask_again("card", question, desk.choices("common.your_cards", names))
