"""Stream records for tests: numbered, and made at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from infra.local.streams.mapping import StreamMapping


def record(number: int, at: float = 1_000.0) -> dict[str, Any]:
    return {
        "eventName": "INSERT",
        "dynamodb": {
            "SequenceNumber": f"{number:05d}",
            "ApproximateCreationDateTime": at,
            "Keys": {"PK": {"S": f"P#{number}"}},
        },
    }


def numbers(records: Sequence[Mapping[str, Any]]) -> list[int]:
    return [int(one["dynamodb"]["SequenceNumber"]) for one in records]


def failed(*found: int) -> dict[str, Any]:
    """The answer of a function that reports these records."""
    return {"batchItemFailures": [{"itemIdentifier": f"{one:05d}"} for one in found]}


def mapping(
    *,
    retries: int = 2,
    bisect: bool = True,
    max_age_s: int = -1,
    partial: bool = True,
    at_once: int = 1,
) -> StreamMapping:
    return StreamMapping(
        stream_arn="arn:aws:dynamodb:us-east-1:1:table/t/stream/l",
        function_arn="arn:aws:lambda:us-east-1:1:function:f",
        from_the_start=True,
        batch_size=100,
        at_once=at_once,
        retries=retries,
        max_age_s=max_age_s,
        bisect=bisect,
        partial=partial,
        on_failure="arn:aws:sqs:us-east-1:1:q",
        patterns=[],
    )
