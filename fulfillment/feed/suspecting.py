"""A card payment that may not be the customer's: the event, the analysts' case and the question."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from fulfillment.alerts.case_desk import case_of
from fulfillment.alerts.desk_policy import DeskPolicy
from fulfillment.alerts.events import SecurityEvent, Sum, SuspectedFraud, security_event
from fulfillment.bank.analyst_cases import DeskCase, DeskState
from fulfillment.bank.bank_messages import BankMessage, BankMessageKind
from fulfillment.bank.books import Card, Customer
from fulfillment.feed.transaction import CardPurchase
from fulfillment.fraud.assessing import Assessment
from fulfillment.fraud.evidence import evidence_of


@dataclass(frozen=True, slots=True)
class Suspicion:
    """What is told to whom: `event` to the bank's people, `case` is on their desk already asked,
    `message` is the customer's.
    """

    event: SecurityEvent
    case: DeskCase
    message: BankMessage


def suspicion(
    sent: CardPurchase,
    card: Card,
    customer: Customer,
    assessment: Assessment,
    now: datetime,
    held_until: datetime | None,
    policy: DeskPolicy,
) -> Suspicion:
    """`held_until` says that the money waits; without it the payment was not let through."""
    event = security_event(
        _data(sent, card, assessment, held_until), sent.transfer_id, now, source="cards"
    )
    number = customer.messages + 1
    kind = BankMessageKind.CARD_WAS_IT_YOU if held_until else BankMessageKind.CARD_STOPPED
    message = BankMessage(
        customer.customer_id,
        number,
        now,
        kind,
        amount=sent.amount.money,
        to=sent.merchant,
        text=card.last4,
        payment_id=sent.transfer_id,
    )
    asked = replace(case_of(event, policy), state=DeskState.WAITING, asked=True, question=number)
    return Suspicion(event, asked, message)


def _data(
    sent: CardPurchase, card: Card, assessment: Assessment, held_until: datetime | None
) -> SuspectedFraud:
    return SuspectedFraud(
        customer_id=sent.customer,
        payment_id=sent.transfer_id,
        decision="hold" if held_until else "block",
        amount=Sum(minor=sent.amount.minor, currency=sent.amount.currency),
        merchant=sent.merchant,
        card_id=card.card_id,
        card_last4=card.last4,
        device=sent.device,
        held_until=held_until,
        **evidence_of(assessment),
    )
