"""A customer's payments that have not gone out, and calling one back on a yes to just that one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from fulfillment.bank.consents import CANCEL_PAYMENT, Consent
from fulfillment.bank.holds import HoldRefusal, HoldRefused
from fulfillment.bank.pending_payments import PendingPayment, held_payments
from fulfillment.store.consents import read_consent, show_consent, use_consent
from fulfillment.store.history import open_holds
from fulfillment.store.holding import Answer, HoldDesk
from fulfillment.store.reading import Reader

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient


@dataclass(frozen=True, slots=True)
class CancelDesk:
    """Ends held payments for the customer who made them."""

    client: DynamoDBClient
    table: str
    holds: HoldDesk

    def pending(self, customer_id: str, account_ids: Iterable[str]) -> list[PendingPayment]:
        """The payments from these accounts that have not gone out, newest first."""
        reader = Reader(self.client, self.table)
        return held_payments(list(open_holds(reader, customer_id, account_ids)))

    def show(self, consent: Consent) -> None:
        """Store what a yes is asked for."""
        show_consent(self.client, self.table, consent)

    def shown(self, customer_id: str, consent_id: str, session_id: str) -> Consent | None:
        """What was shown to this customer in this session under that id, or None."""
        reader = Reader(self.client, self.table)
        return read_consent(reader, customer_id, consent_id, session_id)

    def cancel(self, consent: Consent, now: datetime) -> Answer:
        """Give a held payment of the customer's back, once; asking again answers the same.

        Somebody else's is answered as one that never was. Raises `BooksBusyError` as the holds do.
        """
        known = self.holds.find(consent.subject)
        is_theirs = known is not None and known.hold.customer_id == consent.customer_id
        if consent.act != CANCEL_PAYMENT or not is_theirs:
            return HoldRefused(HoldRefusal.UNKNOWN)
        return self.holds.release(consent.subject, now, [use_consent(self.table, consent, now)])
