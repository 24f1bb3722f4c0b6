"""A card's own spending limits: told, set after a yes, and taken away after a yes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from fulfillment.bank.books import Card, CardStatus
from fulfillment.bank.card_limits import LimitPeriod, limit_of, periods_in
from fulfillment.bank.money import Money
from fulfillment.bank.naming import match_card
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.payment_slots import Question, read_amount
from fulfillment.lex import Reply, Router, Turn
from fulfillment.replies.spoken import without_marks

PERIOD = "period"

router = Router()


@router.dialog("GetCardLimits")
@router.fulfillment("GetCardLimits")
def tell(turn: Turn) -> Reply:
    """Each card's limits, and what was spent of them."""
    desk = Desk.of(turn)
    cards = _in_use(desk)
    if not cards:
        return turn.close(desk.say("cards.nothing_there"), fulfilled=False)
    said = turn.slots.get("card")
    found = match_card(said.original_value, cards).found if said else ()
    currencies = _currencies(desk)
    lines = [_line(desk, card, currencies[card.account_id]) for card in found or cards]
    return turn.close(desk.say("limits.told", lines=lines))


@router.dialog("SetCardLimit")
def ask_to_set(turn: Turn) -> Reply:
    """Asks for the card, the amount and the period, then for a yes to all of them."""
    desk = Desk.of(turn)
    if turn.denied:
        return turn.close(desk.say("limits.unchanged"), fulfilled=False)
    if turn.confirmed:
        return turn.delegate()
    wanted = _wanted(turn)
    if isinstance(wanted, Reply):
        return wanted
    card, period, amount = wanted
    view = {"name": desk.card_name(card), "amount": amount, "period": _words(desk, period)}
    return turn.confirm(
        desk.say("limits.confirm_set", **view),
        desk.yes_or_no(desk.speech.words("limits.title"), "limits.yes_set"),
    )


@router.fulfillment("SetCardLimit")
def set_limit(turn: Turn) -> Reply:
    desk = Desk.of(turn)
    wanted = _wanted(turn)
    if isinstance(wanted, Reply):
        return wanted
    card, period, amount = wanted
    changed = desk.books.card_desk.set_limits(_with_limit(card, period, amount), desk.now)
    if changed is None:
        return turn.close(desk.say("cards.blocked", names=[desk.card_name(card)]), fulfilled=False)
    spent = desk.books.card_desk.spending(card, desk.speech.today, amount.currency).of(period)
    view = {"name": desk.card_name(card), "amount": amount, "period": _words(desk, period)}
    return turn.close(desk.say("limits.set", spent=spent, used_up=spent >= amount, **view))


@router.dialog("RemoveCardLimit")
def ask_to_remove(turn: Turn) -> Reply:
    """Asks for a yes: a limit may be what stands between a thief and the account."""
    desk = Desk.of(turn)
    if turn.denied:
        return turn.close(desk.say("limits.kept"), fulfilled=False)
    if turn.confirmed:
        return turn.delegate()
    card = _card(turn, _has_limit)
    if isinstance(card, Reply):
        return card
    gone = _to_remove(turn, card)
    if not gone:
        none = desk.say("limits.none_there", name=desk.card_name(card))
        return turn.close(none, fulfilled=False)
    view = {"name": desk.card_name(card), "lines": _limits(desk, card, gone)}
    return turn.confirm(
        desk.say("limits.confirm_remove", **view),
        desk.yes_or_no(desk.speech.words("limits.title"), "limits.yes_remove"),
    )


@router.fulfillment("RemoveCardLimit")
def remove_limit(turn: Turn) -> Reply:
    desk = Desk.of(turn)
    card = _card(turn, lambda _: True)
    if isinstance(card, Reply):
        return card
    without = card
    for period in _to_remove(turn, card):
        without = _with_limit(without, period, None)
    # Removed once already: a hook that is called again has nothing left to take away.
    if without != card and desk.books.card_desk.set_limits(without, desk.now) is None:
        return turn.close(desk.say("cards.blocked", names=[desk.card_name(card)]), fulfilled=False)
    return turn.close(desk.say("limits.removed", name=desk.card_name(card)))


