"""What is stopped at once when a customer says of a payment that it was not theirs.

Of a card payment: the card. Of a payment to a payee, which somebody ordered in their name: the
cards of the account it would have left, and the payee, so that neither another payment nor a
scheduled one reaches it. A card can be thawed and a payee added again by the customer, so that a
no which was a mistake costs a minute. The account stays open: rent and wages go on, and freezing it
is offered instead.
"""

from __future__ import annotations

from dataclasses import dataclass

from fulfillment.alerts.events import SecurityEvent, SuspectedFraud
from fulfillment.bank.analyst_cases import DeskCase
from fulfillment.bank.books import Card, CardStatus
from fulfillment.bank.payee_changes import removing
from fulfillment.bank.payments import PaymentKind, PaymentOrder
from fulfillment.conversations.desk import Desk
from fulfillment.lex import Turn


@dataclass(frozen=True, slots=True)
class Stopped:
    """What is out of a stranger's hands now. `payee` is the name of one that was taken off."""

    cards: tuple[Card, ...] = ()
    payee: str | None = None


def data_of(case: DeskCase) -> SuspectedFraud | None:
    """What the case's event says of a payment."""
    data = SecurityEvent.model_validate_json(case.event).data
    return data if isinstance(data, SuspectedFraud) else None


def freeze_cards_of(desk: Desk, case: DeskCase) -> None:
    """Freeze every active card that the payment could have been made with, or its account's."""
    for card in _cards_of(desk, case, _order_of(desk, case)):
        if card.status is CardStatus.ACTIVE:
            desk.books.set_card_status(card, CardStatus.FROZEN, desk.now)


def take_payee_off(turn: Turn, case: DeskCase) -> None:
    """Take the payee of a held payment off the customer's list, on the customer's own word."""
    desk = Desk.of(turn)
    order = _order_of(desk, case)
    if order is None:
        return
    for payee in desk.books.payees(desk.customer_id):
        if payee.active and payee.payee_id == order.destination_id:
            change = removing(payee, turn.session_id, desk.deps.new_id(), desk.now)
            desk.books.payee_changes.show(change)
            desk.books.payee_changes.make(change, desk.now, desk.deps.new_id())


def stopped(desk: Desk, case: DeskCase) -> Stopped:
    """What stands in the books, however often it is asked."""
    order = _order_of(desk, case)
    cards = [card for card in _cards_of(desk, case, order) if card.status is not CardStatus.ACTIVE]
    if order is None:
        return Stopped(tuple(cards))
    active = {one.payee_id for one in desk.books.payees(desk.customer_id) if one.active}
    gone = order.destination_name if order.destination_id not in active else None
    return Stopped(tuple(cards), gone)


def _order_of(desk: Desk, case: DeskCase) -> PaymentOrder | None:
    """The order of a payment to a payee that is, or was, held; None for any other."""
    if not case.is_held or case.payment_id is None:
        return None
    known = desk.books.holds.find(case.payment_id)
    order = known.hold.order if known is not None else None
    return order if order is not None and order.kind is PaymentKind.TO_PAYEE else None


def _cards_of(desk: Desk, case: DeskCase, order: PaymentOrder | None) -> list[Card]:
    data = data_of(case)
    if data is not None and data.card_id is not None:
        return [card for card in desk.cards() if card.card_id == data.card_id]
    if order is None:
        return []
    usable = (CardStatus.ACTIVE, CardStatus.FROZEN)
    return [
        card
        for card in desk.cards()
        if card.account_id == order.source_account_id and card.status in usable
    ]
