"""The functions that repair what is found: each may do its own repairs and nothing else.

Which finding goes to which function is decided in the bus, by `infra.aws.repair_rules`.
"""

from __future__ import annotations

from typing import Any

from infra.aws.functions import Function, may_be_run
from infra.aws.repair_rules import NOTICES, PATTERNS
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
                       "lambda:GetFunctionConcurrency", "lambda:GetFunctionUrlConfig",
                       "lambda:GetPolicy", "lambda:PutFunctionConcurrency",
                       "lambda:RemovePermission", "lambda:UpdateFunctionUrlConfig"),
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
        Function(
            "RepairTables", "fulfillment.handlers.repair_tables.handler",
            "Gives the ledger's table back what keeps it from being lost.",
            [
                _allow("TheLedger", imported("BankTable", "Arn"),
                       "dynamodb:DescribeContinuousBackups", "dynamodb:DescribeTable",
                       "dynamodb:UpdateContinuousBackups", "dynamodb:UpdateTable"),
                *_common(),
            ],
            environment | {"LEDGER_KEY_ARN": imported("LedgerKey", "Arn")},
        ),
        Function(
            "RepairEncryption", "fulfillment.handlers.repair_encryption.handler",
            "Encrypts topics, queues and logs under the bank's key.",
            [
                _allow("ItsTopics", _arn("sns", "teller-*"),
                       "sns:GetTopicAttributes", "sns:SetTopicAttributes"),
                _allow("QueuesWithoutAKey", _arn("sqs", "teller-*"),
                       "sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:SetQueueAttributes"),
                _allow("WhatLogsThereAre", "*", "logs:DescribeLogGroups"),
                _allow("ItsLogs", _arn("logs", "log-group:/aws/*/teller-*"),
                       "logs:AssociateKmsKey"),
                *_common(),
            ],
            environment | {"MAY_REPAIR": "teller-,/aws/lambda/teller-,/aws/apigateway/teller-"},
        ),
        Function(
            "RepairSwitches", "fulfillment.handlers.repair_switches.handler",
            "Switches intents off when an alarm says that it is better so.",
            [
                _allow("TheFlags", [_switches("/environment/${Environment}"),
                                    _switches("/environment/${Environment}/deployment/*"),
                                    _switches(""),
                                    _switches("/configurationprofile/${Profile}"),
                                    _switches("/configurationprofile/${Profile}/hostedconfigurationversion/*"),
                                    {"Fn::Sub": [_ACCOUNT % ("appconfig", "deploymentstrategy/${Strategy}"),
                                                 {"Strategy": imported("SwitchesAtOnce")}]}],
                       "appconfig:CreateHostedConfigurationVersion",
                       "appconfig:GetHostedConfigurationVersion", "appconfig:ListDeployments",
                       "appconfig:StartDeployment"),
                *_traces_left(),
            ],
            environment | {
                "SWITCHES_APPLICATION": imported("Switches"),
                "SWITCHES_ENVIRONMENT": imported("SwitchesLive"),
                "SWITCHES_PROFILE": imported("SwitchesProfile"),
                "SWITCHES_STRATEGY": imported("SwitchesAtOnce"),
            },
        ),
    )  # fmt: skip


def _switches(beneath: str) -> Json:
    """A part of AppConfig's application, by the ids that the assistant's stack exports."""
    ids = {"Application": "Switches", "Environment": "SwitchesLive", "Profile": "SwitchesProfile"}
    path = "application/${Application}" + beneath
    used = {name: imported(one) for name, one in ids.items() if f"${{{name}}}" in path}
    return {"Fn::Sub": [_ACCOUNT % ("appconfig", path), used]}


def table_rule(stage: Stage) -> Resources:
    """Config's rule of our own over the ledger's table; Config calls the function."""
    function = Function(
        "TableRule", "fulfillment.handlers.table_rule.handler",
        "Tells Config whether the ledger's table has what keeps it from being lost.",
        [
            _allow("TheLedgersTraits", imported("BankTable", "Arn"),
                   "dynamodb:DescribeContinuousBackups", "dynamodb:DescribeTable"),
            _allow("WhatConfigIsTold", "*", "config:PutEvaluations"),
        ],
        {"TABLE_NAME": imported("BankTable")},
    )  # fmt: skip
    asked = ("ConfigurationItemChangeNotification", "ScheduledNotification")
    return {
        **function.resources(),
        "ConfigMayAsk": {
            "Type": "AWS::Lambda::Permission",
            "Properties": {
                "Action": "lambda:InvokeFunction",
                "FunctionName": {"Ref": "TableRule"},
                "Principal": "config.amazonaws.com",
                "SourceAccount": {"Ref": "AWS::AccountId"},
            },
        },
        "LedgerIsKept": {
            "Type": "AWS::Config::ConfigRule",
            "DependsOn": ["ConfigMayAsk"],
            "Properties": {
                "ConfigRuleName": "teller-ledger-is-kept",
                "Description": "The ledger's table can go back, is protected and has our key.",
                "Scope": {"ComplianceResourceTypes": ["AWS::DynamoDB::Table"]},
                "InputParameters": {"protected": "true" if stage.kept else "false"},
                "Source": {
                    "Owner": "CUSTOM_LAMBDA",
                    "SourceIdentifier": {"Fn::GetAtt": ["TableRule", "Arn"]},
                    "SourceDetails": [
                        {"EventSource": "aws.config", "MessageType": kind}
                        | ({"MaximumExecutionFrequency": "TwentyFour_Hours"}
                           if kind.startswith("Scheduled") else {})
                        for kind in asked
                    ],
                },
            },
        },
    }  # fmt: skip


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
    made |= table_rule(stage)
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
