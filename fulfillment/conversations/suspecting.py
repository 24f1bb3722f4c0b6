"""What an analyst is told of a payment that was held or blocked: figures, reasons and causes."""

from __future__ import annotations

from datetime import datetime

from fulfillment.alerts.events import SecurityEvent, Sum, SuspectedFraud, security_event
from fulfillment.bank.payments import PaymentOrder
from fulfillment.fraud.assessing import Assessment
from fulfillment.fraud.evidence import evidence_of
from fulfillment.fraud.policy.model import Decision


def suspicion(
    order: PaymentOrder, assessment: Assessment, at: datetime, held_until: datetime | None
) -> SecurityEvent:
    """The event of a payment, the same one for the same payment."""
    data = SuspectedFraud(
        customer_id=order.customer_id,
        payment_id=assessment.payment_id,
        decision="hold" if assessment.decision is Decision.HOLD else "block",
        amount=Sum(minor=order.amount.minor, currency=order.amount.currency),
        payee=order.destination_name,
        held_until=held_until,
        **evidence_of(assessment),
    )
    return security_event(data, assessment.payment_id, at, source="payments")
