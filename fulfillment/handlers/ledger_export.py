"""The Lambda that asks DynamoDB, each night, to export what changed in the ledger in a day.

An export by point-in-time recovery costs the table no capacity. It is asked for by the day that it
covers, so a second run of a night is the same export.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import botocore.session
from aws_lambda_powertools import Logger
from pydantic import BaseModel, ConfigDict, Field

from fulfillment.client_config import client_config
from fulfillment.clock import clock_of

logger = Logger(service="ledger-export")

_CLIENT = client_config(read_s=10)


class ExportSettings(BaseModel):
    """Environment variables, by name."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    table_arn: str = Field(alias="TABLE_ARN", min_length=10)
    bucket: str = Field(alias="EXPORT_BUCKET", min_length=3)
    prefix: str = Field(alias="EXPORT_PREFIX", min_length=1)
    clock: str | None = Field(alias="TELLER_CLOCK", default=None)


@cache
def _client() -> Any:
    return botocore.session.get_session().create_client("dynamodb", config=_CLIENT)


def handler(_event: Mapping[str, Any], _context: Any) -> dict[str, str]:
    """Asks for yesterday's export, UTC. A fault is raised, so that it is asked for again."""
    settings = ExportSettings.model_validate(dict(os.environ))
    request = request_of(settings, clock_of(settings.clock)())
    found = _client().export_table_to_point_in_time(**request)["ExportDescription"]
    logger.info("export", extra={"status": found["ExportStatus"], "to": request["S3Prefix"]})
    return {"status": found["ExportStatus"], "prefix": request["S3Prefix"]}


def request_of(settings: ExportSettings, now: datetime) -> dict[str, Any]:
    """The export of the whole day before `now`'s."""
    today = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    day = today - timedelta(days=1)
    return {
        "TableArn": settings.table_arn,
        "S3Bucket": settings.bucket,
        "S3Prefix": f"{settings.prefix}/{day:%Y/%m/%d}",
        "S3SseAlgorithm": "KMS",
        "ExportFormat": "DYNAMODB_JSON",
        "ExportType": "INCREMENTAL_EXPORT",
        "IncrementalExportSpecification": {
            "ExportFromTime": day,
            "ExportToTime": today,
            "ExportViewType": "NEW_AND_OLD_IMAGES",
        },
        "ClientToken": f"ledger-{day:%Y%m%d}",
    }
