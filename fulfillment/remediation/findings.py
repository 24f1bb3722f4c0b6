"""Findings as EventBridge brings them, from six sources, as one value.

Sources: EventBridge events of Macie ("Macie Finding"), GuardDuty ("GuardDuty Finding"), Security
Hub ("Security Hub Findings - Imported", in ASFF), Config ("Config Rules Compliance Change"),
CloudTrail ("AWS API Call via CloudTrail") and CloudWatch ("CloudWatch Alarm State Change").
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from fulfillment.remediation.controls import ACCESS_ANALYZER, ANSWERED


class MalformedFindingError(ValueError):
    """Not a finding of a source that we know; the message names what is missing, never values."""


class Thing(StrEnum):
    """What kind of resource a finding is about."""

    BUCKET = "bucket"
    OBJECT = "object"
    USER = "user"
    ROOT = "root"
    ROLE = "role"
    SECURITY_GROUP = "security group"
    TABLE = "table"
    FUNCTION = "function"
    TRAIL = "trail"
    RECORDER = "recorder"
    SECRET = "secret"  # noqa: S105 - a kind of thing
    TOPIC = "topic"
    QUEUE = "queue"
    LOG_GROUP = "log group"
    SWITCHES = "switches of alarm"


@dataclass(frozen=True, slots=True)
class Finding:
    """`name` is what the resource's own API calls it. `key` and `version` are an object's.

    `product_arn` is set for what Security Hub holds, and can be told there that it was dealt with.
    `what` is the source's own name for what is wrong, as in "S3.8".
    """

    id: str
    source: str
    account: str
    what: str
    thing: Thing
    name: str
    found_at: datetime
    key: str | None = None
    version: str | None = None
    product_arn: str | None = None

    @property
    def resource(self) -> str:
        """The resource, for people: never more than 200 characters."""
        return f"{self.thing} {self.name}"[:200]


def findings_of(event: Mapping[str, Any]) -> list[Finding]:
    """The findings of an event: what is archived, suppressed, passed or of no known thing is none.

    Raises `MalformedFindingError` for an event of no known source or shape.
    """
    try:
        reader = _READERS[str(event["source"]), str(event["detail-type"])]
        return list(reader(event, event["detail"]))
    except KeyError as missing:
        raise MalformedFindingError(f"no finding of ours: {missing.args[0]!r}") from None
    except (TypeError, AttributeError, ValueError) as fault:
        raise MalformedFindingError(f"a finding of another shape: {type(fault).__name__}") from None


def _time(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError("a time without a zone")
    return found


def _macie(_event: Mapping[str, Any], detail: Mapping[str, Any]) -> Iterator[Finding]:
    if detail.get("archived"):
        return
    affected = detail["resourcesAffected"]
    bucket = affected["s3Bucket"]["name"]
    common = {
        "source": "macie",
        "account": detail["accountId"],
        "what": detail["type"],
        "found_at": _time(detail["updatedAt"]),
    }
    yield Finding(id=detail["id"], thing=Thing.BUCKET, name=bucket, **common)
    held = affected.get("s3Object")
    if held and detail["type"].startswith("SensitiveData"):
        yield Finding(
            id=detail["id"],
            thing=Thing.OBJECT,
            name=bucket,
            key=held["key"],
            version=held.get("versionId") or None,
            **common,
        )


def _guardduty(_event: Mapping[str, Any], detail: Mapping[str, Any]) -> Iterator[Finding]:
    if detail.get("service", {}).get("archived"):
        return
    for thing, name in _threatened(detail["resource"]):
        yield Finding(
            id=detail["id"],
            source="guardduty",
            account=detail["accountId"],
            what=detail["type"],
            thing=thing,
            name=name,
            found_at=_time(detail["updatedAt"]),
        )


def _threatened(resource: Mapping[str, Any]) -> Iterator[tuple[Thing, str]]:
    """A key's owner; a bucket, and whose key reached it; a function. Others are told to people."""
    kind = resource["resourceType"]
    if kind == "S3Bucket":
        for bucket in resource["s3BucketDetails"]:
            yield Thing.BUCKET, bucket["name"]
    if kind == "Lambda":
        yield Thing.FUNCTION, resource["lambdaDetails"]["functionName"]
    who = resource.get("accessKeyDetails") if kind in ("AccessKey", "S3Bucket") else None
    if kind == "AccessKey" and who is None:
        raise KeyError("accessKeyDetails")
    # Who reaches a bucket without a key has no name.
    if who and (kind == "AccessKey" or who.get("userName")):
        whose = {"IAMUser": Thing.USER, "Root": Thing.ROOT}.get(who["userType"], Thing.ROLE)
        yield whose, who["userName"]


