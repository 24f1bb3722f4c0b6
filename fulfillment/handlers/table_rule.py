"""The Lambda of Config's rule of our own: what a table that holds money must have.

AWS's managed rules look at one trait each, and at every table. This one looks at the ledger's
alone, says in words all that it lacks, and asks DynamoDB itself: what Config has recorded of a
table holds neither its recovery nor its protection.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

import botocore.session
from aws_lambda_powertools import Logger
from pydantic import BaseModel, ConfigDict, Field

from fulfillment.client_config import client_config
from fulfillment.remediation.repair import if_there
from fulfillment.remediation.tables import ProtectTable, table_repairs

logger = Logger(service="table-rule")

_CLIENT = client_config(read_s=10)
_KIND = "AWS::DynamoDB::Table"
_GONE = ("ResourceDeleted", "ResourceNotRecorded", "ResourceDeletedNotRecorded")


class RuleSettings(BaseModel):
    """Environment variables, by name."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    table: str = Field(alias="TABLE_NAME", min_length=3)


@cache
def client_of(service: str) -> Any:
    """A botocore client, made when it is first asked for."""
    return botocore.session.get_session().create_client(service, config=_CLIENT)


def handler(event: Mapping[str, Any], _context: Any) -> dict[str, int]:
    """What Config asks: about one table that changed, or once a day. A fault is raised."""
    table = RuleSettings.model_validate(dict(os.environ)).table
    invoking = json.loads(event["invokingEvent"])
    wanted = json.loads(event.get("ruleParameters") or "{}")
    found = [
        _evaluation(name, at, protected=wanted.get("protected") == "true")
        for name, at in _asked_about(invoking, table)
    ]
    if found:
        client_of("config").put_evaluations(Evaluations=found, ResultToken=event["resultToken"])
    logger.info("table", extra={"evaluations": len(found)})
    return {"evaluations": len(found)}


def _asked_about(invoking: Mapping[str, Any], table: str) -> Iterator[tuple[str, datetime]]:
    """The ledger's table and when it was so; nothing for another's, or for one that is gone."""
    if invoking["messageType"] == "ScheduledNotification":
        yield table, datetime.fromisoformat(invoking["notificationCreationTime"])
        return
    item = invoking["configurationItem"]
    if (item["resourceType"], item["resourceId"]) != (_KIND, table):
        return
    if item["configurationItemStatus"] not in _GONE:
        yield table, datetime.fromisoformat(item["configurationItemCaptureTime"])


def _evaluation(table: str, at: datetime, *, protected: bool) -> dict[str, Any]:
    lacks = lacking(client_of("dynamodb"), table, protected=protected)
    if lacks is None:
        compliance, said = "NOT_APPLICABLE", "there is no such table"
    else:
        compliance = "NON_COMPLIANT" if lacks else "COMPLIANT"
        said = "to do: " + "; ".join(lacks) if lacks else "nothing is lacking"
    return {
        "ComplianceResourceType": _KIND,
        "ComplianceResourceId": table,
        "ComplianceType": compliance,
        "Annotation": said[:256],
        "OrderingTimestamp": at.astimezone(UTC),
    }


def lacking(client: Any, table: str, *, protected: bool) -> list[str] | None:
    """What a table lacks, in the words of its repairs; None when it is not there.

    `protected`: whether it has to be protected from being deleted, which a stage that is torn
    down every week does without.
    """
    absent = ("ResourceNotFoundException", "TableNotFoundException")
    if if_there(client.describe_table, *absent, TableName=table) is None:
        return None
    wanted = table_repairs(client, table, "")
    if not protected:
        wanted = [one for one in wanted if not isinstance(one, ProtectTable)]
    return [one.action for one in wanted if not one.is_well(one.look())]
