"""The Lambda that tells, each month, what the month before cost: by service, and for 1,000 turns.

A stage is an account, so all that Cost Explorer knows of the account is the stage's.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

import botocore.session
from aws_lambda_powertools import Logger
from pydantic import BaseModel, ConfigDict, Field

from fulfillment.client_config import client_config
from fulfillment.clock import clock_of

logger = Logger(service="cost-report")

_CLIENT = client_config(connect_s=2, read_s=20)


class ReportSettings(BaseModel):
    """Environment variables of a function that reports to who is on call, by name."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    topic_arn: str = Field(alias="OPERATIONS_TOPIC_ARN", min_length=10)
    clock: str | None = Field(alias="TELLER_CLOCK", default=None)


@dataclass(frozen=True, slots=True)
class Month:
    """What a month cost in dollars, by service."""

    first: date
    by_service: Mapping[str, Decimal]

    @property
    def total(self) -> Decimal:
        return sum(self.by_service.values(), Decimal(0))


@cache
def client_of(service: str) -> Any:
    """A botocore client, made when it is first asked for."""
    return botocore.session.get_session().create_client(service, config=_CLIENT)


def handler(_event: Mapping[str, Any], _context: Any) -> dict[str, str]:
    """Reports the month before this one. A fault is raised, so that it is tried again."""
    settings = ReportSettings.model_validate(dict(os.environ))
    ends = clock_of(settings.clock)().astimezone(UTC).date().replace(day=1)
    begins = _month_before(ends)
    months = [*months_of(_asked(_month_before(begins), ends))]
    said = report(months, turns_between(begins, ends))
    client_of("sns").publish(
        TopicArn=settings.topic_arn, Subject=f"Teller: what {begins:%B %Y} cost", Message=said
    )
    logger.info("report", extra={"month": f"{begins:%Y-%m}"})
    return {"month": f"{begins:%Y-%m}"}


def _month_before(first: date) -> date:
    return (first - timedelta(days=1)).replace(day=1)


def _asked(begins: date, ends: date) -> Iterator[Mapping[str, Any]]:
    """Cost Explorer's months, page by page: a month may be on two."""
    more: dict[str, str] = {}
    while True:
        page = client_of("ce").get_cost_and_usage(
            TimePeriod={"Start": begins.isoformat(), "End": ends.isoformat()},
            Granularity="MONTHLY",
            Metrics=["UnblendedCost"],
            GroupBy=[{"Type": "DIMENSION", "Key": "SERVICE"}],
            **more,
        )
        yield from page["ResultsByTime"]
        if not page.get("NextPageToken"):
            return
        more = {"NextPageToken": page["NextPageToken"]}


def months_of(results: Iterator[Mapping[str, Any]]) -> Iterator[Month]:
    """The months in their order, each whole."""
    found: dict[date, dict[str, Decimal]] = {}
    for one in results:
        month = found.setdefault(date.fromisoformat(one["TimePeriod"]["Start"]), {})
        for group in one["Groups"]:
            cost = Decimal(group["Metrics"]["UnblendedCost"]["Amount"])
            month[group["Keys"][0]] = month.get(group["Keys"][0], Decimal(0)) + cost
    for first in sorted(found):
        yield Month(first, found[first])


def turns_between(begins: date, ends: date) -> int:
    """How many turns the bank has answered in these days."""
    at = [datetime(day.year, day.month, day.day, tzinfo=UTC) for day in (begins, ends)]
    metric = {
        "Namespace": os.environ.get("METRICS_NAMESPACE", "Teller"),
        "MetricName": "Turns",
        "Dimensions": [{"Name": "service", "Value": "fulfillment"}],
    }
    asked = {"Id": "turns", "MetricStat": {"Metric": metric, "Period": 86_400, "Stat": "Sum"}}
    found = client_of("cloudwatch").get_metric_data(
        MetricDataQueries=[asked], StartTime=at[0], EndTime=at[1]
    )
    return int(sum(found["MetricDataResults"][0]["Values"]))


def report(months: Sequence[Month], turns: int) -> str:
    """For people: the last of `months`, each service beside the month before, dearest first."""
    if not months:
        return "Cost Explorer has no figures of this month yet.\n"
    last = months[-1]
    before = months[-2].by_service if len(months) > 1 else {}
    head = f"{last.first:%B %Y}: {last.total:,.2f} USD"
    if before:
        head += f" ({months[-2].first:%B}: {months[-2].total:,.2f})"
    if turns:
        head += f"; {turns:,} turns, {last.total / turns * 1000:,.2f} USD for 1,000"
    lines = [
        f"  {name}: {cost:,.2f} ({cost - before.get(name, Decimal(0)):+,.2f})"
        for name, cost in sorted(last.by_service.items(), key=lambda one: (-one[1], one[0]))
        if cost
    ]
    gone = [f"  {name}: nothing ({-cost:+,.2f})" for name, cost in sorted(before.items())
            if cost and not last.by_service.get(name)]  # fmt: skip
    return "\n".join([f"{head}.", *lines, *gone]) + "\n"
