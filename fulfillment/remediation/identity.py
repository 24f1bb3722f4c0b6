"""A compromised user: every way in is taken, nothing is deleted that tells what happened."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import partial
from typing import Any

from fulfillment.remediation.findings import Finding, Thing
from fulfillment.remediation.hourly import Hourly, counted
from fulfillment.remediation.repair import Call, Clients, RefusedError, Repair, State, if_there

POLICY = "TellerQuarantine"
_NOTHING = {
    "Version": "2012-10-17",
    "Statement": [{"Sid": "Quarantine", "Effect": "Deny", "Action": "*", "Resource": "*"}],
}


_GONE = "NoSuchEntity"


@dataclass(frozen=True, slots=True)
class DenyAll:
    """First of all a deny: it holds at once, also for sessions made from the user's keys."""

    client: Any
    user: str
    action: str = "deny the user everything"

    def look(self) -> State:
        found = if_there(self.client.get_user_policy, _GONE, UserName=self.user, PolicyName=POLICY)
        if found is None:
            return {"policy": None}
        document = found["PolicyDocument"]
        return {"policy": json.loads(document) if isinstance(document, str) else document}

    def is_well(self, state: State) -> bool:
        return bool(state["policy"] == _NOTHING)

    def act(self, state: State) -> None:  # noqa: ARG002
        denied = {"UserName": self.user, "PolicyName": POLICY}
        put = self.client.put_user_policy
        if if_there(put, _GONE, **denied, PolicyDocument=json.dumps(_NOTHING)) is None:
            raise RefusedError("there is no such user any more")

    def undo(self, state: State) -> list[Call]:  # noqa: ARG002
        return [Call("iam", "delete_user_policy", {"UserName": self.user, "PolicyName": POLICY})]


@dataclass(frozen=True, slots=True)
class DisableKeys:
    """All access keys, not the one that was seen: who has one often has the other."""

    client: Any
    user: str
    action: str = "disable the user's access keys"

    def look(self) -> State:
        return dict(if_there(self._keys, _GONE) or {"keys": {}})

    def _keys(self) -> State:
        pages = self.client.get_paginator("list_access_keys").paginate(UserName=self.user)
        keys = [key for page in pages for key in page["AccessKeyMetadata"]]
        return {"keys": {key["AccessKeyId"]: key["Status"] for key in keys}}

    def is_well(self, state: State) -> bool:
        return all(status == "Inactive" for status in state["keys"].values())

    def act(self, state: State) -> None:
        self._set(state, "Inactive")

    def undo(self, state: State) -> list[Call]:
        return [
            Call("iam", "update_access_key",
                 {"UserName": self.user, "AccessKeyId": key, "Status": "Active"})
            for key, status in state["keys"].items()
            if status == "Active"
        ]  # fmt: skip

    def _set(self, state: State, wanted: str) -> None:
        for key, status in state["keys"].items():
            if status != wanted:
                self.client.update_access_key(UserName=self.user, AccessKeyId=key, Status=wanted)


@dataclass(frozen=True, slots=True)
class RemovePassword:
    """The console's password. IAM cannot disable one, so it goes, and cannot come back."""

    client: Any
    user: str
    action: str = "take the user's console password"

    def look(self) -> State:
        found = if_there(self.client.get_login_profile, _GONE, UserName=self.user)
        return {"has_password": found is not None}

    def is_well(self, state: State) -> bool:
        return not state["has_password"]

    def act(self, state: State) -> None:  # noqa: ARG002
        self.client.delete_login_profile(UserName=self.user)

    def undo(self, state: State) -> list[Call]:  # noqa: ARG002
        return []


def repairs_of(finding: Finding, clients: Clients, hourly: Hourly) -> list[Repair]:
    """The deny first, since it holds whatever comes after it; all within the hour's places."""
    if finding.thing is not Thing.USER:
        return []
    client, user = clients("iam"), finding.name
    repairs: list[Repair] = [
        DenyAll(client, user),
        DisableKeys(client, user),
        RemovePassword(client, user),
    ]
    return counted(repairs, user, partial(_is_there, client, user), hourly)


def _is_there(client: Any, user: str) -> bool:
    return if_there(client.list_access_keys, _GONE, UserName=user, MaxItems=1) is not None
