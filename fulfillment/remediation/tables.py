"""A table that holds money: it can go back in time, cannot be deleted, and has the bank's key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fulfillment.remediation.findings import Finding, Thing
from fulfillment.remediation.repair import Call, Clients, Repair, State

_OWN_KEY = ("ENABLED", "ENABLING", "UPDATING")


@dataclass(frozen=True, slots=True)
class LetGoBack:
    """Point-in-time recovery. What was lost while it was off stays lost."""

    client: Any
    table: str
    action: str = "let the table go back in time"

    def look(self) -> State:
        found = self.client.describe_continuous_backups(TableName=self.table)
        recovery = found["ContinuousBackupsDescription"].get("PointInTimeRecoveryDescription", {})
        return {"recovery": recovery.get("PointInTimeRecoveryStatus", "DISABLED")}

    def is_well(self, state: State) -> bool:
        return bool(state["recovery"] == "ENABLED")

    def act(self, state: State) -> None:  # noqa: ARG002
        self.client.update_continuous_backups(**self._wanted(on=True))

    def undo(self, state: State) -> list[Call]:  # noqa: ARG002
        return [Call("dynamodb", "update_continuous_backups", self._wanted(on=False))]

    def _wanted(self, *, on: bool) -> dict[str, Any]:
        wanted = {"PointInTimeRecoveryEnabled": on}
        return {"TableName": self.table, "PointInTimeRecoverySpecification": wanted}


@dataclass(frozen=True, slots=True)
class ProtectTable:
    """Nobody deletes it in one call."""

    client: Any
    table: str
    action: str = "protect the table from being deleted"

    def look(self) -> State:
        found = self.client.describe_table(TableName=self.table)["Table"]
        return {"protected": bool(found.get("DeletionProtectionEnabled"))}

    def is_well(self, state: State) -> bool:
        return bool(state["protected"])

    def act(self, state: State) -> None:  # noqa: ARG002
        self.client.update_table(TableName=self.table, DeletionProtectionEnabled=True)

    def undo(self, state: State) -> list[Call]:  # noqa: ARG002
        wanted = {"TableName": self.table, "DeletionProtectionEnabled": False}
        return [Call("dynamodb", "update_table", wanted)]


@dataclass(frozen=True, slots=True)
class EncryptTable:
    """A customer key; a table that has one keeps it."""

    client: Any
    table: str
    key_arn: str
    action: str = "encrypt the table under the bank's key"

    def look(self) -> State:
        found = self.client.describe_table(TableName=self.table)["Table"]
        kept = found.get("SSEDescription", {})
        return {"status": kept.get("Status"), "key": kept.get("KMSMasterKeyArn")}

    def is_well(self, state: State) -> bool:
        return state["status"] in _OWN_KEY and bool(state["key"])

    def act(self, state: State) -> None:  # noqa: ARG002
        wanted = {"Enabled": True, "SSEType": "KMS", "KMSMasterKeyId": self.key_arn}
        self.client.update_table(TableName=self.table, SSESpecification=wanted)

    def undo(self, state: State) -> list[Call]:  # noqa: ARG002
        wanted = {"TableName": self.table, "SSESpecification": {"Enabled": False}}
        return [Call("dynamodb", "update_table", wanted)]


def table_repairs(client: Any, table: str, key_arn: str) -> list[Repair]:
    """All that a table has to have, in the order of what is lost first."""
    return [
        LetGoBack(client, table),
        ProtectTable(client, table),
        EncryptTable(client, table, key_arn),
    ]


def repairs_of(finding: Finding, clients: Clients, ledger: str, key_arn: str) -> list[Repair]:
    """What the ledger's table lacks is given back, all of it, whatever was found.

    Another table is another's: that of open chats forgets on purpose.
    """
    if finding.thing is not Thing.TABLE or finding.name != ledger:
        return []
    return table_repairs(clients("dynamodb"), finding.name, key_arn)
