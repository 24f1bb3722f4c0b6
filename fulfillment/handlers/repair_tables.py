"""The Lambda that gives a table back what keeps it from being lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fulfillment.remediation import tables
from fulfillment.remediation.findings import Finding
from fulfillment.remediation.repair import Clients, Repair
from fulfillment.remediation.serving import RepairSettings, serve


def handler(event: Mapping[str, Any], _context: Any) -> dict[str, int]:
    """One event of EventBridge. A fault is raised, so that it comes again."""
    return serve(event, _repairs_of)


def _repairs_of(finding: Finding, clients: Clients, settings: RepairSettings) -> list[Repair]:
    return tables.repairs_of(finding, clients, settings.table_name, settings.key_arn)
