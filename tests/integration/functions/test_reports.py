"""What a month cost and how a week was used, from AWS's own figures to what people read."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from fulfillment.handlers import cost_report, usage_digest
from fulfillment.handlers.cost_report import Month, report
from fulfillment.handlers.usage_digest import Use, digest
from tests.integration.functions.answering import answer_unsent
from tests.integration.functions.conftest import client_of

NOW = "2026-11-04T08:00:00+00:00"
THEN = datetime(2026, 10, 30, 12, tzinfo=UTC)


@pytest.fixture
def told(account: None, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Who is on call: calling it gives what has come."""
    del account
    cost_report.client_of.cache_clear()
    sns, sqs = client_of("sns"), client_of("sqs")
    topic = sns.create_topic(Name="teller-operations")["TopicArn"]
    url = sqs.create_queue(QueueName="heard")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]
    sns.subscribe(
        TopicArn=topic, Protocol="sqs", Endpoint=arn["QueueArn"],
        Attributes={"RawMessageDelivery": "true"},
    )  # fmt: skip
    monkeypatch.setenv("OPERATIONS_TOPIC_ARN", topic)
    monkeypatch.setenv("TELLER_CLOCK", NOW)
    return lambda: [one["Body"] for one in sqs.receive_message(QueueUrl=url).get("Messages", ())]


def figure(namespace: str, metric: str, dimension: tuple[str, str], value: float) -> None:
    client_of("cloudwatch").put_metric_data(
        Namespace=namespace,
        MetricData=[{
            "MetricName": metric, "Value": value, "Timestamp": THEN,
            "Dimensions": [{"Name": dimension[0], "Value": dimension[1]}],
        }],
    )  # fmt: skip


def cost(service: str, amount: str) -> dict[str, Any]:
    return {"Keys": [service], "Metrics": {"UnblendedCost": {"Amount": amount, "Unit": "USD"}}}


def test_a_month_is_told_by_service_beside_the_one_before_and_for_a_thousand_turns(
    told: Any,
) -> None:
    figure("Teller", "Turns", ("service", "fulfillment"), 40_000)
    months = [
        {"TimePeriod": {"Start": "2026-09-01", "End": "2026-10-01"},
         "Groups": [cost("AWS Lambda", "10"), cost("Amazon Lex", "20.5")]},
        {"TimePeriod": {"Start": "2026-10-01", "End": "2026-11-01"},
         "Groups": [cost("AWS Lambda", "12.25"), cost("Amazon Lex", "20")]},
    ]  # fmt: skip
    asked = answer_unsent(cost_report.client_of("ce"), "GetCostAndUsage", ResultsByTime=months)
    assert cost_report.handler({}, None) == {"month": "2026-10"}
    assert asked[0]["TimePeriod"] == {"Start": "2026-09-01", "End": "2026-11-01"}
    [said] = told()
    assert said.splitlines() == [
        "October 2026: 32.25 USD (September: 30.50); 40,000 turns, 0.81 USD for 1,000.",
        "  Amazon Lex: 20.00 (-0.50)",
        "  AWS Lambda: 12.25 (+2.25)",
    ]


def test_what_costs_nothing_any_more_is_told_and_a_first_month_has_none_before_it() -> None:
    before = Month(date(2026, 9, 1), {"Amazon Macie": Decimal(3)})
    assert "  Amazon Macie: nothing (-3.00)" in report([before, Month(date(2026, 10, 1), {})], 0)
    assert report([before], 0).startswith("September 2026: 3.00 USD.")
    assert "no figures" in report([], 10)


def test_a_week_is_told_by_what_ran_failed_was_slow_and_wrote_most(told: Any) -> None:
    for name, runs in (("teller-fulfillment", 900), ("teller-desk", 30), ("another", 5)):
        figure("AWS/Lambda", "Invocations", ("FunctionName", name), runs)
    figure("AWS/Lambda", "Errors", ("FunctionName", "teller-desk"), 4)
    figure("AWS/Logs", "IncomingBytes", ("LogGroupName", "/aws/lambda/teller-fulfillment"), 5_000)
    assert usage_digest.handler({}, None) == {"functions": 2}
    [said] = told()
    assert said.startswith("930 runs of 2 functions, 4 failed, 0 were throttled.")
    assert "Failed most:\n  teller-desk: 4\n" in said
    assert "Wrote most logs:\n  teller-fulfillment: 5,000 bytes" in said
    assert "another" not in said


def test_a_function_that_did_not_run_is_named() -> None:
    assert "Did not run: teller-idle." in digest([Use("teller-idle"), Use("teller-desk", runs=1)])
