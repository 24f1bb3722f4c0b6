"""The Lambda that tells, each Monday, how the functions were used in the week before.

What was run most, failed, waited, was slow, and wrote most of the logs: the places where a review
of use begins. The saved queries (`teller/...` in Logs Insights) go on from there.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from aws_lambda_powertools import Logger

from fulfillment.clock import clock_of
from fulfillment.handlers.cost_report import ReportSettings, client_of

logger = Logger(service="usage-digest")

_DAY_S = 86_400
_ASKED = 400
"""Of the 500 questions that CloudWatch takes at once."""
_METRICS = {
    "runs": ("AWS/Lambda", "Invocations", "FunctionName", "", "Sum"),
    "errors": ("AWS/Lambda", "Errors", "FunctionName", "", "Sum"),
    "throttles": ("AWS/Lambda", "Throttles", "FunctionName", "", "Sum"),
    "p99_ms": ("AWS/Lambda", "Duration", "FunctionName", "", "p99"),
    "log_bytes": ("AWS/Logs", "IncomingBytes", "LogGroupName", "/aws/lambda/", "Sum"),
}


@dataclass(frozen=True, slots=True)
class Use:
    """A function's week. `p99_ms` is that of its slowest day."""

    name: str
    runs: int = 0
    errors: int = 0
    throttles: int = 0
    p99_ms: int = 0
    log_bytes: int = 0


def handler(_event: Mapping[str, Any], _context: Any) -> dict[str, int]:
    """Reports the seven days before now. A fault is raised, so that it is tried again."""
    settings = ReportSettings.model_validate(dict(os.environ))
    now = clock_of(settings.clock)()
    uses = list(uses_between(sorted(functions()), now - timedelta(days=7), now))
    client_of("sns").publish(
        TopicArn=settings.topic_arn, Subject="Teller: the week's use", Message=digest(uses)
    )
    logger.info("digest", extra={"functions": len(uses)})
    return {"functions": len(uses)}


def functions() -> set[str]:
    """The bank's functions of which CloudWatch has figures of the last two weeks."""
    pages = client_of("cloudwatch").get_paginator("list_metrics").paginate(
        Namespace="AWS/Lambda", MetricName="Invocations"
    )  # fmt: skip
    names = (
        one["Value"]
        for page in pages
        for metric in page["Metrics"]
        for one in metric["Dimensions"]
        if one["Name"] == "FunctionName"
    )
    return {name for name in names if name.startswith("teller-")}


def uses_between(names: Sequence[str], begins: datetime, ends: datetime) -> Iterator[Use]:
    """How each was used."""
    found: dict[str, dict[str, int]] = {name: {} for name in names}
    asked = [(name, what) for name in names for what in _METRICS]
    for start in range(0, len(asked), _ASKED):
        part = asked[start : start + _ASKED]
        answer = client_of("cloudwatch").get_metric_data(
            MetricDataQueries=[_query(f"q{i}", *one) for i, one in enumerate(part)],
            StartTime=begins,
            EndTime=ends,
        )
        for one in answer["MetricDataResults"]:
            name, what = part[int(one["Id"][1:])]
            values = one["Values"] or [0]
            found[name][what] = round(max(values) if what == "p99_ms" else sum(values))
    for name in names:
        yield Use(name, **found[name])


def _query(key: str, name: str, what: str) -> dict[str, Any]:
    namespace, metric, dimension, before, stat = _METRICS[what]
    wanted = {
        "Namespace": namespace,
        "MetricName": metric,
        "Dimensions": [{"Name": dimension, "Value": before + name}],
    }
    return {"Id": key, "MetricStat": {"Metric": wanted, "Period": _DAY_S, "Stat": stat}}


def digest(uses: Sequence[Use], longest: int = 5) -> str:
    """For people: the first few of each kind, and what did not run at all."""
    parts = [
        f"{sum(one.runs for one in uses):,} runs of {len(uses)} functions, "
        f"{sum(one.errors for one in uses):,} failed, "
        f"{sum(one.throttles for one in uses):,} were throttled.",
        *_ranking("Run most", uses, lambda one: one.runs, "", longest),
        *_ranking("Failed most", uses, lambda one: one.errors, "", longest),
        *_ranking("Throttled", uses, lambda one: one.throttles, "", longest),
        *_ranking("Slowest (p99 of the worst day)", uses, lambda one: one.p99_ms, " ms", longest),
        *_ranking("Wrote most logs", uses, lambda one: one.log_bytes, " bytes", longest),
    ]
    idle = [one.name for one in uses if not one.runs]
    return "\n".join([*parts, *([f"Did not run: {', '.join(idle)}."] if idle else ())]) + "\n"


def _ranking(title: str, uses: Iterable[Use], of: Any, unit: str, longest: int) -> Iterator[str]:
    some = sorted((one for one in uses if of(one)), key=lambda one: (-of(one), one.name))[:longest]
    if some:
        yield f"{title}:"
        yield from (f"  {one.name}: {of(one):,}{unit}" for one in some)
