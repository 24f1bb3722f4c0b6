"""The Lambda that takes a compromised user's ways in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any

from fulfillment.remediation import identity
from fulfillment.remediation.findings import Finding
from fulfillment.remediation.hourly import Hourly
from fulfillment.remediation.repair import Clients, Repair
from fulfillment.remediation.serving import RepairSettings, serve


def handler(event: Mapping[str, Any], _context: Any) -> dict[str, int]:
    """One event of EventBridge. A fault is raised, so that it comes again."""
    return serve(event, _repairs_of)


def _repairs_of(finding: Finding, clients: Clients, settings: RepairSettings) -> list[Repair]:
    hourly = Hourly(clients("dynamodb"), settings.table_name, partial(datetime.now, UTC))
    return identity.repairs_of(finding, clients, hourly)
