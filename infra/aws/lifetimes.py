"""Cuts the core template in two: what holds data, and what can be made anew any day.

The local bank is one stack, since it is born and dies as one. On AWS a table must not share the
fate of a function, so stateful resources get a stack of their own and the rest imports from it.
"""

from __future__ import annotations

import copy
from typing import Any

from infra.aws.template import Json, Resources, export_name, of_type, references, with_imports

STATEFUL = frozenset(
    {
        "AWS::DynamoDB::Table",
        "AWS::KMS::Key",
        "AWS::S3::Bucket",
        "AWS::SecretsManager::Secret",
        "AWS::Cognito::UserPool",
    }
)
_OF_ONE_BUNDLE = {"CodeBucket", "FulfillmentCodeKey"}
_REHEARSALS = "TELLER_CLOCK"
"""Fixes the bank's clock on a laptop. On AWS nobody may."""


def is_stateful(resource: Json) -> bool:
    """Whether losing the resource would lose something that nobody can make again."""
    return resource["Type"] in STATEFUL


def cut(core: Json) -> tuple[Json, Json]:
    """The data template and the assistant's. The first exports all that the second asks for."""
    kept = {name: one for name, one in core["Resources"].items() if is_stateful(one)}
    rest = {name: one for name, one in core["Resources"].items() if not is_stateful(one)}
    asked = sorted(
        {found for found in references([rest, core.get("Outputs", {})]) if found[0] in kept},
        key=str,
    )
    data: Json = {
        "AWSTemplateFormatVersion": core["AWSTemplateFormatVersion"],
        "Resources": kept,
        "Outputs": {_output(*one): _export(*one) for one in asked},
    }
    assistant: Json = {
        "AWSTemplateFormatVersion": core["AWSTemplateFormatVersion"],
        "Parameters": {
            name: one for name, one in core["Parameters"].items() if name not in _OF_ONE_BUNDLE
        },
        "Conditions": core["Conditions"],
        "Resources": with_imports(_on_real_time(rest), kept.__contains__),
    }
    return data, assistant


def _on_real_time(resources: Resources) -> Resources:
    made = copy.deepcopy(resources)
    for _, function in of_type(made, "AWS::Lambda::Function"):
        variables = function["Properties"].get("Environment", {}).get("Variables", {})
        variables.pop(_REHEARSALS, None)
    return made


def _output(name: str, attribute: str | None) -> str:
    return name + (attribute or "Ref").replace(".", "")


def _export(name: str, attribute: str | None) -> Json:
    value: Any = {"Fn::GetAtt": [name, attribute]} if attribute else {"Ref": name}
    return {"Value": value, "Export": {"Name": export_name(name, attribute)}}
