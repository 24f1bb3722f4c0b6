"""What is open to the world: security groups, a table's policy, a function's address.

And a function that does what no code of ours does: it is stopped, unless customers wait for it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fulfillment.remediation.findings import Finding, Thing
from fulfillment.remediation.repair import Call, Clients, RefusedError, Repair, State, if_there

_WORLD = ("0.0.0.0/0", "::/0")
_MAY_BE_OPEN = {443}
"""Ports that a public service answers on."""


@dataclass(frozen=True, slots=True)
class CloseGroup:
    """Takes back every rule that lets the world in, but to HTTPS alone."""

    client: Any
    group: str
    action: str = "close the security group to the world"

    def look(self) -> State:
        found = self.client.describe_security_groups(GroupIds=[self.group])
        permissions = found["SecurityGroups"][0]["IpPermissions"]
        return {"open": [one for p in permissions if (one := _world_part(p))]}

    def is_well(self, state: State) -> bool:
        return not state["open"]

    def act(self, state: State) -> None:
        self.client.revoke_security_group_ingress(GroupId=self.group, IpPermissions=state["open"])

    def undo(self, state: State) -> list[Call]:
        wanted = {"GroupId": self.group, "IpPermissions": state["open"]}
        return [Call("ec2", "authorize_security_group_ingress", wanted)]


def _world_part(permission: Mapping[str, Any]) -> State | None:
    """The part of a permission that lets the world in to more than it may; None without one."""
    ports = permission.get("FromPort"), permission.get("ToPort")
    if ports[0] == ports[1] and ports[0] in _MAY_BE_OPEN:
        return None
    v4 = [r for r in permission.get("IpRanges", ()) if r["CidrIp"] in _WORLD]
    v6 = [r for r in permission.get("Ipv6Ranges", ()) if r["CidrIpv6"] in _WORLD]
    if not v4 and not v6:
        return None
    part = {k: permission[k] for k in ("IpProtocol", "FromPort", "ToPort") if k in permission}
    return part | ({"IpRanges": v4} if v4 else {}) | ({"Ipv6Ranges": v6} if v6 else {})


@dataclass(frozen=True, slots=True)
class ClosePolicy:
    """Takes a table's resource policy away if it lets anybody in."""

    client: Any
    table_arn: str
    action: str = "take away the table's public policy"

    def look(self) -> State:
        found = if_there(
            self.client.get_resource_policy,
            "PolicyNotFoundException",
            ResourceArn=self.table_arn,
        )
        return {"policy": found["Policy"] if found else None}

    def is_well(self, state: State) -> bool:
        return state["policy"] is None or not is_public(json.loads(state["policy"]))

    def act(self, state: State) -> None:  # noqa: ARG002
        self.client.delete_resource_policy(ResourceArn=self.table_arn)

    def undo(self, state: State) -> list[Call]:
        wanted = {"ResourceArn": self.table_arn, "Policy": state["policy"]}
        return [Call("dynamodb", "put_resource_policy", wanted)]


def is_public(policy: Mapping[str, Any]) -> bool:
    """Whether a statement allows anybody something, without a condition."""
    statements = policy["Statement"]
    for one in statements if isinstance(statements, list) else [statements]:
        who = one.get("Principal")
        anybody = who == "*" or (isinstance(who, Mapping) and "*" in _listed(who.get("AWS")))
        if one["Effect"] == "Allow" and anybody and not one.get("Condition"):
            return True
    return False


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


@dataclass(frozen=True, slots=True)
class ClosePermissions:
    """Takes back every permission by which anybody may run a function."""

    client: Any
    function: str
    action: str = "take back what lets anybody run the function"

    def look(self) -> State:
        found = if_there(
            self.client.get_policy, "ResourceNotFoundException", FunctionName=self.function
        )
        statements = json.loads(found["Policy"])["Statement"] if found else []
        return {"open": [one for one in statements if is_public({"Statement": [one]})]}

    def is_well(self, state: State) -> bool:
        return not state["open"]

    def act(self, state: State) -> None:
        for one in state["open"]:
            self.client.remove_permission(FunctionName=self.function, StatementId=one["Sid"])

    def undo(self, state: State) -> list[Call]:
        return [
            Call("lambda", "add_permission",
                 {"FunctionName": self.function, "StatementId": one["Sid"],
                  "Action": one["Action"], "Principal": "*"})
            for one in state["open"]
        ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class ProtectAddress:
    """A function's URL asks for a signature; one without a URL is well."""

    client: Any
    function: str
    action: str = "ask for a signature at the function's URL"

    def look(self) -> State:
        found = if_there(
            self.client.get_function_url_config,
            "ResourceNotFoundException",
            FunctionName=self.function,
        )
        return {"auth": found["AuthType"] if found else None}

    def is_well(self, state: State) -> bool:
        return bool(state["auth"] != "NONE")

    def act(self, state: State) -> None:  # noqa: ARG002
        self.client.update_function_url_config(FunctionName=self.function, AuthType="AWS_IAM")

    def undo(self, state: State) -> list[Call]:
        wanted = {"FunctionName": self.function, "AuthType": state["auth"]}
        return [Call("lambda", "update_function_url_config", wanted)]


_WAITED_FOR = ("teller-fulfillment", "teller-chat-", "teller-repair-")
"""Beginnings of the names of functions that are not stopped by themselves: customers wait for them,
or they repair. A finding that can be caused from outside must not close the bank."""


@dataclass(frozen=True, slots=True)
class StopFunction:
    """Nothing of it runs any more; what it is sent waits, or ends in its dead letters."""

    client: Any
    function: str
    action: str = "stop the function"

    def look(self) -> State:
        found = self.client.get_function_concurrency(FunctionName=self.function)
        return {"reserved": found.get("ReservedConcurrentExecutions")}

    def is_well(self, state: State) -> bool:
        return bool(state["reserved"] == 0)

    def act(self, state: State) -> None:  # noqa: ARG002
        if self.function.startswith(_WAITED_FOR):
            raise RefusedError("customers wait for it: a person stops it, or deploys it anew")
        self.client.put_function_concurrency(
            FunctionName=self.function, ReservedConcurrentExecutions=0
        )

    def undo(self, state: State) -> list[Call]:
        if state["reserved"] is None:
            wanted = {"FunctionName": self.function}
            return [Call("lambda", "delete_function_concurrency", wanted)]
        wanted = {"FunctionName": self.function, "ReservedConcurrentExecutions": state["reserved"]}
        return [Call("lambda", "put_function_concurrency", wanted)]


def repairs_of(finding: Finding, clients: Clients, account: str, region: str) -> list[Repair]:
    """The repair of what is exposed, or is somebody else's by now."""
    if finding.thing is Thing.SECURITY_GROUP:
        return [CloseGroup(clients("ec2"), finding.name)]
    if finding.thing is Thing.TABLE:
        arn = f"arn:aws:dynamodb:{region}:{account}:table/{finding.name}"
        return [ClosePolicy(clients("dynamodb"), arn)]
    if finding.thing is Thing.FUNCTION and finding.source == "guardduty":
        return [StopFunction(clients("lambda"), finding.name)]
    if finding.thing is Thing.FUNCTION:
        client = clients("lambda")
        return [ProtectAddress(client, finding.name), ClosePermissions(client, finding.name)]
    return []
