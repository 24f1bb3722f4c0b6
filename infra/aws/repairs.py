"""The functions that repair what is found: each may do its own repairs and nothing else.

Which finding goes to which function is decided in the bus, by the patterns here.
"""

from __future__ import annotations

from typing import Any

from infra.aws.functions import Function, may_be_run
from infra.aws.stages import Stage
from infra.aws.template import Json, Resources, imported

OWN_BUCKETS = "arn:${AWS::Partition}:s3:::teller-*"
_ACCOUNT = "arn:${AWS::Partition}:%s:${AWS::Region}:${AWS::AccountId}:%s"


def _arn(service: str, rest: str) -> Json:
    return {"Fn::Sub": _ACCOUNT % (service, rest)}


def _allow(sid: str, resource: Any, *actions: str) -> Json:
    return {"Sid": sid, "Effect": "Allow", "Action": sorted(actions), "Resource": resource}


def _traces_left() -> list[Json]:
    """What every repair leaves behind: evidence, and an event."""
    return [
        _allow("TheEvidence", {"Fn::Sub": "${EvidenceArn}/remediation/*"}, "s3:PutObject"),
        _allow("TheSecurityEvent", imported("BankTable", "Arn"), "dynamodb:PutItem"),
    ]


def _common() -> list[Json]:
    """The same, and a note on the finding: for repairs that Security Hub asks for."""
    return [
        *_traces_left(),
        _allow(
            "TheFindingsNote",
            {
                "Fn::Sub": "arn:${AWS::Partition}:securityhub:${AWS::Region}:${AWS::AccountId}:hub/default"
            },
            "securityhub:BatchUpdateFindings",
        ),
    ]


def _environment(stage: Stage) -> Json:
    return {
        "TABLE_NAME": imported("BankTable"),
        "EVIDENCE_BUCKET": {"Ref": "EvidenceName"},
        "DRY_RUN": "true" if stage.dry_run else "false",
        "ACCOUNT_ID": {"Ref": "AWS::AccountId"},
        "BREAK_GLASS": "break-glass,OrganizationAccountAccessRole",
        "MAY_REPAIR": "teller-,teller/",
        "LEDGER_KEY_ARN": imported("OperationsKey", "Arn"),
    }


def _functions(stage: Stage) -> tuple[Function, ...]:
    own_users = {"Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:user/*"}
    glass = {"Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:user/break-glass*"}
    identity = ("iam:ListAccessKeys", "iam:UpdateAccessKey", "iam:DeleteLoginProfile",
                "iam:GetLoginProfile", "iam:PutUserPolicy", "iam:GetUserPolicy")  # fmt: skip
    environment = _environment(stage)
    return (
        Function(
            "RepairStorage", "fulfillment.handlers.repair_storage.handler",
            "Closes and encrypts buckets and what lies in them.",
            [
                _allow("ItsBuckets", {"Fn::Sub": OWN_BUCKETS},
                       "s3:GetEncryptionConfiguration", "s3:PutEncryptionConfiguration",
                       "s3:GetBucketPublicAccessBlock", "s3:PutBucketPublicAccessBlock"),
                _allow("WhatLiesInThem", {"Fn::Sub": OWN_BUCKETS + "/*"},
                       "s3:GetObject", "s3:PutObject", "s3:PutObjectTagging",
                       "s3:GetObjectTagging"),
                *_common(),
            ],
            environment,
        ),
        Function(
            "RepairIdentity", "fulfillment.handlers.repair_identity.handler",
            "Takes a compromised user's ways in, and keeps all that tells what happened.",
            [
                _allow("ItsUsers", own_users, *identity),
                {"Sid": "NeverTheBrokenGlass", "Effect": "Deny",
                 "Action": sorted(identity), "Resource": glass},
                *_traces_left(),
            ],
            environment,
        ),
        Function(
            "RepairExposure", "fulfillment.handlers.repair_exposure.handler",
            "Closes what is open to the world: security groups, tables, function addresses.",
            [
                _allow("WhatGroupsThereAre", "*", "ec2:DescribeSecurityGroups"),
                _allow("ItsGroups", _arn("ec2", "security-group/*"),
                       "ec2:RevokeSecurityGroupIngress"),
                _allow("ItsTables", _arn("dynamodb", "table/teller-*"),
                       "dynamodb:DeleteResourcePolicy", "dynamodb:GetResourcePolicy"),
                _allow("ItsFunctions", _arn("lambda", "function:teller-*"),
                       "lambda:GetFunctionUrlConfig", "lambda:UpdateFunctionUrlConfig"),
                *_common(),
            ],
            environment,
        ),
        Function(
            "RepairAudit", "fulfillment.handlers.repair_audit.handler",
            "Starts again what watches, and turns secrets that were seen.",
            [
                _allow("ItsTrail", _arn("cloudtrail", "trail/teller-trail"),
                       "cloudtrail:GetTrailStatus", "cloudtrail:StartLogging"),
                _allow("TheRecorder", "*", "config:DescribeConfigurationRecorderStatus",
                       "config:StartConfigurationRecorder"),
                _allow("ItsSecrets", _arn("secretsmanager", "secret:teller/*"),
                       "secretsmanager:DescribeSecret", "secretsmanager:RotateSecret"),
                *_common(),
            ],
            environment,
        ),
    )  # fmt: skip


