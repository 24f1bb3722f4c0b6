"""Alarms and dashboards, made from what the templates hold: nothing runs without its alarm.

Each alarm names its runbook. A service level is watched by how fast its error budget burns, over a
long and a short window at once: the long one says that it matters, the short one that it goes on.
Source: Site Reliability Workbook, chapter 5, "Alerting on SLOs", its recommended windows.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from infra.aws.endpoints import SERVED, SLOW_US, VARIANT
from infra.aws.template import Json, Resources, imported, of_type

RUNBOOKS = "docs/runbooks/"
RUNBOOK_OF_METRIC = {
    "ApproximateAgeOfOldestMessage": "queue-is-late",
    "ApproximateNumberOfMessagesVisible": "dead-letters",
    "IteratorAge": "stream-is-late",
}
"""For alarms of the core template, which say in their own words what is wrong."""
NAMESPACE = "Teller"
AVAILABILITY = 0.999
"""Of the turns of a month, how many the bank answers itself, without an apology."""


@dataclass(frozen=True, slots=True)
class Burn:
    """Fires when the error budget burns `rate` times as fast as it may, over both windows."""

    name: str
    rate: float
    long_s: int
    short_s: int


BURNS = (Burn("Fast", 14.4, 3600, 300), Burn("Slow", 6, 21_600, 1800))


def alarms_of(templates: Iterable[Mapping[str, Any]]) -> Resources:
    """The alarms of all functions, queues and tables of `templates`, and the bank's own."""
    made: Resources = {}
    for template in templates:
        resources: Mapping[str, Json] = template["Resources"]
        for name, function in of_type(resources, "AWS::Lambda::Function"):
            made |= _of_function(name, function["Properties"]["FunctionName"])
        for name, queue in of_type(resources, "AWS::SQS::Queue"):
            called = queue["Properties"].get("QueueName")
            if called and "dead" in called:
                made[f"{name}Waiting"] = alarm(
                    "dead-letters", "AWS/SQS", "ApproximateNumberOfMessagesVisible", 0,
                    dimensions={"QueueName": called}, statistic="Maximum",
                )  # fmt: skip
    return made | _of_the_bank() | _of_the_endpoints()


def alarm(
    runbook: str, namespace: str, metric: str, above: float, *, dimensions: Mapping[str, Any],
    statistic: str = "Sum", period: int = 60, periods: int = 1, missing: str = "notBreaching",
) -> Json:  # fmt: skip
    """An alarm on one metric, which goes off above a threshold."""
    return {
        "Type": "AWS::CloudWatch::Alarm",
        "Properties": {
            "AlarmDescription": f"Runbook: {RUNBOOKS}{runbook}.md",
            "Namespace": namespace,
            "MetricName": metric,
            "Dimensions": [{"Name": k, "Value": v} for k, v in dimensions.items()],
            "Statistic": statistic,
            "Period": period,
            "EvaluationPeriods": periods,
            "DatapointsToAlarm": periods,
            "Threshold": above,
            "ComparisonOperator": "GreaterThanThreshold",
            "TreatMissingData": missing,
            **_ACTIONS,
        },
    }


_ACTIONS: Json = {
    "AlarmActions": [imported("Operations")],
    "OKActions": [imported("Operations")],
}


def _of_function(name: str, function: str) -> Resources:
    dimensions = {"FunctionName": function}
    return {
        f"{name}Fails": alarm(
            "function-fails", "AWS/Lambda", "Errors", 3, dimensions=dimensions, period=300
        ),
        f"{name}Throttled": alarm(
            "function-throttled", "AWS/Lambda", "Throttles", 0, dimensions=dimensions, period=300
        ),
    }


