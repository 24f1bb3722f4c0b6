"""A case: something a person at the bank has to look at, opened for a customer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class CaseStatus(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class CaseKind(StrEnum):
    CONVERSATION = "conversation"
    DISPUTE = "dispute"
    SCAM_REPORT = "scam_report"


@dataclass(frozen=True, slots=True)
class Case:
    """`summary` is what the customer wants, for the person who takes the case. `opened_at`: UTC."""

    case_id: str
    customer_id: str
    kind: CaseKind
    summary: str
    opened_at: datetime
    status: CaseStatus = CaseStatus.OPEN
