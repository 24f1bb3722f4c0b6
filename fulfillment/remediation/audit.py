"""What watches is started again; a secret that was seen, or is too old, is turned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fulfillment.remediation.findings import Finding, Thing
from fulfillment.remediation.repair import Call, Clients, RefusedError, Repair, State


@dataclass(frozen=True, slots=True)
class StartTrail:
    """A trail that was stopped logs again."""

    client: Any
    trail: str
    action: str = "start the trail again"

    def look(self) -> State:
        return {"logs": self.client.get_trail_status(Name=self.trail)["IsLogging"]}

    def is_well(self, state: State) -> bool:
        return bool(state["logs"])

    def act(self, state: State) -> None:  # noqa: ARG002
        self.client.start_logging(Name=self.trail)

    def undo(self, state: State) -> list[Call]:  # noqa: ARG002
        return [Call("cloudtrail", "stop_logging", {"Name": self.trail})]


@dataclass(frozen=True, slots=True)
class StartRecorder:
    """Config's recorder records again."""

    client: Any
    recorder: str
    action: str = "start the recorder again"

    def look(self) -> State:
        found = self.client.describe_configuration_recorder_status(
            ConfigurationRecorderNames=[self.recorder]
        )
        return {"records": found["ConfigurationRecordersStatus"][0]["recording"]}

    def is_well(self, state: State) -> bool:
        return bool(state["records"])

    def act(self, state: State) -> None:  # noqa: ARG002
        self.client.start_configuration_recorder(ConfigurationRecorderName=self.recorder)

    def undo(self, state: State) -> list[Call]:  # noqa: ARG002
        wanted = {"ConfigurationRecorderName": self.recorder}
        return [Call("config", "stop_configuration_recorder", wanted)]


@dataclass(frozen=True, slots=True)
class TurnSecret:
    """A secret that turned since it was found is well; one that nothing can turn is refused."""

    client: Any
    secret: str
    found_at: datetime
    action: str = "turn the secret"

    def look(self) -> State:
        found = self.client.describe_secret(SecretId=self.secret)
        turned = found.get("LastRotatedDate")
        return {
            "can_turn": bool(found.get("RotationLambdaARN")),
            "turned_at": turned.isoformat() if turned else None,
        }

    def is_well(self, state: State) -> bool:
        turned = state["turned_at"]
        return turned is not None and datetime.fromisoformat(turned) >= self.found_at

    def act(self, state: State) -> None:
        if not state["can_turn"]:
            raise RefusedError("no function turns this secret: its issuer has to")
        self.client.rotate_secret(SecretId=self.secret, RotateImmediately=True)

    def undo(self, state: State) -> list[Call]:  # noqa: ARG002
        return []  # the old one is the one that was seen


def repairs_of(finding: Finding, clients: Clients) -> list[Repair]:
    """The repair of what was stopped or seen."""
    if finding.thing is Thing.TRAIL:
        return [StartTrail(clients("cloudtrail"), finding.name)]
    if finding.thing is Thing.RECORDER:
        return [StartRecorder(clients("config"), finding.name)]
    if finding.thing is Thing.SECRET:
        return [TurnSecret(clients("secretsmanager"), finding.name, finding.found_at)]
    return []
