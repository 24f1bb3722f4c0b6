"""What an analyst is told of a payment that was held or blocked: figures, reasons and causes."""

from __future__ import annotations

from datetime import datetime

from fulfillment.alerts.events import SecurityEvent, Sum, SuspectedFraud, Why, security_event
from fulfillment.bank.payments import PaymentOrder
from fulfillment.fraud.assessing import Assessment
from fulfillment.fraud.policy.model import Decision

_LONGEST = 300


def suspicion(
    order: PaymentOrder, assessment: Assessment, at: datetime, held_until: datetime | None
) -> SecurityEvent:
    """The event of a payment, the same one for the same payment."""
    said = (*assessment.reasons, *assessment.besides)
    data = SuspectedFraud(
        customer_id=order.customer_id,
        payment_id=assessment.payment_id,
        decision="hold" if assessment.decision is Decision.HOLD else "block",
        amount=Sum(minor=order.amount.minor, currency=order.amount.currency),
        payee=order.destination_name,
        score=assessment.score,
        judged_by=assessment.judged_by,
        model_version=assessment.model_version,
        policy_version=assessment.policy_version,
        reasons=tuple(Why(code=one.code, text=one.full[:_LONGEST]) for one in said),
        causes=tuple(cause.full for cause in assessment.causes),
        held_until=held_until,
    )
    return security_event(data, assessment.payment_id, at, source="payments")