PATTERNS: dict[str, tuple[str, Json]] = {
    "MacieFound": (
        "RepairStorage",
        {"source": ["aws.macie"], "detail-type": ["Macie Finding"],
         "detail": {"severity": {"description": ["High", "Medium"]}}},
    ),
    "BucketFound": (
        "RepairStorage",
        {"source": ["aws.securityhub"], "detail-type": ["Security Hub Findings - Imported"],
         "detail": {"findings": {
             "Compliance": {"Status": ["FAILED"]}, "RecordState": ["ACTIVE"],
             "Workflow": {"Status": ["NEW", "NOTIFIED"]},
             "Resources": {"Type": ["AwsS3Bucket"]}}}},
    ),
    "IdentityFound": (
        "RepairIdentity",
        {"source": ["aws.guardduty"], "detail-type": ["GuardDuty Finding"],
         "detail": {"severity": [{"numeric": [">=", 4]}],
                    "resource": {"resourceType": ["AccessKey"]}}},
    ),
    "ExposureFound": (
        "RepairExposure",
        {"source": ["aws.securityhub"], "detail-type": ["Security Hub Findings - Imported"],
         "detail": {"findings": {
             "Compliance": {"Status": ["FAILED"]}, "RecordState": ["ACTIVE"],
             "Workflow": {"Status": ["NEW", "NOTIFIED"]},
             "Resources": {"Type": ["AwsEc2SecurityGroup", "AwsDynamoDbTable",
                                    "AwsLambdaFunction"]}}}},
    ),
    "WatchEnded": (
        "RepairAudit",
        {"source": ["aws.cloudtrail", "aws.config"],
         "detail-type": ["AWS API Call via CloudTrail"],
         "detail": {"eventName": ["StopLogging", "StopConfigurationRecorder"],
                    "errorCode": [{"exists": False}]}},
    ),
    "SecretFound": (
        "RepairAudit",
        {"source": ["aws.securityhub"], "detail-type": ["Security Hub Findings - Imported"],
         "detail": {"findings": {
             "Compliance": {"Status": ["FAILED"]}, "RecordState": ["ACTIVE"],
             "Workflow": {"Status": ["NEW", "NOTIFIED"]},
             "Resources": {"Type": ["AwsSecretsManagerSecret"]}}}},
    ),
    "ConfigFound": (
        "RepairStorage",
        {"source": ["aws.config"], "detail-type": ["Config Rules Compliance Change"],
         "detail": {"messageType": ["ComplianceChangeNotification"],
                    "resourceType": ["AWS::S3::Bucket"],
                    "newEvaluationResult": {"complianceType": ["NON_COMPLIANT"]}}},
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


def repair_resources(stage: Stage) -> Resources:
    """The functions, the rules that feed them, and the rules that tell people."""
    made: Resources = {
        "SecurityNotices": {
            "Type": "AWS::SNS::Topic",
            "Properties": {"TopicName": "teller-security-notices"},
        }
    }
    for function in _functions(stage):
        made |= function.resources()
    for name, (repairs, pattern) in PATTERNS.items():
        made[name] = _rule(pattern, {"Id": "repair", "Arn": {"Fn::GetAtt": [repairs, "Arn"]}})
        made[f"{name}MayRun"] = may_be_run(
            repairs, "events.amazonaws.com", {"Fn::GetAtt": [name, "Arn"]}
        )
    for name, pattern in NOTICES.items():
        made[name] = _rule(pattern, {"Id": "notice", "Arn": {"Ref": "SecurityNotices"}})
    return made


def _rule(pattern: Json, target: Json) -> Json:
    return {
        "Type": "AWS::Events::Rule",
        "Properties": {"EventPattern": pattern, "State": "ENABLED", "Targets": [target]},
    }