def _wanted(turn: Turn) -> tuple[Card, LimitPeriod, Money] | Reply:
    desk = Desk.of(turn)
    card = _card(turn, lambda _: True)
    if isinstance(card, Reply):
        return card
    currency = _currencies(desk)[card.account_id]
    amount = read_amount(turn, currency, [])
    if isinstance(amount, Question):
        return amount.ask(turn)
    if amount is None:
        return turn.elicit_slot("amount", desk.say("limits.how_much", currency=currency))
    periods = _periods(turn)
    if len(periods) != 1:
        return turn.ask_again(
            PERIOD,
            desk.say("limits.which_period"),
            desk.choices("limits.title", [_words(desk, period) for period in LimitPeriod]),
        )
    turn.slots.set(PERIOD, _words(desk, periods[0]))
    return card, periods[0], amount


def _periods(turn: Turn) -> tuple[LimitPeriod, ...]:
    """What the turn's own words name, else what was said before."""
    said = turn.slots.get(PERIOD)
    now = periods_in(turn.transcript, turn.locale)
    return now or (periods_in(said.original_value, turn.locale) if said else ())


def _card(turn: Turn, likely: Callable[[Card], bool]) -> Card | Reply:
    """The card that is meant, the only `likely` one where none is named, or a question."""
    desk = Desk.of(turn)
    cards = _in_use(desk)
    if not cards:
        return turn.close(desk.say("cards.nothing_there"), fulfilled=False)
    said = turn.slots.get("card")
    found = list(match_card(said.original_value, cards).found) if said else []
    candidates = found or [card for card in cards if likely(card)] or cards
    if len(candidates) == 1 and (found or said is None):
        turn.slots.set("card", without_marks(desk.card_name(candidates[0])))
        return candidates[0]
    names = [desk.card_name(card) for card in candidates]
    if said is not None and not found:
        asked = desk.say("cards.unknown", said=said.original_value, names=names)
    else:
        asked = desk.say("cards.which", names=names)
    return turn.ask_again("card", asked, desk.choices("common.your_cards", names))


def _to_remove(turn: Turn, card: Card) -> list[LimitPeriod]:
    named = _periods(turn) or tuple(LimitPeriod)
    turn.slots.set(PERIOD, " / ".join(_words(Desk.of(turn), period) for period in named))
    return [period for period in named if limit_of(card, period) is not None]


def _line(desk: Desk, card: Card, currency: str) -> dict[str, object]:
    set_ = [period for period in LimitPeriod if limit_of(card, period) is not None]
    spent = desk.books.card_desk.spending(card, desk.speech.today, currency) if set_ else None
    limits = [
        desk.speech.words(
            "limits.one",
            amount=limit_of(card, period),
            period=_words(desk, period),
            spent=spent.of(period),
        )
        for period in set_
        if spent is not None
    ]
    return {"name": desk.card_name(card), "limits": limits}


def _limits(desk: Desk, card: Card, periods: list[LimitPeriod]) -> list[dict[str, object]]:
    return [
        {"amount": limit_of(card, period), "period": _words(desk, period)} for period in periods
    ]


def _with_limit(card: Card, period: LimitPeriod, limit: Money | None) -> Card:
    if period is LimitPeriod.DAY:
        return replace(card, daily_limit=limit)
    return replace(card, monthly_limit=limit)


def _has_limit(card: Card) -> bool:
    return card.daily_limit is not None or card.monthly_limit is not None


def _in_use(desk: Desk) -> list[Card]:
    return [card for card in desk.cards() if card.status is not CardStatus.BLOCKED]


def _currencies(desk: Desk) -> dict[str, str]:
    accounts = desk.books.accounts(desk.customer_id)
    return {account.account_id: account.posted.currency for account in accounts}


def _words(desk: Desk, period: LimitPeriod) -> str:
    return desk.speech.words(f"limits.{period}")
