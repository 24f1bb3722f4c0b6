"""Alarms and dashboards, made from what the templates hold: nothing runs without its alarm.

Each alarm names its runbook. The bank's own alarms, on its figures, are in `infra.aws.bank_alarms`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from infra.aws.template import Json, Resources, imported, of_type

RUNBOOKS = "docs/runbooks/"
RUNBOOK_OF_METRIC = {
    "ApproximateAgeOfOldestMessage": "queue-is-late",
    "ApproximateNumberOfMessagesVisible": "dead-letters",
    "IteratorAge": "stream-is-late",
}
"""For alarms of the core template, which say in their own words what is wrong."""
NAMESPACE = "Teller"


def alarms_of(templates: Iterable[Mapping[str, Any]]) -> Resources:
    """The alarms of all functions, state machines and dead letters of `templates`."""
    made: Resources = {}
    for template in templates:
        resources: Mapping[str, Json] = template["Resources"]
        for name, function in of_type(resources, "AWS::Lambda::Function"):
            made |= _of_function(name, function["Properties"]["FunctionName"])
        for name, machine in of_type(resources, "AWS::StepFunctions::StateMachine"):
            made[f"{name}Fails"] = _of_machine(machine["Properties"]["StateMachineName"])
        for name, queue in of_type(resources, "AWS::SQS::Queue"):
            called = queue["Properties"].get("QueueName")
            if called and "dead" in called:
                made[f"{name}Waiting"] = alarm(
                    "dead-letters", "AWS/SQS", "ApproximateNumberOfMessagesVisible", 0,
                    dimensions={"QueueName": called}, statistic="Maximum",
                )  # fmt: skip
    return made


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
            **ACTIONS,
        },
    }


ACTIONS: Json = {
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


def _of_machine(name: str) -> Json:
    arn = "arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:stateMachine:" + name
    return alarm(
        "training-fails", "AWS/States", "ExecutionsFailed", 0,
        dimensions={"StateMachineArn": {"Fn::Sub": arn}}, period=300,
    )  # fmt: skip


DASHBOARDS: dict[str, tuple[tuple[str, str, tuple[tuple[str, ...], ...]], ...]] = {
    "chat": (
        ("Turns", "Sum", ((NAMESPACE, "Turns", "service", "fulfillment"),)),
        ("A turn's milliseconds", "p99", ((NAMESPACE, "TurnDuration", "service", "fulfillment"),)),
        ("What fails", "Sum", ((NAMESPACE, "TurnFaults", "service", "fulfillment"),
                               ("AWS/Lambda", "Errors", "FunctionName", "teller-fulfillment"),
                               ("AWS/Lambda", "Throttles", "FunctionName", "teller-fulfillment"))),
    ),
    "money": (
        ("Payments in the chat", "Sum", ((NAMESPACE, "Payments", "service", "fulfillment"),)),
        ("What the audit found wrong", "Maximum", ((NAMESPACE, "LedgerViolations", "service", "ledger-audit"),)),
        ("Holds given back", "Sum", ((NAMESPACE, "HoldsReleased", "service", "sweeper"),)),
        ("Scheduled payments", "Sum", ((NAMESPACE, "ScheduledPaymentsPaid", "service", "scheduler"),)),
        ("Each minute's functions", "Sum", (("AWS/Lambda", "Invocations", "FunctionName", "teller-sweeper"),
                                            ("AWS/Lambda", "Invocations", "FunctionName", "teller-scheduler"))),
    ),
    "security": (
        ("Repairs", "Sum", tuple(("AWS/Lambda", "Invocations", "FunctionName", f"teller-repair-{name}")
                                 for name in ("storage", "identity", "exposure", "audit",
                                              "tables", "encryption", "switches"))),
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
