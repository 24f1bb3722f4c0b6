"""What the ledger's stack has besides the core template's part of it, in our own words.

The rotation of keys, the nightly export and audit, and the topic by which alarms and reports reach
people.
"""

from __future__ import annotations

from infra.aws.functions import Function, by_the_clock, may_be_run
from infra.aws.hardening import hardened
from infra.aws.lifetimes import cut
from infra.aws.reports import reports
from infra.aws.stages import Stage
from infra.aws.template import Json, export_name, read_template

ROTATED = ("SessionTokenKey",)
ROTATION_DAYS = 30
EXPORT_PREFIX = "ledger"
OPERATIONS: dict[str, Json] = {
    "Operations": {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": "teller-operations"}}
}
"""Who is on call subscribes here once: releases come and go, and alarms still find them."""


def data_template(stage: Stage) -> Json:
    """The ledger's stack before CDK takes it in and adds keys, buckets and backups."""
    kept, _ = cut(read_template())
    kept["Resources"] |= rotation(kept["Resources"]) | export() | audit() | reports() | OPERATIONS
    kept["Outputs"]["OperationsRef"] = {
        "Value": {"Ref": "Operations"},
        "Export": {"Name": export_name("Operations")},
    }
    kept["Resources"] = hardened(kept["Resources"], stage)
    return kept


def rotation(kept: dict[str, Json]) -> dict[str, Json]:
    """The function that turns the token key, and the schedules that call it."""
    secrets = [{"Ref": name} for name in ROTATED]
    function = Function(
        "KeyRotation",
        "fulfillment.handlers.rotation.handler",
        "Turns the session-token key; the key before it stays good until the next turn.",
        [
            {
                "Sid": "TheKeysThatItTurns",
                "Effect": "Allow",
                "Action": [
                    "secretsmanager:DescribeSecret",
                    "secretsmanager:GetSecretValue",
                    "secretsmanager:PutSecretValue",
                    "secretsmanager:UpdateSecretVersionStage",
                ],
                "Resource": secrets,
            }
        ],
    )
    made = function.resources()
    for name in ROTATED:
        assert kept[name]["Type"] == "AWS::SecretsManager::Secret"  # noqa: S101 - a table of ours
        made[f"{name}MayTurn"] = may_be_run(
            "KeyRotation", "secretsmanager.amazonaws.com", {"Ref": name}
        )
        made[f"{name}Rotation"] = {
            "Type": "AWS::SecretsManager::RotationSchedule",
            "DependsOn": [f"{name}MayTurn"],
            "Properties": {
                "SecretId": {"Ref": name},
                "RotationLambdaARN": {"Fn::GetAtt": ["KeyRotation", "Arn"]},
                "RotationRules": {"ScheduleExpression": f"rate({ROTATION_DAYS} days)"},
            },
        }
    return made


def export() -> dict[str, Json]:
    """The function that asks for yesterday's changes of the table, each night."""
    function = Function(
        "LedgerExport",
        "fulfillment.handlers.ledger_export.handler",
        "Every night: exports the ledger's changes of the day to S3.",
        [
            {
                "Sid": "TheLedgersExports",
                "Effect": "Allow",
                "Action": "dynamodb:ExportTableToPointInTime",
                "Resource": {"Fn::GetAtt": ["BankTable", "Arn"]},
            },
            {
                "Sid": "WhereTheyGo",
                "Effect": "Allow",
                "Action": ["s3:AbortMultipartUpload", "s3:PutObject"],
                "Resource": {"Fn::Sub": f"${{ExportsArn}}/{EXPORT_PREFIX}/*"},
            },
        ],
        {
            "TABLE_ARN": {"Fn::GetAtt": ["BankTable", "Arn"]},
            "EXPORT_BUCKET": {"Ref": "ExportsName"},
            "EXPORT_PREFIX": EXPORT_PREFIX,
        },
    )
    return by_the_clock(function, "cron(10 1 * * ? *)", "Nightly", "Exports the ledger's changes.")


def audit() -> dict[str, Json]:
    """The function that reads the books each night, and looks whether they agree."""
    function = Function(
        "LedgerAudit",
        "fulfillment.handlers.ledger_audit.handler",
        "Every night: rebuilds every balance from its postings, and counts what disagrees.",
        [
            {
                "Sid": "TheBooks",
                "Effect": "Allow",
                "Action": ["dynamodb:DescribeTable", "dynamodb:Scan"],
                "Resource": {"Fn::GetAtt": ["BankTable", "Arn"]},
            }
        ],
        {"TABLE_NAME": {"Ref": "BankTable"}},
        memory=1_769,
        timeout=900,
    )
    return by_the_clock(function, "cron(40 3 * * ? *)", "Nightly", "Audits the ledger.")
