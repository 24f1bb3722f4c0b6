"""What the bank's people are told of a customer's own acts: the same event for the same cause."""

from __future__ import annotations

from datetime import datetime, time

from fulfillment.alerts.events import (
    CardLost,
    HandOffWanted,
    LimitBreach,
    ScamReported,
    SecurityEvent,
    Sum,
    security_event,
)
from fulfillment.bank.books import Card
from fulfillment.bank.cases import Case
from fulfillment.bank.handoff import HandOff
from fulfillment.bank.money import Money
from fulfillment.bank.payments import PaymentOrder
from fulfillment.conversations.desk import Desk
from fulfillment.store.security_events import SecurityEvents

_SOURCE = "conversations"


def scam_reported(case: Case) -> SecurityEvent:
    """A customer says that they were cheated."""
    data = ScamReported(customer_id=case.customer_id, case_id=case.case_id, subject=case.subject)
    return security_event(data, case.case_id, case.opened_at, source=_SOURCE)


def person_wanted(case: Case, packet: HandOff) -> SecurityEvent:
    """A customer waits for a person."""
    data = HandOffWanted(
        customer_id=case.customer_id,
        case_id=case.case_id,
        summary=case.summary[:400],
        task=packet.task or "",
        locale=packet.locale,
        channel=str(packet.channel),
    )
    return security_event(data, case.case_id, case.opened_at, source=_SOURCE)


def card_lost(desk: Desk, lost: Card, replacement: Card) -> SecurityEvent:
    """A card is blocked for good, and `replacement` ordered: once for each of them."""
    data = CardLost(
        customer_id=lost.customer_id, card_id=lost.card_id, last4=lost.last4, how="reported in chat"
    )
    cause = f"{lost.customer_id}/{replacement.card_id}"
    return security_event(data, cause, desk.now, source=_SOURCE)


def tell_of_breach(desk: Desk, order: PaymentOrder, allowed: Money | None) -> None:
    """A payment above a limit was refused: told once a day for each kind of payment.

    The day is the customer's. Its first breach is the one that is told, at its own time.
    """
    data = LimitBreach(
        customer_id=order.customer_id,
        limit=str(order.kind),
        amount=_sum(order.amount),
        allowed=_sum(allowed) if allowed else None,
    )
    today = desk.speech.today
    cause = f"{order.customer_id}/{order.kind}/{today.isoformat()}"
    books = desk.books
    SecurityEvents(books.client, books.table, books.patience).record(
        security_event(data, cause, desk.now, source=_SOURCE),
        filed_at=datetime.combine(today, time.min, desk.speech.zone),
    )


def _sum(money: Money) -> Sum:
    return Sum(minor=money.minor, currency=money.currency)
