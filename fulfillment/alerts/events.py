"""What the bank's security people are told: one typed, versioned envelope for every kind of event.

The envelope is CloudEvents 1.0 in its JSON form (https://cloudevents.io, structured mode), so that
whoever subscribes needs nothing of ours to read it. `docs/schemas/security-event.schema.json` is
generated from here. An event carries ids, figures and reasons; names are masked, and neither
numbers of accounts nor a customer's own words are in it.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from fulfillment.alerts.masking import MaskedName

VERSION = 1
"""Grows when a field changes its meaning or goes away; new fields with a default do not count."""
TYPE_PREFIX = "teller.security."
SCHEMA = "https://teller.example/schemas/security-event.schema.json"

Id = Annotated[str, Field(min_length=1, max_length=64)]


class SecurityEventKind(StrEnum):
    SUSPECTED_FRAUD = "suspected_fraud"
    SCAM_REPORTED = "scam_reported"
    CARD_LOST = "card_lost"
    LOCKOUT = "lockout"
    LIMIT_BREACH = "limit_breach"
    HAND_OFF = "hand_off"
    REMEDIATION = "remediation"
    MODEL_DRIFT = "model_drift"
    MODEL_TRAINED = "model_trained"


class Severity(StrEnum):
    """`low` is read in a digest, `medium` today, `high` now."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class _Data(BaseModel):
    # Built when the first event is, not at a cold start: most turns cause none.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Sum(_Data):
    """An amount in minor units of a currency."""

    minor: int
    currency: str = Field(pattern="^[A-Z]{3}$")


class Why(_Data):
    """A reason by its stable code, and the whole of it with its figures, for analysts alone."""

    code: str = Field(min_length=1, max_length=64)
    text: str = Field(min_length=1, max_length=300)


class SuspectedFraud(_Data):
    """A payment was held or blocked. `payment_id` is its hold's id, or its quote's if blocked.

    A card payment names its `merchant`, the `card_id` and the end of the card's number. `causes`
    are what raised the score most, in words. `held_until`: when a hold runs out.
    """

    kind: Literal[SecurityEventKind.SUSPECTED_FRAUD] = SecurityEventKind.SUSPECTED_FRAUD
    customer_id: Id
    payment_id: Id
    decision: Literal["hold", "block"]
    amount: Sum
    payee: MaskedName = ""
    device: str = Field(default="", max_length=80)
    score: float | None = Field(default=None, ge=0, le=1)
    judged_by: str = Field(default="", max_length=40)
    model_version: str | None = Field(default=None, max_length=64)
    policy_version: int | None = None
    reasons: tuple[Why, ...] = ()
    causes: tuple[str, ...] = ()
    held_until: AwareDatetime | None = None
    merchant: str = Field(default="", max_length=60)
    card_id: str | None = Field(default=None, max_length=64)
    card_last4: str = Field(default="", pattern="^([0-9]{4})?$")


class ScamReported(_Data):
    """The customer says that they were cheated, or are being."""

    kind: Literal[SecurityEventKind.SCAM_REPORTED] = SecurityEventKind.SCAM_REPORTED
    customer_id: Id
    case_id: Id
    subject: str = Field(default="", max_length=60)
    payment_id: Id | None = None
    amount: Sum | None = None


class CardLost(_Data):
    """The customer reports a card lost or stolen; it is blocked by then."""

    kind: Literal[SecurityEventKind.CARD_LOST] = SecurityEventKind.CARD_LOST
    customer_id: Id
    card_id: Id
    last4: str = Field(pattern="^[0-9]{4}$")
    how: str = Field(default="", max_length=40)


class Lockout(_Data):
    """Too many wrong codes. `session` is a digest, which only tells two sessions apart."""

    kind: Literal[SecurityEventKind.LOCKOUT] = SecurityEventKind.LOCKOUT
    customer_id: Id
    session: str = Field(default="", max_length=64)
    what: str = Field(default="", max_length=60)


class LimitBreach(_Data):
    """A payment was refused because it is above a limit."""

    kind: Literal[SecurityEventKind.LIMIT_BREACH] = SecurityEventKind.LIMIT_BREACH
    customer_id: Id
    limit: str = Field(max_length=60)
    amount: Sum
    allowed: Sum | None = None


class HandOffWanted(_Data):
    """A customer waits for a person. `summary` has no names, numbers of accounts or free text."""

    kind: Literal[SecurityEventKind.HAND_OFF] = SecurityEventKind.HAND_OFF
    customer_id: Id
    case_id: Id
    summary: str = Field(default="", max_length=400)
    task: str = Field(default="", max_length=60)
    locale: str = Field(default="", max_length=12)
    channel: str = Field(default="", max_length=20)


