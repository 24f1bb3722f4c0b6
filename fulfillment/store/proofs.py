"""What proves who is speaking, in the bank's table: one door to sessions, codes and contacts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fulfillment.store import allowances, challenges, contacts, security_events
from fulfillment.store.sending import Patience
from fulfillment.store.sessions import Sessions

if TYPE_CHECKING:
    from datetime import timedelta

    from mypy_boto3_dynamodb.client import DynamoDBClient

    from fulfillment.store.allowances import Allowances
    from fulfillment.store.challenges import Challenges
    from fulfillment.store.contacts import Contacts
    from fulfillment.store.security_events import SecurityEvents


@dataclass(frozen=True, slots=True)
class Proofs:
    """`idle` and `absolute` are how long a verified session lasts."""

    client: DynamoDBClient
    table: str
    idle: timedelta
    absolute: timedelta
    patience: Patience = field(default_factory=Patience)

    @property
    def sessions(self) -> Sessions:
        return Sessions(self.client, self.table, self.idle, self.absolute)

    @property
    def challenges(self) -> Challenges:
        return challenges.Challenges(self.client, self.table, self.patience)

    @property
    def allowances(self) -> Allowances:
        return allowances.Allowances(self.client, self.table)

    @property
    def contacts(self) -> Contacts:
        return contacts.Contacts(self.client, self.table)

    @property
    def events(self) -> SecurityEvents:
        return security_events.SecurityEvents(self.client, self.table, self.patience)
