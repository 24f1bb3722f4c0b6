"""Payments as they were judged, for those who look at many at once: features, score, model.

It reads the whole table, page by page, at what that costs: for a daily job or a person, never for a
turn. A bank of some size reads the same items from the nightly export.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from fulfillment.store import keys
from fulfillment.store.wire import Record, encode

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.client import DynamoDBClient


@dataclass(frozen=True, slots=True)
class JudgedPayment:
    """`row` is its features in the model's order; `score` is None when rules alone judged."""

    row: tuple[float, ...]
    score: float | None
    model_version: str | None


def judged_payments(
    client: DynamoDBClient, table: str, since: datetime, until: datetime
) -> Iterator[JudgedPayment]:
    """Every payment that was judged from `since` to before `until`, in no order.

    May raise botocore's own errors.
    """
    wanted: dict[str, str | int] = {
        ":scores": keys.FRAUD_SCORES,
        ":score": "S",
        ":since": int(since.timestamp()),
        ":until": int(until.timestamp()),
    }
    pages = client.get_paginator("scan").paginate(
        TableName=table,
        FilterExpression="begins_with(PK, :scores) AND SK = :score"
        " AND #at >= :since AND #at < :until",
        ProjectionExpression="#row, sc, mv",
        ExpressionAttributeNames={"#at": "at", "#row": "row"},
        ExpressionAttributeValues=encode(wanted),
    )
    for page in pages:
        for item in page["Items"]:
            record = Record(item)
            score = record.optional_text("sc")
            yield JudgedPayment(
                tuple(json.loads(record.text("row"))),
                None if score is None else float(score),
                record.optional_text("mv"),
            )