_ASFF: dict[str, tuple[Thing, Callable[[str], str]]] = {
    "AwsS3Bucket": (Thing.BUCKET, lambda arn: arn.rpartition(":")[2]),
    "AwsEc2SecurityGroup": (Thing.SECURITY_GROUP, lambda arn: arn.rpartition("/")[2]),
    "AwsDynamoDbTable": (Thing.TABLE, lambda arn: arn.rpartition("/")[2]),
    "AwsLambdaFunction": (Thing.FUNCTION, lambda arn: arn.split(":")[6]),
    "AwsSecretsManagerSecret": (Thing.SECRET, lambda arn: arn.split(":", 6)[6][:-7]),
    "AwsSnsTopic": (Thing.TOPIC, lambda arn: arn.rpartition(":")[2]),
    "AwsSqsQueue": (Thing.QUEUE, lambda arn: arn.rpartition(":")[2]),
}


def _security_hub(_event: Mapping[str, Any], detail: Mapping[str, Any]) -> Iterator[Finding]:
    for found in detail["findings"]:
        open_ = found["RecordState"] == "ACTIVE" and found["Workflow"]["Status"] in (
            "NEW",
            "NOTIFIED",
        )
        if not open_ or found.get("Compliance", {}).get("Status") == "PASSED":
            continue
        what = found.get("Compliance", {}).get("SecurityControlId") or found.get("ProductName")
        if what not in ANSWERED and what != ACCESS_ANALYZER:
            continue
        for resource in found["Resources"]:
            known = _ASFF.get(resource["Type"])
            if known is None:
                continue
            thing, name_of = known
            yield Finding(
                id=found["Id"],
                source="securityhub",
                account=found["AwsAccountId"],
                what=what,
                thing=thing,
                name=name_of(resource["Id"]),
                found_at=_time(found["UpdatedAt"]),
                product_arn=found["ProductArn"],
            )


_RECORDED = {
    "AWS::S3::Bucket": Thing.BUCKET,
    "AWS::DynamoDB::Table": Thing.TABLE,
    "AWS::Logs::LogGroup": Thing.LOG_GROUP,
}
"""Of what Config tells, by the resource's type: its id there is its name."""


def _config(event: Mapping[str, Any], detail: Mapping[str, Any]) -> Iterator[Finding]:
    if detail["newEvaluationResult"]["complianceType"] != "NON_COMPLIANT":
        return
    thing = _RECORDED.get(detail["resourceType"])
    if thing is None:
        return
    yield Finding(
        id=f"{detail['configRuleName']}/{detail['resourceId']}/{event['time']}",
        source="config",
        account=detail["awsAccountId"],
        what=detail["configRuleName"],
        thing=thing,
        name=detail["resourceId"],
        found_at=_time(event["time"]),
    )


_STOPPED = {
    "StopLogging": (Thing.TRAIL, "name"),
    "StopConfigurationRecorder": (Thing.RECORDER, "configurationRecorderName"),
}


def _api_call(event: Mapping[str, Any], detail: Mapping[str, Any]) -> Iterator[Finding]:
    known = _STOPPED.get(detail["eventName"])
    if known is None or detail.get("errorCode"):
        return
    thing, parameter = known
    yield Finding(
        id=detail["eventID"],
        source="cloudtrail",
        account=detail["recipientAccountId"],
        what=detail["eventName"],
        thing=thing,
        name=str(detail["requestParameters"][parameter]).rpartition("/")[2],
        found_at=_time(event["time"]),
    )


def _alarm(event: Mapping[str, Any], detail: Mapping[str, Any]) -> Iterator[Finding]:
    """An alarm that goes off; that it is over, or has no data, is no finding."""
    if detail["state"]["value"] != "ALARM":
        return
    yield Finding(
        id=f"{detail['alarmName']}/{detail['state']['timestamp']}",
        source="cloudwatch",
        account=event["account"],
        what="alarm",
        thing=Thing.SWITCHES,
        name=detail["alarmName"],
        found_at=_time(event["time"]),
    )


_READERS: dict[
    tuple[str, str], Callable[[Mapping[str, Any], Mapping[str, Any]], Iterator[Finding]]
] = {
    ("aws.macie", "Macie Finding"): _macie,
    ("aws.guardduty", "GuardDuty Finding"): _guardduty,
    ("aws.securityhub", "Security Hub Findings - Imported"): _security_hub,
    ("aws.config", "Config Rules Compliance Change"): _config,
    ("aws.cloudtrail", "AWS API Call via CloudTrail"): _api_call,
    ("aws.config", "AWS API Call via CloudTrail"): _api_call,
    ("aws.cloudwatch", "CloudWatch Alarm State Change"): _alarm,
}
