"""What is open to the world: security groups, a table's policy, a function's address."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fulfillment.remediation.findings import Finding, Thing
from fulfillment.remediation.repair import Call, Clients, Repair, State, if_there

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


def repairs_of(finding: Finding, clients: Clients, account: str, region: str) -> list[Repair]:
    """The repair of what is exposed."""
    if finding.thing is Thing.SECURITY_GROUP:
        return [CloseGroup(clients("ec2"), finding.name)]
    if finding.thing is Thing.TABLE:
        arn = f"arn:aws:dynamodb:{region}:{account}:table/{finding.name}"
        return [ClosePolicy(clients("dynamodb"), arn)]
    if finding.thing is Thing.FUNCTION:
        return [ProtectAddress(clients("lambda"), finding.name)]
    return []
