"""Events as the bank would publish them."""

from __future__ import annotations

from datetime import UTC, datetime

from fulfillment.alerts.events import (
    CardLost,
    Data,
    HandOffWanted,
    LimitBreach,
    Lockout,
    ModelDrift,
    ModelTrained,
    Remediation,
    ScamReported,
    SecurityEvent,
    Sum,
    SuspectedFraud,
    Why,
    security_event,
)

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


def held(payment_id: str = "p-1", minor: int = 600_00, **more: object) -> SuspectedFraud:
    """A held payment of Amelia's to Anna."""
    given: dict[str, object] = {
        "customer_id": "amelia",
        "payment_id": payment_id,
        "decision": "hold",
        "amount": Sum(minor=minor, currency="USD"),
        "payee": "Anna Kowalska",
        "device": "new phone",
        "score": 0.83,
        "reasons": (Why(code="new_payee", text="first payment to this payee"),),
        "causes": ("the amount is 9 times the usual",),
        **more,
    }
    return SuspectedFraud.model_validate(given)


ONE_OF_EACH: tuple[Data, ...] = (
    held(),
    ScamReported(customer_id="amelia", case_id="c-1", subject="scam"),
    CardLost(customer_id="amelia", card_id="k-1", last4="4821", how="stolen"),
    Lockout(customer_id="amelia", session="ab12", what="codes_locked_out"),
    LimitBreach(customer_id="amelia", limit="per_day", amount=Sum(minor=900_000, currency="USD")),
    HandOffWanted(customer_id="amelia", case_id="c-2", summary="wants to talk to a person"),
    Remediation(finding="public bucket", resource="teller-logs", action="made private", done=True),
    ModelDrift(model="teller-fraud", measure="psi", value=0.31, threshold=0.2),
    ModelTrained(model="teller-fraud", outcome="below_the_gate", broken=("auc_roc",), why="0.7"),
)


def event_of(data: Data, cause: str = "cause") -> SecurityEvent:
    return security_event(data, cause, NOW, source="tests")
