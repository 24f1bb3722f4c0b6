"""Why a card may have been declined: what the books know, and no guess beyond it."""

from __future__ import annotations

from fulfillment.bank.books import Account, AccountStatus, Card, CardStatus
from fulfillment.bank.card_limits import LimitPeriod, limit_of
from fulfillment.bank.naming import match_card
from fulfillment.conversations.desk import Desk
from fulfillment.lex import Reply, Router, Turn

_STATUS_REASONS = {
    CardStatus.ORDERED: "declined.not_activated",
    CardStatus.FROZEN: "declined.frozen",
    CardStatus.BLOCKED: "declined.blocked",
}

router = Router()


@router.dialog("CardDeclined")
@router.fulfillment("CardDeclined")
def explain(turn: Turn) -> Reply:
    """Goes through the card, its account and what is available there."""
    desk = Desk.of(turn)
    cards = desk.cards()
    if not cards:
        return turn.close(desk.say("cards.nothing_there"), fulfilled=False)
    said = turn.slots.get("card")
    found = match_card(said.original_value, cards).found if said else ()
    accounts = {account.account_id: account for account in desk.books.accounts(desk.customer_id)}
    lines = [
        {"name": desk.card_name(card), "reason": _reason(desk, card, accounts[card.account_id])}
        for card in (found or _in_use(cards))
    ]
    ways = desk.choices(
        "common.ways_on",
        [desk.speech.words("cases.recent"), desk.speech.words("common.human_button")],
    )
    return turn.close(desk.say("declined.why", lines=lines), ways)


def _in_use(cards: list[Card]) -> list[Card]:
    """Cards that somebody may have tried to pay with; all when every one is blocked."""
    return [card for card in cards if card.status is not CardStatus.BLOCKED] or cards


def _reason(desk: Desk, card: Card, account: Account) -> str:
    if card.status in _STATUS_REASONS:
        return desk.speech.words(_STATUS_REASONS[card.status])
    if account.status is not AccountStatus.ACTIVE:
        return desk.speech.words("declined.account", name=account.name)
    for period in LimitPeriod:
        limit = limit_of(card, period)
        if limit is None:
            continue
        spent = desk.books.card_desk.spending(card, desk.speech.today, limit.currency).of(period)
        if limit - spent < account.available:
            words = desk.speech.words(f"limits.{period}")
            return desk.speech.words("declined.limit", limit=limit, period=words, spent=spent)
    return desk.speech.words("declined.available", available=account.available, name=account.name)
