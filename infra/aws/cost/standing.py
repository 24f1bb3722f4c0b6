"""What stands in the templates and costs by the month, whoever talks: counted, not remembered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from infra.aws.template import Json, of_type

_EVERY = re.compile(r"rate\((\d+) (minute|hour|day)s?\)")
_MINUTES = {"minute": 1, "hour": 60, "day": 1440}
MINUTES_A_MONTH = 730 * 60
_BAND_METRICS = 3
"""An alarm on a band is charged as three metrics: the metric and both edges."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Counts of what is charged by the month. Memory is in GB.

    `endpoints` are the instances that each has at least; `trained_anew` the models that a state
    machine trains.
    `scheduled` are GB of memory and runs a month of each function that a schedule runs.
    `sockets`: whether customers reach the bank by a WebSocket API too.
    """

    keys: int
    secrets: int
    buckets: int
    functions: int
    alarm_metrics: int
    dashboards: int
    firewall_rules: int
    polled_queues: int
    insight_rules: int
    config_rules: int
    warm_gb: float
    endpoints: Mapping[str, int]
    trained_anew: int
    scheduled: tuple[tuple[float, float], ...]
    memory: Mapping[str, float]
    sockets: bool


def standing_of(templates: Iterable[Mapping[str, Any]]) -> Standing:
    """What is in all stacks of a stage. A schedule that is no `rate(...)` counts as once a day."""
    resources = dict(
        chain.from_iterable(
            ((f"{number}/{name}", one) for name, one in template["Resources"].items())
            for number, template in enumerate(templates)
        )
    )

    def count(*types: str) -> int:
        return sum(1 for _ in of_type(resources, *types))

    memory = _memory_of(resources)
    return Standing(
        keys=count("AWS::KMS::Key"),
        secrets=count("AWS::SecretsManager::Secret"),
        buckets=count("AWS::S3::Bucket"),
        functions=len(memory),
        alarm_metrics=sum(_metrics(one) for _, one in of_type(resources, "AWS::CloudWatch::Alarm")),
        dashboards=count("AWS::CloudWatch::Dashboard"),
        firewall_rules=sum(
            len(one["Properties"]["Rules"]) for _, one in of_type(resources, "AWS::WAFv2::WebACL")
        ),
        # A stream has a starting position, and reading it is free to Lambda; a queue is polled.
        polled_queues=sum(
            "StartingPosition" not in one["Properties"]
            for _, one in of_type(resources, "AWS::Lambda::EventSourceMapping")
        ),
        insight_rules=2 * _tables_and_indexes(resources),
        config_rules=count("AWS::Config::ConfigRule"),
        warm_gb=_warm(resources) * memory.get("teller-fulfillment", 0.0),
        endpoints={
            one["Properties"]["ResourceId"].split("/")[1]: one["Properties"]["MinCapacity"]
            for _, one in of_type(resources, "AWS::ApplicationAutoScaling::ScalableTarget")
            if one["Properties"]["ServiceNamespace"] == "sagemaker"
        },
        trained_anew=count("AWS::StepFunctions::StateMachine"),
        scheduled=tuple(_scheduled(resources)),
        memory=memory,
        sockets=any(
            one["Properties"].get("ProtocolType") == "WEBSOCKET"
            for _, one in of_type(resources, "AWS::ApiGatewayV2::Api")
        ),
    )


def _memory_of(resources: Mapping[str, Json]) -> dict[str, float]:
    return {
        one["Properties"].get("FunctionName", name): one["Properties"].get("MemorySize", 128) / 1024
        for name, one in of_type(resources, "AWS::Lambda::Function")
    }


def _metrics(alarm: Json) -> int:
    properties = alarm["Properties"]
    if "Metrics" not in properties:
        return 1
    if "ThresholdMetricId" in properties:
        return _BAND_METRICS
    return sum("MetricStat" in one for one in properties["Metrics"])


def _tables_and_indexes(resources: Mapping[str, Json]) -> int:
    return sum(
        1 + len(one["Properties"].get("GlobalSecondaryIndexes", ()))
        for _, one in of_type(resources, "AWS::DynamoDB::Table")
    )


def _warm(resources: Mapping[str, Json]) -> int:
    return sum(
        one["Properties"].get("ProvisionedConcurrencyConfig", {}).get(
            "ProvisionedConcurrentExecutions", 0
        )
        for _, one in of_type(resources, "AWS::Lambda::Alias")
    )  # fmt: skip


def _scheduled(resources: Mapping[str, Json]) -> Iterable[tuple[float, float]]:
    sizes = {
        name.partition("/")[2]: one["Properties"].get("MemorySize", 128) / 1024
        for name, one in of_type(resources, "AWS::Lambda::Function")
    }
    for _, rule in of_type(resources, "AWS::Events::Rule"):
        schedule = rule["Properties"].get("ScheduleExpression")
        if schedule is None:
            continue
        every = _EVERY.fullmatch(schedule)
        minutes = int(every[1]) * _MINUTES[every[2]] if every else _MINUTES["day"]
        for target in rule["Properties"]["Targets"]:
            name = target["Arn"].get("Fn::GetAtt", [""])[0]
            if name in sizes:
                yield sizes[name], MINUTES_A_MONTH / minutes
