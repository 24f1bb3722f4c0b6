"""An event source mapping as Lambda describes it: a stream, a function, what to do on failure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from infra.local.streams.filters import Pattern, read_patterns

PARTIAL = "ReportBatchItemFailures"
FOR_EVER = -1


@dataclass(frozen=True, slots=True)
class StreamMapping:
    """`at_once` is how many batches of a shard may be with the function, `retries` how often a
    failed batch is tried again and `max_age_s` how old a record may get, both -1 for no bound.
    `on_failure` is the ARN of the queue that hears of what was given up.
    """

    stream_arn: str
    function_arn: str
    from_the_start: bool
    batch_size: int
    at_once: int
    retries: int
    max_age_s: int
    bisect: bool
    partial: bool
    on_failure: str | None
    patterns: Sequence[Pattern]


def read_mapping(raw: Mapping[str, Any]) -> StreamMapping | None:
    """The mapping in Lambda's own description of it; None when its source is no DynamoDB stream.

    Raises `UnknownPatternError` for a filter that would be read otherwise than Lambda reads it.
    """
    arn = str(raw.get("EventSourceArn", ""))
    if ":dynamodb:" not in arn or "/stream/" not in arn:
        return None
    failed = ((raw.get("DestinationConfig") or {}).get("OnFailure") or {}).get("Destination")
    filters = (raw.get("FilterCriteria") or {}).get("Filters") or ()
    return StreamMapping(
        stream_arn=arn,
        function_arn=str(raw["FunctionArn"]),
        from_the_start=raw.get("StartingPosition") == "TRIM_HORIZON",
        batch_size=int(raw.get("BatchSize", 100)),
        at_once=int(raw.get("ParallelizationFactor") or 1),
        retries=int(raw.get("MaximumRetryAttempts", FOR_EVER)),
        max_age_s=int(raw.get("MaximumRecordAgeInSeconds", FOR_EVER)),
        bisect=bool(raw.get("BisectBatchOnFunctionError", False)),
        partial=PARTIAL in (raw.get("FunctionResponseTypes") or ()),
        on_failure=str(failed) if failed else None,
        patterns=read_patterns([str(one["Pattern"]) for one in filters]),
    )
