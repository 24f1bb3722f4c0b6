"""What the functions that repair share: settings, clients, evidence, and the way of an event."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import botocore.session
from aws_lambda_powertools import Logger
from botocore.config import Config
from pydantic import BaseModel, ConfigDict, Field

from fulfillment.remediation.findings import Finding, findings_of
from fulfillment.remediation.guard import Guard
from fulfillment.remediation.repair import Clients, Repair
from fulfillment.remediation.running import Remediator
from fulfillment.store.security_events import SecurityEvents
from fulfillment.store.sending import Patience

logger = Logger(service="remediation")

_CLIENT = Config(
    connect_timeout=2, read_timeout=10, retries={"mode": "standard", "total_max_attempts": 3}
)


class RepairSettings(BaseModel):
    """Environment variables of a function that repairs, by name. It is dry unless told not to be.

    `MAY_REPAIR` and `BREAK_GLASS` are beginnings of names, with commas between.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    table_name: str = Field(alias="TABLE_NAME", min_length=3)
    evidence_bucket: str = Field(alias="EVIDENCE_BUCKET", min_length=3)
    account: str = Field(alias="ACCOUNT_ID", pattern="^[0-9]{12}$")
    region: str = Field(alias="AWS_REGION", min_length=4)
    key_arn: str = Field(alias="LEDGER_KEY_ARN", min_length=10)
    may_repair: str = Field(alias="MAY_REPAIR", min_length=1)
    break_glass: str = Field(alias="BREAK_GLASS", min_length=1)
    dry_run: bool = Field(alias="DRY_RUN", default=True)

    @property
    def guard(self) -> Guard:
        return Guard(
            self.account,
            tuple(filter(None, self.may_repair.split(","))),
            tuple(filter(None, self.break_glass.split(","))),
        )


@dataclass(frozen=True, slots=True)
class BucketEvidence:
    """Evidence in a bucket whose objects are locked: twice is one more version."""

    client: Any
    bucket: str

    def keep(self, name: str, content: str) -> None:
        self.client.put_object(
            Bucket=self.bucket,
            Key=name,
            Body=content.encode(),
            ContentType="application/json",
            ChecksumAlgorithm="SHA256",
        )


RepairsOf = Callable[[Finding, Clients, RepairSettings], list[Repair]]


@cache
def client_of(service: str) -> Any:
    """A botocore client, made when it is first asked for."""
    return botocore.session.get_session().create_client(service, config=_CLIENT)


def serve(event: Mapping[str, Any], repairs_of: RepairsOf) -> dict[str, int]:
    """Deals with all findings of an event; how many repairs came to which end."""
    settings = RepairSettings.model_validate(dict(os.environ))
    remediator = Remediator(
        settings.guard,
        BucketEvidence(client_of("s3"), settings.evidence_bucket),
        SecurityEvents(client_of("dynamodb"), settings.table_name, Patience()),
        client_of("securityhub"),
        settings.dry_run,
    )
    ends: dict[str, int] = {}
    for finding in findings_of(event):
        for outcome in remediator.remediate(finding, repairs_of(finding, client_of, settings)):
            ends[outcome.result] = ends.get(outcome.result, 0) + 1
        # What and which, never an attacker's own words.
        logger.info("finding", extra={"what": finding.what, "thing": finding.thing, "ends": ends})
    return ends