def _of_the_bank() -> Resources:
    fulfillment = {"FunctionName": "teller-fulfillment"}
    made: Resources = {f"TurnsBurn{burn.name}": _burning(burn, fulfillment) for burn in BURNS}
    made["TurnsAreSlow"] = _slow("turns-are-slow", "AWS/Lambda", "Duration", 2_000, fulfillment)
    made["TurnsAreUnusual"] = _unusual(fulfillment)
    made["SweeperIsSilent"] = _silent("sweeper-is-silent", "teller-sweeper", 300, 1)
    made["GameDayIsSilent"] = _silent("game-day-is-silent", "teller-repair-identity", 86_400, 7)
    made["TableThrottles"] = alarm(
        "table-throttles", "AWS/DynamoDB", "ThrottledRequests", 0,
        dimensions={"TableName": {"Fn::ImportValue": "teller:BankTable:Ref"}}, period=300,
    )  # fmt: skip
    return made


def _of_the_endpoints() -> Resources:
    """None of an endpoint that is not there: without a model there are no figures."""
    made: Resources = {}
    for served in SERVED:
        of = {"EndpointName": served.endpoint, "VariantName": VARIANT}
        made[f"{served.prefix}EndpointFails"] = alarm(
            "endpoint-fails", "AWS/SageMaker", "Invocation5XXErrors", 3, dimensions=of, period=300
        )
        made[f"{served.prefix}EndpointIsSlow"] = _slow(
            "endpoint-is-slow", "AWS/SageMaker", "ModelLatency", SLOW_US, of
        )
    return made


def _slow(
    runbook: str, namespace: str, metric: str, above: float, dimensions: Mapping[str, Any]
) -> Json:
    """Goes off when one in a hundred took longer, for a quarter of an hour."""
    made = alarm(
        runbook, namespace, metric, above, dimensions=dimensions, period=300, periods=3
    )  # fmt: skip
    del made["Properties"]["Statistic"]
    made["Properties"]["ExtendedStatistic"] = "p99"
    return made


def _silent(runbook: str, function: str, period: int, periods: int) -> Json:
    """Goes off when a function that runs by the clock did not run in all of these periods."""
    return {
        "Type": "AWS::CloudWatch::Alarm",
        "Properties": {
            "AlarmDescription": f"Runbook: {RUNBOOKS}{runbook}.md",
            "Namespace": "AWS/Lambda",
            "MetricName": "Invocations",
            "Dimensions": [{"Name": "FunctionName", "Value": function}],
            "Statistic": "Sum",
            "Period": period,
            "EvaluationPeriods": periods,
            "DatapointsToAlarm": periods,
            "Threshold": 1,
            "ComparisonOperator": "LessThanThreshold",
            "TreatMissingData": "breaching",
            **_ACTIONS,
        },
    }


def _metric(name: str, dimensions: Mapping[str, Any], period: int) -> Json:
    return {
        "Metric": {
            "Namespace": "AWS/Lambda",
            "MetricName": name,
            "Dimensions": [{"Name": k, "Value": v} for k, v in dimensions.items()],
        },
        "Period": period,
        "Stat": "Sum",
    }


def _burning(burn: Burn, dimensions: Mapping[str, Any]) -> Json:
    metrics: list[Json] = []
    for window, seconds in (("long", burn.long_s), ("short", burn.short_s)):
        metrics += [
            {"Id": f"{window}_errors", "ReturnData": False,
             "MetricStat": _metric("Errors", dimensions, seconds)},
            {"Id": f"{window}_turns", "ReturnData": False,
             "MetricStat": _metric("Invocations", dimensions, seconds)},
        ]  # fmt: skip
    share = burn.rate * (1 - AVAILABILITY)
    both = " AND ".join(f"({w}_errors/{w}_turns > {share:.4f})" for w in ("long", "short"))
    metrics.append({"Id": "burns", "Expression": f"IF({both}, 1, 0)", "ReturnData": True})
    return {
        "Type": "AWS::CloudWatch::Alarm",
        "Properties": {
            "AlarmDescription": f"Runbook: {RUNBOOKS}turns-fail.md",
            "Metrics": metrics,
            "EvaluationPeriods": 1,
            "Threshold": 0,
            "ComparisonOperator": "GreaterThanThreshold",
            "TreatMissingData": "notBreaching",
            **_ACTIONS,
        },
    }


