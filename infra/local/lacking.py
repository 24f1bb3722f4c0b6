"""What the template asks for and the embedded AWS keeps without doing it, told at start.

The facts are those of the pinned emulator, looked up in its code; a test fails when the pin moves,
so that they are looked up again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

CHECKED_ON = "1.5.33"
"""The emulator's version of which the sentences below are true."""
_Properties = Mapping[str, Any]
_LACKS: tuple[tuple[str, Callable[[_Properties], bool], str], ...] = (
    (
        "AWS::DynamoDB::Table",
        lambda table: "TimeToLiveSpecification" in table,
        "items past their time go without a record in the stream",
    ),
    (
        "AWS::DynamoDB::Table",
        lambda table: "PointInTimeRecoverySpecification" in table,
        "a table is restored as it is now, whatever instant is asked for",
    ),
    (
        "AWS::Lambda::Function",
        lambda function: {"Architectures", "Runtime"} <= set(function),
        "functions run on this machine's Python and processor, not on the runtime they name",
    ),
    (
        "AWS::Lambda::EventSourceMapping",
        lambda mapping: "BisectBatchOnFunctionError" in mapping,
        "its own stream mapping loses records: `teller run` polls the stream instead",
    ),
    (
        "AWS::S3::Bucket",
        lambda bucket: "LifecycleConfiguration" in bucket,
        "files in buckets do not expire; their links do",
    ),
    (
        "AWS::ApiGatewayV2::Stage",
        lambda stage: "DefaultRouteSettings" in stage,
        "APIs do not throttle; the channel's own limits hold",
    ),
    (
        "AWS::CloudWatch::Alarm",
        lambda alarm: "AlarmActions" not in alarm,
        "no metric is made of log lines, and an alarm calls nobody",
    ),
)


def lacking(template: Mapping[str, Any]) -> list[str]:
    """The sentences that are about something in `template`, each once."""
    resources = [(one["Type"], one.get("Properties", {})) for one in template["Resources"].values()]
    return [
        said
        for kind, asks, said in _LACKS
        if any(found == kind and asks(properties) for found, properties in resources)
    ]


def only_on_aws(counted: Mapping[str, Mapping[str, int]], template: Mapping[str, Any]) -> list[str]:
    """Services of the AWS stacks, `counted` by stack and type, that `template` has none of."""
    here = {_service(one["Type"]) for one in template["Resources"].values()}
    there = {_service(kind) for types in counted.values() for kind in types}
    return sorted(there - here)


def _service(kind: str) -> str:
    return kind.split("::")[1]


def told(template: str, counted: str) -> list[str]:
    """Both, from the files' texts, as `teller run` prints them."""
    described, stacks = json.loads(template), json.loads(counted)
    services = ", ".join(only_on_aws(stacks, described))
    return [
        "Not here as on AWS (docs/aws.md):",
        *(f"  - {sentence}" for sentence in lacking(described)),
        f"  - in the AWS stacks alone: {services}",
    ]
