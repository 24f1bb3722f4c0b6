"""Which finding goes to which function, decided in the bus; and what people are told at once.

Of Security Hub only those controls are taken that a repair answers (`fulfillment.remediation.
controls`): what nobody looks at stays open there, for a person to see.
"""

from __future__ import annotations

from collections.abc import Iterable

from fulfillment.remediation.controls import (
    ACCESS_ANALYZER,
    AUDIT,
    ENCRYPTION,
    EXPOSURE,
    STORAGE,
    TABLES,
)
from fulfillment.remediation.switches import THROWN_BY
from infra.aws.template import Json

_OPEN: Json = {"RecordState": ["ACTIVE"], "Workflow": {"Status": ["NEW", "NOTIFIED"]}}


def _hub(**wanted: Json | list[str]) -> Json:
    return {
        "source": ["aws.securityhub"],
        "detail-type": ["Security Hub Findings - Imported"],
        "detail": {"findings": {**_OPEN, **wanted}},
    }


def _failed(controls: Iterable[str]) -> Json:
    return _hub(Compliance={"Status": ["FAILED"], "SecurityControlId": sorted(controls)})


def _strangers(*kinds: str) -> Json:
    return _hub(ProductName=[ACCESS_ANALYZER], Resources={"Type": list(kinds)})


def _threat(*kinds: str) -> Json:
    return {
        "source": ["aws.guardduty"],
        "detail-type": ["GuardDuty Finding"],
        "detail": {
            "severity": [{"numeric": [">=", 4]}],
            "resource": {"resourceType": list(kinds)},
        },
    }


def _drifted(*kinds: str) -> Json:
    return {
        "source": ["aws.config"],
        "detail-type": ["Config Rules Compliance Change"],
        "detail": {
            "messageType": ["ComplianceChangeNotification"],
            "resourceType": list(kinds),
            "newEvaluationResult": {"complianceType": ["NON_COMPLIANT"]},
        },
    }


PATTERNS: dict[str, tuple[str, Json]] = {
    "MacieFound": (
        "RepairStorage",
        {"source": ["aws.macie"], "detail-type": ["Macie Finding"],
         "detail": {"severity": {"description": ["High", "Medium"]}}},
    ),
    "BucketFound": ("RepairStorage", _failed(STORAGE)),
    "BucketIsShared": ("RepairStorage", _strangers("AwsS3Bucket")),
    "BucketThreatened": ("RepairStorage", _threat("S3Bucket")),
    "ConfigFound": ("RepairStorage", _drifted("AWS::S3::Bucket")),
    # Whose key reached a bucket is in the bucket's finding.
    "IdentityFound": ("RepairIdentity", _threat("AccessKey", "S3Bucket")),
    "ExposureFound": ("RepairExposure", _failed(EXPOSURE)),
    "SharedWithStrangers": ("RepairExposure", _strangers("AwsDynamoDbTable", "AwsLambdaFunction")),
    "FunctionThreatened": ("RepairExposure", _threat("Lambda")),
    "WatchEnded": (
        "RepairAudit",
        {"source": ["aws.cloudtrail", "aws.config"],
         "detail-type": ["AWS API Call via CloudTrail"],
         "detail": {"eventName": ["StopLogging", "StopConfigurationRecorder"],
                    "errorCode": [{"exists": False}]}},
    ),
    "SecretFound": ("RepairAudit", _failed(AUDIT)),
    "TableFound": ("RepairTables", _failed(TABLES)),
    "TableDrifted": ("RepairTables", _drifted("AWS::DynamoDB::Table")),
    "PlainMessagesFound": ("RepairEncryption", _failed(ENCRYPTION)),
    "PlainLogsFound": ("RepairEncryption", _drifted("AWS::Logs::LogGroup")),
    "AlarmThrows": (
        "RepairSwitches",
        {"source": ["aws.cloudwatch"], "detail-type": ["CloudWatch Alarm State Change"],
         "detail": {"alarmName": sorted(THROWN_BY), "state": {"value": ["ALARM"]}}},
    ),
}  # fmt: skip
"""Rules by name: the function that a finding goes to, and the events that are such a finding."""

NOTICES: dict[str, Json] = {
    "RootWasUsed": {
        "detail-type": ["AWS API Call via CloudTrail", "AWS Console Sign In via CloudTrail"],
        "detail": {"userIdentity": {"type": ["Root"]}},
    },
    "RightsChanged": {
        "source": ["aws.iam"],
        "detail-type": ["AWS API Call via CloudTrail"],
        "detail": {
            "eventName": [{"prefix": "Attach"}, {"prefix": "Put"}, {"prefix": "CreateAccessKey"},
                          {"prefix": "CreateUser"}, {"prefix": "UpdateAssumeRolePolicy"}]
        },
    },
    "KeyIsToGo": {
        "source": ["aws.kms"],
        "detail-type": ["AWS API Call via CloudTrail"],
        "detail": {"eventName": ["ScheduleKeyDeletion", "DisableKey"]},
    },
    "VulnerabilityFound": {
        "source": ["aws.inspector2"],
        "detail-type": ["Inspector2 Finding"],
        "detail": {"severity": ["CRITICAL", "HIGH"], "status": ["ACTIVE"]},
    },
    "ThreatFound": {
        "source": ["aws.guardduty"],
        "detail-type": ["GuardDuty Finding"],
        "detail": {"severity": [{"numeric": [">=", 4]}]},
    },
}  # fmt: skip
"""What people are told at once: nothing repairs it."""
