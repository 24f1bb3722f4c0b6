"""A yes to one act on one thing, shown first and stored: good once, for five minutes."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from fulfillment.bank.rules import QUOTE_LIFETIME

CANCEL_PAYMENT = "cancel_payment"


@dataclass(frozen=True, slots=True)
class Consent:
    """What a customer is asked for: `act` on `subject`, an id. The figures shown are the subject's
    own, which never change."""

    consent_id: str
    customer_id: str
    session_id: str
    act: str
    subject: str
    created_at: datetime

    @property
    def expires_at(self) -> datetime:
        return self.created_at + QUOTE_LIFETIME

    @property
    def digest(self) -> str:
        """What the customer confirms, as one SHA-256."""
        parts = (self.act, self.customer_id, self.subject)
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