def _unusual(dimensions: Mapping[str, Any]) -> Json:
    return {
        "Type": "AWS::CloudWatch::Alarm",
        "Properties": {
            "AlarmDescription": f"Runbook: {RUNBOOKS}turns-are-unusual.md",
            "Metrics": [
                {"Id": "turns", "ReturnData": True, "MetricStat": _metric("Invocations", dimensions, 300)},
                {"Id": "band", "ReturnData": True, "Expression": "ANOMALY_DETECTION_BAND(turns, 3)"},
            ],
            "ThresholdMetricId": "band",
            "EvaluationPeriods": 3,
            "DatapointsToAlarm": 3,
            "ComparisonOperator": "LessThanLowerOrGreaterThanUpperThreshold",
            "TreatMissingData": "notBreaching",
            **_ACTIONS,
        },
    }  # fmt: skip


DASHBOARDS: dict[str, tuple[tuple[str, str, tuple[tuple[str, ...], ...]], ...]] = {
    "chat": (
        ("Turns", "Sum", ((NAMESPACE, "Turns", "service", "fulfillment"),)),
        ("A turn's milliseconds", "p99", ((NAMESPACE, "TurnDuration", "service", "fulfillment"),)),
        ("What fails", "Sum", (("AWS/Lambda", "Errors", "FunctionName", "teller-fulfillment"),
                               ("AWS/Lambda", "Throttles", "FunctionName", "teller-fulfillment"))),
    ),
    "money": (
        ("Holds given back", "Sum", ((NAMESPACE, "HoldsReleased", "service", "sweeper"),)),
        ("Scheduled payments", "Sum", ((NAMESPACE, "ScheduledPaymentsPaid", "service", "scheduler"),)),
        ("Each minute's functions", "Sum", (("AWS/Lambda", "Invocations", "FunctionName", "teller-sweeper"),
                                            ("AWS/Lambda", "Invocations", "FunctionName", "teller-scheduler"))),
    ),
    "security": (
        ("Repairs", "Sum", tuple(("AWS/Lambda", "Invocations", "FunctionName", f"teller-repair-{name}")
                                 for name in ("storage", "identity", "exposure", "audit"))),
        ("Firewall", "Sum", (("AWS/WAFV2", "BlockedRequests", "WebACL", "teller", "Rule", "ALL"),)),
    ),
    "cost": (
        ("Estimated charges of the month", "Maximum", (("AWS/Billing", "EstimatedCharges", "Currency", "USD"),)),
        ("Instances that are warm", "Maximum", (("AWS/Lambda", "ProvisionedConcurrencyUtilization",
                                                 "FunctionName", "teller-fulfillment"),)),
    ),
}  # fmt: skip
"""By audience: graphs, each with its statistic and its metrics."""


def dashboards() -> Resources:
    """A dashboard for each audience."""
    made: Resources = {}
    for audience, graphs in DASHBOARDS.items():
        widgets = [
            {
                "type": "metric", "x": 12 * (i % 2), "y": 6 * (i // 2), "width": 12, "height": 6,
                "properties": {"title": title, "stat": statistic, "period": 300,
                               "region": "${AWS::Region}", "metrics": [list(m) for m in metrics]},
            }
            for i, (title, statistic, metrics) in enumerate(graphs)
        ]  # fmt: skip
        made[f"{audience.title()}Dashboard"] = {
            "Type": "AWS::CloudWatch::Dashboard",
            "Properties": {
                "DashboardName": f"teller-{audience}",
                "DashboardBody": {"Fn::Sub": json.dumps({"widgets": widgets})},
            },
        }
    return made
