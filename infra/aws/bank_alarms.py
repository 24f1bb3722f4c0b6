"""Alarms on the bank's own figures: how many turns fail, whether the books agree, what is unusual.

A service level is watched by how fast its error budget burns, over a long and a short window at
once: the long one says that it matters, the short one that it goes on. Source: Site Reliability
Workbook, chapter 5, "Alerting on SLOs", its recommended windows.

Those in `fulfillment.remediation.switches.THROWN_BY` have names, by which the kill switch knows
them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from infra.aws.alarms import ACTIONS, NAMESPACE, RUNBOOKS, alarm
from infra.aws.endpoints import SERVED, SLOW_US, VARIANT
from infra.aws.stages import Stage
from infra.aws.template import Json, Resources, imported

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


_TURNS = {"service": "fulfillment"}
_FULFILLMENT = {"FunctionName": "teller-fulfillment"}


def bank_alarms() -> Resources:
    """All of them but what the month may cost, which differs by stage."""
    made: Resources = {f"TurnsBurn{burn.name}": _burning(burn) for burn in BURNS}
    made["TurnsBurnFast"]["Properties"]["AlarmName"] = "teller-turns-burn-fast"
    made["TurnsAreSlow"] = _slow("turns-are-slow", "AWS/Lambda", "Duration", 2_000, _FULFILLMENT)
    made["TurnsAreUnusual"] = _unusual(
        "turns-are-unusual", "AWS/Lambda", "Invocations", _FULFILLMENT
    )
    made["PaymentsAreUnusual"] = _unusual("payments-are-unusual", NAMESPACE, "Payments", _TURNS)
    made["SignInsAreUnusual"] = _unusual(
        "sign-ins-are-unusual", "AWS/Cognito", "SignInSuccesses",
        {"UserPool": imported("Customers"), "UserPoolClient": imported("ChannelClient")},
    )  # fmt: skip
    made["SweeperIsSilent"] = _silent("sweeper-is-silent", "teller-sweeper", 300, 1)
    made["GameDayIsSilent"] = _silent("game-day-is-silent", "teller-repair-identity", 86_400, 7)
    made["TableThrottles"] = _throttled({"TableName": imported("BankTable")})
    return made | _of_the_books() | _of_the_endpoints()


def _of_the_books() -> Resources:
    dimensions = {"service": "ledger-audit"}
    wrong = alarm(
        "ledger-out-of-balance", NAMESPACE, "LedgerViolations", 0,
        dimensions=dimensions, statistic="Maximum", period=300,
    )  # fmt: skip
    wrong["Properties"]["AlarmName"] = "teller-ledger-out-of-balance"
    # Two days, so that a night on which the function ran late is no alarm.
    silent = alarm(
        "ledger-is-not-audited", NAMESPACE, "LedgerAudits", 1,
        dimensions=dimensions, period=86_400, periods=2, missing="breaching",
    )  # fmt: skip
    silent["Properties"]["ComparisonOperator"] = "LessThanThreshold"
    return {"LedgerOutOfBalance": wrong, "LedgerIsNotAudited": silent}


def _of_the_endpoints() -> Resources:
    """None of an endpoint that is not there: without a model there are no figures."""
    made: Resources = {}
    for served in SERVED:
        of = {"EndpointName": served.endpoint, "VariantName": VARIANT}
        failing = alarm(
            "endpoint-fails", "AWS/SageMaker", "Invocation5XXErrors", 3, dimensions=of, period=300
        )
        failing["Properties"]["AlarmName"] = f"{served.endpoint}-endpoint-fails"
        made[f"{served.prefix}EndpointFails"] = failing
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


def spending_alarm(stage: Stage) -> Resources:
    """What can wait is switched off when the month has cost more than it may.

    AWS tells charges in us-east-1 alone; elsewhere the budget's letters and its action remain.
    """
    overspent = alarm(
        "month-is-overspent", "AWS/Billing", "EstimatedCharges", stage.budget_usd,
        dimensions={"Currency": "USD"}, statistic="Maximum", period=21_600,
    )  # fmt: skip
    overspent["Properties"]["AlarmName"] = "teller-month-is-overspent"
    return {"MonthIsOverspent": overspent}


def _throttled(table: Mapping[str, Any]) -> Json:
    """Reads and writes of a table that were refused for its limits, together."""
    both = [
        {"Id": kind, "ReturnData": False,
         "MetricStat": _metric(f"{kind.title()}ThrottleEvents", table, 300, "AWS/DynamoDB")}
        for kind in ("read", "write")
    ]  # fmt: skip
    either = "FILL(read, 0) + FILL(write, 0)"
    return _on_expression(
        "table-throttles", [*both, {"Id": "refused", "Expression": either, "ReturnData": True}]
    )


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
            **ACTIONS,
        },
    }


def _metric(
    name: str, dimensions: Mapping[str, Any], period: int, namespace: str = "AWS/Lambda"
) -> Json:
    return {
        "Metric": {
            "Namespace": namespace,
            "MetricName": name,
            "Dimensions": [{"Name": k, "Value": v} for k, v in dimensions.items()],
        },
        "Period": period,
        "Stat": "Sum",
    }


def failing_turns(period: int, above: int) -> Json:
    """The properties of an alarm on turns that failed in so many seconds, in whatever way."""
    counted = [
        {
            "Id": what,
            "ReturnData": False,
            "MetricStat": _metric(name, dimensions, period, namespace),
        }
        for what, name, dimensions, namespace in _FAILING
    ]
    both = {"Id": "failed", "Expression": "FILL(faults, 0) + FILL(errors, 0)", "ReturnData": True}
    made = _on_expression("turns-fail", [*counted, both])["Properties"]
    return {**made, "Threshold": above}


_FAILING = (
    ("faults", "TurnFaults", _TURNS, NAMESPACE),
    ("errors", "Errors", _FULFILLMENT, "AWS/Lambda"),
)
"""A turn fails that ends in an apology, which the code counts, or in none, which Lambda does."""


def _burning(burn: Burn) -> Json:
    metrics: list[Json] = []
    counted = (*_FAILING, ("turns", "Invocations", _FULFILLMENT, "AWS/Lambda"))
    for window, seconds in (("long", burn.long_s), ("short", burn.short_s)):
        metrics += [
            {"Id": f"{window}_{what}", "ReturnData": False,
             "MetricStat": _metric(name, dimensions, seconds, namespace)}
            for what, name, dimensions, namespace in counted
        ]  # fmt: skip
    share = burn.rate * (1 - AVAILABILITY)
    both = " AND ".join(
        f"((FILL({w}_faults, 0) + FILL({w}_errors, 0)) / {w}_turns > {share:.4f})"
        for w in ("long", "short")
    )
    metrics.append({"Id": "burns", "Expression": f"IF({both}, 1, 0)", "ReturnData": True})
    return _on_expression("turns-fail", metrics)


def _on_expression(runbook: str, metrics: list[Json]) -> Json:
    return {
        "Type": "AWS::CloudWatch::Alarm",
        "Properties": {
            "AlarmDescription": f"Runbook: {RUNBOOKS}{runbook}.md",
            "Metrics": metrics,
            "EvaluationPeriods": 1,
            "Threshold": 0,
            "ComparisonOperator": "GreaterThanThreshold",
            "TreatMissingData": "notBreaching",
            **ACTIONS,
        },
    }


def _unusual(runbook: str, namespace: str, metric: str, dimensions: Mapping[str, Any]) -> Json:
    """Goes off outside what CloudWatch has learned of the hour and the day of the week."""
    stat = _metric(metric, dimensions, 300, namespace)
    return {
        "Type": "AWS::CloudWatch::Alarm",
        "Properties": {
            "AlarmDescription": f"Runbook: {RUNBOOKS}{runbook}.md",
            "Metrics": [
                {"Id": "count", "ReturnData": True, "MetricStat": stat},
                {
                    "Id": "band",
                    "ReturnData": True,
                    "Expression": "ANOMALY_DETECTION_BAND(count, 3)",
                },
            ],
            "ThresholdMetricId": "band",
            "EvaluationPeriods": 3,
            "DatapointsToAlarm": 3,
            "ComparisonOperator": "LessThanLowerOrGreaterThanUpperThreshold",
            "TreatMissingData": "notBreaching",
            **ACTIONS,
        },
    }
