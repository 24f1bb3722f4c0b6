"""What people see: alarms with their runbooks, dashboards, and what the month may cost."""

from __future__ import annotations

from typing import Any

from aws_cdk import CfnParameter, aws_budgets, aws_ce, aws_logs

from infra.aws.app import include
from infra.aws.bare import watching_resources
from infra.aws.spending import spending_stop
from infra.aws.stages import Stage

NAME = "observability"
QUERIES = {
    "turns-that-failed": 'filter outcome = "Fault" | stats count() by intent, bin(1h)',
    "slowest-intents": "filter message = 'turn' | stats pct(ms, 99), count() by intent",
    "cold-starts": 'filter @type = "REPORT" | stats count(@initDuration) / count() by bin(1h)',
}


def add_to(stack: Any, stage: Stage) -> None:
    """The observability stack."""
    email = CfnParameter(
        stack, "OperationsEmail", description="Who hears of budgets; alarms go to the topic too."
    )
    include(
        stack,
        "Alarms",
        {
            "AWSTemplateFormatVersion": "2010-09-09",
            "Resources": watching_resources(stage),
        },
        {},
    )  # fmt: skip
    for name, text in QUERIES.items():
        aws_logs.CfnQueryDefinition(
            stack,
            "".join(word.title() for word in name.split("-")),
            name=f"teller/{name}",
            query_string=text,
            log_group_names=["/aws/lambda/teller-fulfillment"],
        )
    budget = _budget(stack, stage, email.value_as_string)
    stop = include(
        stack,
        "Spending",
        {
            "AWSTemplateFormatVersion": "2010-09-09",
            "Parameters": {"Email": {"Type": "String"}},
            "Resources": spending_stop(stage, {"Ref": "Email"}),
        },
        {"Email": email.value_as_string},
    )
    stop.get_resource("SpendingStops").add_dependency(budget)


def _budget(stack: Any, stage: Stage, email: str) -> aws_budgets.CfnBudget:
    subscribers = [{"subscriptionType": "EMAIL", "address": email}]

    def told(kind: str, percent: int) -> Any:
        return {
            "notification": {
                "notificationType": kind,
                "comparisonOperator": "GREATER_THAN",
                "threshold": percent,
                "thresholdType": "PERCENTAGE",
            },
            "subscribers": subscribers,
        }

    made = aws_budgets.CfnBudget(
        stack,
        "MonthlyBudget",
        budget={
            "budgetName": "teller-month",
            "budgetType": "COST",
            "timeUnit": "MONTHLY",
            "budgetLimit": {"amount": stage.budget_usd, "unit": "USD"},
        },
        notifications_with_subscribers=[
            *(told("ACTUAL", percent) for percent in (50, 80, 100)),
            told("FORECASTED", 100),
        ],
    )
    monitor = aws_ce.CfnAnomalyMonitor(
        stack,
        "CostMonitor",
        monitor_name="teller-services",
        monitor_type="DIMENSIONAL",
        monitor_dimension="SERVICE",
    )
    aws_ce.CfnAnomalySubscription(
        stack,
        "CostAnomalies",
        subscription_name="teller-cost-anomalies",
        frequency="DAILY",
        monitor_arn_list=[monitor.attr_monitor_arn],
        subscribers=[{"type": "EMAIL", "address": email}],
        threshold_expression='{"Dimensions": {"Key": "ANOMALY_TOTAL_IMPACT_ABSOLUTE",'
        ' "MatchOptions": ["GREATER_THAN_OR_EQUAL"], "Values": ["20"]}}',
    )
    return made
