"""The functions that report by the clock: the month's cost, the week's use, and drift of the model."""

from __future__ import annotations

from infra.aws.functions import Function, may_be_run
from infra.aws.template import Json


def reports() -> dict[str, Json]:
    """The functions with their schedules; topic and table are the stack's own."""
    tells = {
        "Sid": "WhoIsOnCall",
        "Effect": "Allow",
        "Action": "sns:Publish",
        "Resource": {"Ref": "Operations"},
    }
    environment = {"OPERATIONS_TOPIC_ARN": {"Ref": "Operations"}, "METRICS_NAMESPACE": "Teller"}
    cost = Function(
        "CostReport",
        "fulfillment.handlers.cost_report.handler",
        "On the fourth of each month: what the month before cost, by service.",
        [_reads("WhatItCost", "ce:GetCostAndUsage"),
         _reads("HowManyTurns", "cloudwatch:GetMetricData"), tells],
        environment,
    )  # fmt: skip
    use = Function(
        "UsageDigest",
        "fulfillment.handlers.usage_digest.handler",
        "Each Monday: how the functions were used in the week before.",
        [_reads("HowTheyWereUsed", "cloudwatch:GetMetricData", "cloudwatch:ListMetrics"), tells],
        environment,
    )
    drift = Function(
        "DriftWatch",
        "fulfillment.handlers.drift_watch.handler",
        "Each Monday: whether payments still look like those that the model was trained on.",
        [
            {
                "Sid": "WhatWasJudged",
                "Effect": "Allow",
                "Action": ["dynamodb:PutItem", "dynamodb:Scan"],
                "Resource": {"Fn::GetAtt": ["BankTable", "Arn"]},
            }
        ],
        {"TABLE_NAME": {"Ref": "BankTable"}},
        memory=1_024,
        timeout=900,
    )
    # On the first the month's last hours are not in Cost Explorer yet.
    return (
        _by_the_clock(cost, "cron(0 8 4 * ? *)")
        | _by_the_clock(use, "cron(0 7 ? * MON *)")
        | _by_the_clock(drift, "cron(0 5 ? * MON *)")
    )


def _reads(sid: str, *actions: str) -> Json:
    return {"Sid": sid, "Effect": "Allow", "Action": list(actions), "Resource": "*"}


def _by_the_clock(function: Function, at: str) -> dict[str, Json]:
    name = function.name
    return {
        **function.resources(),
        f"{name}Schedule": {
            "Type": "AWS::Events::Rule",
            "Properties": {
                "Description": function.description,
                "ScheduleExpression": at,
                "State": "ENABLED",
                "Targets": [{"Id": "report", "Arn": {"Fn::GetAtt": [name, "Arn"]}}],
            },
        },
        f"{name}MayRun": may_be_run(
            name, "events.amazonaws.com", {"Fn::GetAtt": [f"{name}Schedule", "Arn"]}
        ),
    }
