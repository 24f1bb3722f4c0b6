"""Runbooks that a person starts in Systems Manager, with the rights of whoever starts them.

Each is the manual step of a page in docs/runbooks, which names it. None has a role of its own, so
that nobody may do by a document what they may not do by hand.
"""

from __future__ import annotations

from typing import Any

from infra.aws.template import Json, Resources

_TEXT: Json = {"type": "String"}


def _call(name: str, service: str, api: str, **inputs: Any) -> Json:
    return {
        "name": name,
        "action": "aws:executeAwsApi",
        "inputs": {"Service": service, "Api": api, **inputs},
    }


def _until(name: str, service: str, api: str, path: str, wanted: str, **inputs: Any) -> Json:
    return {
        "name": name,
        "action": "aws:waitForAwsResourceProperty",
        "timeoutSeconds": 86_400,
        "inputs": {
            "Service": service, "Api": api, "PropertySelector": path, "DesiredValues": [wanted],
            **inputs,
        },
    }  # fmt: skip


AUTOMATIONS: dict[str, tuple[str, Json, list[Json]]] = {
    "redrive-dead-letters": (
        "Gives the messages of a dead-letter queue out again, once the cause is mended.",
        {"QueueArn": {**_TEXT, "allowedPattern": "^arn:aws[a-z-]*:sqs:[a-z0-9-]+:[0-9]{12}:.+$"}},
        [
            _call("redrive", "sqs", "StartMessageMoveTask", SourceArn="{{ QueueArn }}",
                  MaxNumberOfMessagesPerSecond=10),
        ],
    ),
    "restore-ledger": (
        "Makes a second table of the ledger as it was at an instant; the first one is left alone.",
        {
            "Table": _TEXT,
            "Restored": {**_TEXT, "allowedPattern": "^teller-[a-zA-Z0-9_.-]{3,200}$"},
            "At": {**_TEXT, "description": "ISO instant, for instance 2026-11-23T14:59:00Z"},
        },
        [
            _call("restore", "dynamodb", "RestoreTableToPointInTime",
                  SourceTableName="{{ Table }}", TargetTableName="{{ Restored }}",
                  RestoreDateTime="{{ At }}"),
            _until("wait", "dynamodb", "DescribeTable", "$.Table.TableStatus", "ACTIVE",
                   TableName="{{ Restored }}"),
            _call("goBackFromThere", "dynamodb", "UpdateContinuousBackups",
                  TableName="{{ Restored }}",
                  PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True}),
        ],
    ),
    "switch-back": (
        "Deploys an earlier version of the kill switches: the one before an alarm threw them.",
        {
            **dict.fromkeys(("Application", "Environment", "Profile", "Strategy"), _TEXT),
            "Version": {**_TEXT, "allowedPattern": "^[1-9][0-9]*$"},
        },
        [
            _call("deploy", "appconfig", "StartDeployment", ApplicationId="{{ Application }}",
                  EnvironmentId="{{ Environment }}", ConfigurationProfileId="{{ Profile }}",
                  DeploymentStrategyId="{{ Strategy }}", ConfigurationVersion="{{ Version }}"),
        ],
    ),
    "turn-alias-back": (
        "Lets the alias that customers reach run an earlier version of the function.",
        {"Version": {**_TEXT, "allowedPattern": "^[1-9][0-9]*$"}},
        [
            _call("turn", "lambda", "UpdateAlias", FunctionName="teller-fulfillment", Name="live",
                  FunctionVersion="{{ Version }}"),
        ],
    ),
}  # fmt: skip
"""By name: what it is for, its parameters, its steps."""


def automation_resources() -> Resources:
    """A document each."""
    return {
        "".join(word.title() for word in name.split("-")): {
            "Type": "AWS::SSM::Document",
            "Properties": {
                "Name": f"teller-{name}",
                "DocumentType": "Automation",
                "DocumentFormat": "JSON",
                "UpdateMethod": "NewVersion",
                "Content": {
                    "schemaVersion": "0.3",
                    "description": why,
                    "parameters": parameters,
                    "mainSteps": steps,
                },
            },
        }
        for name, (why, parameters, steps) in AUTOMATIONS.items()
    }