class Remediation(_Data):
    """A finding about the bank's own infrastructure, and what was done about it."""

    kind: Literal[SecurityEventKind.REMEDIATION] = SecurityEventKind.REMEDIATION
    finding: str = Field(max_length=120)
    resource: str = Field(max_length=200)
    action: str = Field(max_length=120)
    done: bool


class ModelDrift(_Data):
    """A model's world has changed: `value` of `measure` is past `threshold`."""

    kind: Literal[SecurityEventKind.MODEL_DRIFT] = SecurityEventKind.MODEL_DRIFT
    model: str = Field(max_length=60)
    model_version: str = Field(default="", max_length=64)
    measure: str = Field(max_length=60)
    value: float
    threshold: float


class ModelTrained(_Data):
    """A training is over: a model waits for a person's approval, or there is none, and `why`.

    `broken` are the figures below the gate (`models.fraud.gate`); `package` is the model's ARN in
    the registry.
    """

    kind: Literal[SecurityEventKind.MODEL_TRAINED] = SecurityEventKind.MODEL_TRAINED
    model: str = Field(max_length=60)
    model_version: str = Field(default="", max_length=64)
    outcome: Literal["awaits_approval", "below_the_gate", "failed"]
    data_set: str = Field(default="", max_length=64)
    broken: tuple[str, ...] = ()
    why: str = Field(default="", max_length=300)
    package: str = Field(default="", max_length=200)


Data = Annotated[
    SuspectedFraud
    | ScamReported
    | CardLost
    | Lockout
    | LimitBreach
    | HandOffWanted
    | Remediation
    | ModelDrift
    | ModelTrained,
    Field(discriminator="kind"),
]


class SecurityEvent(BaseModel):
    """One event. `subject` is the customer's id, or what else it is about; `time` is UTC."""

    model_config = ConfigDict(frozen=True, extra="ignore", defer_build=True)

    specversion: Literal["1.0"] = "1.0"
    id: str = Field(pattern="^[a-f0-9]{32}$")
    source: str = Field(min_length=1, max_length=120)
    type: str = Field(pattern=r"^teller\.security\.[a-z_]+\.v1$")
    subject: str = Field(min_length=1, max_length=200)
    time: AwareDatetime
    datacontenttype: Literal["application/json"] = "application/json"
    dataschema: str = SCHEMA
    severity: Severity
    data: Data

    @model_validator(mode="after")
    def type_says_the_kind(self) -> Self:
        if self.type != type_of(self.kind):
            raise ValueError("the type and the data are of two kinds")
        return self

    @property
    def kind(self) -> SecurityEventKind:
        return self.data.kind

    @property
    def customer_id(self) -> str | None:
        """Whose event it is, where it is a customer's."""
        found: str | None = getattr(self.data, "customer_id", None)
        return found

    def as_json(self) -> str:
        """The envelope on one line, as it is stored and sent."""
        return self.model_dump_json(exclude_none=True)


def type_of(kind: SecurityEventKind) -> str:
    return f"{TYPE_PREFIX}{kind}.v{VERSION}"


def event_id(kind: SecurityEventKind, cause: str) -> str:
    """The same for the same cause, so that an event told twice is known as one."""
    return hashlib.sha256(f"{kind}:{cause}".encode()).hexdigest()[:32]


SEVERITIES = {
    SecurityEventKind.SUSPECTED_FRAUD: Severity.HIGH,
    SecurityEventKind.SCAM_REPORTED: Severity.HIGH,
    SecurityEventKind.CARD_LOST: Severity.MEDIUM,
    SecurityEventKind.LOCKOUT: Severity.MEDIUM,
    SecurityEventKind.LIMIT_BREACH: Severity.LOW,
    SecurityEventKind.HAND_OFF: Severity.MEDIUM,
    SecurityEventKind.REMEDIATION: Severity.MEDIUM,
    SecurityEventKind.MODEL_DRIFT: Severity.LOW,
    SecurityEventKind.MODEL_TRAINED: Severity.MEDIUM,
}


def security_event(
    data: Data, cause: str, at: datetime, *, source: str, severity: Severity | None = None
) -> SecurityEvent:
    """The event of `data`. `cause` names what happened (a payment's id, a case's): one event each.

    `source` is the part of the bank that saw it, as in "payments". Raises pydantic's
    `ValidationError` for a time without a zone.
    """
    subject = getattr(data, "customer_id", None) or getattr(data, "resource", None) or source
    return SecurityEvent(
        id=event_id(data.kind, cause),
        source=f"teller/{source}",
        type=type_of(data.kind),
        subject=subject,
        time=at,
        severity=severity or SEVERITIES[data.kind],
        data=data,
    )


def json_schema() -> dict[str, Any]:
    """The envelope's JSON Schema (draft 2020-12)."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA,
        **SecurityEvent.model_json_schema(mode="serialization"),
    }
