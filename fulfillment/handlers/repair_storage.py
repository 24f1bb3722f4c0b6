"""The Lambda that closes and encrypts buckets, and what lies in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fulfillment.remediation import storage
from fulfillment.remediation.findings import Finding
from fulfillment.remediation.repair import Clients, Repair
from fulfillment.remediation.serving import RepairSettings, serve


def handler(event: Mapping[str, Any], _context: Any) -> dict[str, int]:
    """One event of EventBridge. A fault is raised, so that it comes again."""
    return serve(event, _repairs_of)


def _repairs_of(finding: Finding, clients: Clients, settings: RepairSettings) -> list[Repair]:
    return storage.repairs_of(finding, clients, settings.account, settings.key_arn)
