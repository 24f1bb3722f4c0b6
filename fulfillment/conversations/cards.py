"""Freezing a card at once, and making it work again."""

from __future__ import annotations

from fulfillment.bank.books import Card, CardStatus
from fulfillment.bank.cards import CardRefusal
from fulfillment.bank.naming import another_card, match_card
from fulfillment.conversations.desk import Desk
from fulfillment.lex import Message, Reply, Router, Turn

LAST_CARD = "lastCardId"
_IN_USE = frozenset({CardStatus.ACTIVE, CardStatus.FROZEN})

router = Router()


@router.dialog("FreezeCard")
@router.fulfillment("FreezeCard")
def freeze(turn: Turn) -> Reply:
    return _change(turn, CardStatus.FROZEN, CardStatus.ACTIVE)


@router.dialog("UnfreezeCard")
@router.fulfillment("UnfreezeCard")
def unfreeze(turn: Turn) -> Reply:
    return _change(turn, CardStatus.ACTIVE, CardStatus.FROZEN)


def _change(turn: Turn, wanted: CardStatus, now_is: CardStatus) -> Reply:
    desk = Desk.of(turn)
    cards = desk.cards()
    if not cards:
        return turn.close(desk.say("cards.nothing_there"), fulfilled=False)
    said = turn.slots.get("card")
    if said is None:
        # Lex may not know the words of the bank's own button: "Visa debit terminada en 3358".
        stranger = another_card(turn.transcript, cards)
        if stranger is not None:
            return _unknown(turn, stranger, cards)
        asked = turn.slot_being_asked == "card" and turn.is_retry
        answered = match_card(turn.transcript, cards).one if asked else None
        meant = answered or _meant_without_words(turn, cards, now_is)
        return _apply(turn, [meant], wanted) if meant else _ask(turn, cards)
    match = match_card(said.original_value, cards)
    if match.one or match.all_of_them:
        return _apply(turn, list(match.found), wanted)
    # "my visa" when one of two is frozen already: the other is meant.
    open_to_change = [card for card in match.found if card.status is now_is]
    if len(open_to_change) == 1:
        return _apply(turn, open_to_change, wanted)
    turn.slots.clear("card")
    if match.found:
        return _ask(turn, list(match.found))
    return _unknown(turn, said.original_value, cards)


def _unknown(turn: Turn, said: str, cards: list[Card]) -> Reply:
    desk = Desk.of(turn)
    names = [desk.card_name(card) for card in cards]
    unknown = desk.say("cards.unknown", said=said, names=names)
    return turn.elicit_slot("card", unknown, _buttons(desk, cards))


def _meant_without_words(turn: Turn, cards: list[Card], now_is: CardStatus) -> Card | None:
    """The card talked about last, or the only one that can be changed so.

    The session says which was last; any caller can write that, so it only picks among own cards.
    """
    last = next((c for c in cards if c.card_id == turn.session.get(LAST_CARD)), None)
    if last is not None:
        return last
    candidates = [card for card in cards if card.status is now_is]
    return candidates[0] if len(candidates) == 1 else None


def _apply(turn: Turn, cards: list[Card], wanted: CardStatus) -> Reply:
    desk = Desk.of(turn)
    changes = [desk.books.set_card_status(card, wanted, desk.now) for card in cards]
    turn.session[LAST_CARD] = cards[0].card_id
    frozen = wanted is CardStatus.FROZEN
    groups = {
        "cards.frozen" if frozen else "cards.unfrozen": [c for c in changes if c.changed],
        "cards.already_frozen" if frozen else "cards.already_active": [
            c for c in changes if not c.changed and c.refusal is None
        ],
        "cards.not_activated": [c for c in changes if c.refusal is CardRefusal.NOT_ACTIVATED],
        "cards.blocked": [c for c in changes if c.refusal is CardRefusal.CARD_BLOCKED],
    }
    messages = [
        desk.say(key, names=[desk.card_name(change.card) for change in group])
        for key, group in groups.items()
        if group
    ]
    return turn.close(*messages, fulfilled=all(c.refusal is None for c in changes))


def _ask(turn: Turn, cards: list[Card]) -> Reply:
    desk = Desk.of(turn)
    # A card that is blocked, or not there yet, is no choice while there is another.
    cards = [card for card in cards if card.status in _IN_USE] or cards
    question = desk.say("cards.which", names=[desk.card_name(card) for card in cards])
    return turn.elicit_slot("card", question, _buttons(desk, cards))


def _buttons(desk: Desk, cards: list[Card]) -> Message:
    names = [desk.card_name(card) for card in cards]
    return desk.choices("common.your_cards", names)
