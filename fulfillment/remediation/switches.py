"""The kill switch that an alarm throws: intents go off, and stay off until a person says otherwise.

A wrong "off" costs customers a wait, a wrong "on" may cost them money; so an alarm may only switch
off, and its end switches nothing on. Flags that are there already are kept as they are, whoever set
them. `ALWAYS_ON` intents, the ways out of a conversation, are never touched.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from fulfillment.remediation.findings import Finding, Thing
from fulfillment.remediation.repair import Call, Clients, Repair, State
from fulfillment.switches import ALWAYS_ON

MOVES_MONEY: Final = frozenset(
    {"SendMoney", "TransferMoney", "SchedulePayment", "ChangeScheduledPayment", "PayCreditCard",
     "ApplyForLoan", "CloseAccount"}
)  # fmt: skip
"""Intents after whose last "yes" the ledger has another figure."""
NEW_WAYS_OUT: Final = frozenset({"AddPayee", "SchedulePayment"})
"""By which money finds a way that it has not gone before."""
CAN_WAIT: Final = frozenset(
    {"GetOffers", "ExplainOffer", "EstimateLoan", "ExploreInvesting", "ApplyForLoan", "OpenAccount",
     "ForecastBalance", "FindUnusualActivity", "SetBudget", "SetSavingsGoal"}
)  # fmt: skip
"""What nobody needs today."""

THROWN_BY: Final[Mapping[str, frozenset[str]]] = {
    # The books disagree with themselves: nothing is added to them until somebody has looked.
    "teller-ledger-out-of-balance": MOVES_MONEY,
    # Judged by the copy in the function alone: what is known goes on, what is new waits.
    "teller-fraud-endpoint-fails": NEW_WAYS_OUT,
    # Turns fail: what can wait makes room, and spares customers a task that breaks off.
    "teller-turns-burn-fast": CAN_WAIT,
    "teller-month-is-overspent": CAN_WAIT,
}
"""By the alarm's name: the intents that it switches off."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the flags are kept: ids of AppConfig."""

    application: str
    environment: str
    profile: str
    strategy: str


@dataclass(frozen=True, slots=True)
class SwitchOff:
    """Deploys the flags as they are with some intents off."""

    client: Any
    place: Place
    intents: frozenset[str]

    @property
    def action(self) -> str:
        return f"switch off {', '.join(sorted(self.intents))}"

    def look(self) -> State:
        """The flags that were deployed last, by the version that holds them."""
        deployed = self.client.list_deployments(
            ApplicationId=self.place.application, EnvironmentId=self.place.environment, MaxResults=1
        )["Items"]
        if not deployed:
            return {"version": None, "flags": {}}
        version = int(deployed[0]["ConfigurationVersion"])
        kept = self.client.get_hosted_configuration_version(
            ApplicationId=self.place.application,
            ConfigurationProfileId=self.place.profile,
            VersionNumber=version,
        )
        return {"version": version, "flags": json.loads(kept["Content"].read() or b"{}")}

    def is_well(self, state: State) -> bool:
        return all(_is_off(state["flags"].get(intent)) for intent in self.intents)

    def act(self, state: State) -> None:
        """May raise botocore's `ConflictException` when somebody deploys flags at this moment."""
        off = {intent: {"default": False} for intent in sorted(self.intents - ALWAYS_ON)}
        made = self.client.create_hosted_configuration_version(
            ApplicationId=self.place.application,
            ConfigurationProfileId=self.place.profile,
            Content=json.dumps(state["flags"] | off, sort_keys=True).encode(),
            ContentType="application/json",
            Description=f"thrown by an alarm; {state['version']} was before it",
        )
        self.client.start_deployment(**self._deployment(made["VersionNumber"]))

    def undo(self, state: State) -> list[Call]:
        if state["version"] is None:
            return []  # nothing was ever deployed that could be deployed again
        return [Call("appconfig", "start_deployment", self._deployment(state["version"]))]

    def _deployment(self, version: int) -> dict[str, str]:
        return {
            "ApplicationId": self.place.application,
            "EnvironmentId": self.place.environment,
            "ConfigurationProfileId": self.place.profile,
            "DeploymentStrategyId": self.place.strategy,
            "ConfigurationVersion": str(version),
        }


def _is_off(flag: Mapping[str, Any] | None) -> bool:
    """Off for everybody: a flag with rules may still let some in."""
    return flag is not None and flag.get("default") is False and not flag.get("rules")


def repairs_of(finding: Finding, clients: Clients, place: Place) -> list[Repair]:
    """The switch that an alarm throws; one of no list throws none."""
    intents = THROWN_BY.get(finding.name)
    if finding.thing is not Thing.SWITCHES or intents is None:
        return []
    return [SwitchOff(clients("appconfig"), place, intents)]
