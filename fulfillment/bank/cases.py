"""A case: something a person at the bank has to look at, opened for a customer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class CaseStatus(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class CaseKind(StrEnum):
    CONVERSATION = "conversation"
    DISPUTE = "dispute"
    SCAM_REPORT = "scam_report"
    COMPLAINT = "complaint"
    SERVICE_REQUEST = "service_request"


@dataclass(frozen=True, slots=True)
class Case:
    """`summary` is what the customer wants, for the person who takes the case. `opened_at`: UTC.

    `subject` is the kind of thing in one machine word ("close_account", "not_mine"), `about` the
    id of what it concerns (a posting, a card), `due` the day by which the bank has to answer, and
    `packet` what is handed over with it, as JSON.
    """

    case_id: str
    customer_id: str
    kind: CaseKind
    summary: str
    opened_at: datetime
    status: CaseStatus = CaseStatus.OPEN
    subject: str = ""
    about: str | None = None
    due: date | None = None
    packet: str | None = None
