"""The functions that report by the clock: the month's cost, the week's use, and drift of the model."""

from __future__ import annotations

from infra.aws.functions import Function, by_the_clock
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
        memory=512,
        timeout=900,
    )
    # On the first the month's last hours are not in Cost Explorer yet.
    return (
        by_the_clock(cost, "cron(0 8 4 * ? *)", "Schedule", cost.description)
        | by_the_clock(use, "cron(0 7 ? * MON *)", "Schedule", use.description)
        | by_the_clock(drift, "cron(0 5 ? * MON *)", "Schedule", drift.description)
    )


def _reads(sid: str, *actions: str) -> Json:
    return {"Sid": sid, "Effect": "Allow", "Action": list(actions), "Resource": "*"}
