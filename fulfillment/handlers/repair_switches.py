"""The Lambda that an alarm calls to switch intents off."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from fulfillment.remediation import switches
from fulfillment.remediation.findings import Finding
from fulfillment.remediation.repair import Clients, Repair
from fulfillment.remediation.serving import RepairSettings, serve


class SwitchSettings(BaseModel):
    """Environment variables, by name: AppConfig's ids of the flags."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    application: str = Field(alias="SWITCHES_APPLICATION", min_length=1)
    environment: str = Field(alias="SWITCHES_ENVIRONMENT", min_length=1)
    profile: str = Field(alias="SWITCHES_PROFILE", min_length=1)
    strategy: str = Field(alias="SWITCHES_STRATEGY", min_length=1)


def handler(event: Mapping[str, Any], _context: Any) -> dict[str, int]:
    """One alarm that went off. A fault is raised, so that it comes again."""
    return serve(event, _repairs_of)


def _repairs_of(finding: Finding, clients: Clients, _settings: RepairSettings) -> list[Repair]:
    place = SwitchSettings.model_validate(dict(os.environ))
    return switches.repairs_of(
        finding,
        clients,
        switches.Place(place.application, place.environment, place.profile, place.strategy),
    )
