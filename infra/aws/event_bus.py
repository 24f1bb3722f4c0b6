"""What the bank's own bus has on AWS: an archive, the events' schema, and who hears of what.

The bus itself is the core template's, so the local bank has it too. A team that wants events writes
a rule on `teller`; the schema in the registry gives it types, the archive what it has missed.
"""

from __future__ import annotations

import json
from typing import Any

from fulfillment.alerts.events import TYPE_PREFIX, json_schema
from infra.aws.stages import Stage
from infra.aws.template import Json, Resources, imported

OURS: Json = {"source": [{"prefix": "teller/"}]}
OF_OPERATIONS: Json = {
    **OURS,
    "detail-type": [
        {"prefix": f"{TYPE_PREFIX}remediation."},
        {"prefix": f"{TYPE_PREFIX}model_drift."},
        {"prefix": f"{TYPE_PREFIX}model_trained."},
    ],
}
"""Events about the bank's own machinery: whoever is on call hears of them, besides the desk."""
OF_TRAINING: Json = {**OURS, "detail-type": [{"prefix": f"{TYPE_PREFIX}model_trained."}]}
"""What a state machine puts on the bus and no code of ours on the topic: the desk hears it from
here."""


def event_bus_resources(stage: Stage) -> Resources:
    """Archive, registry, schema and rules."""
    return {
        "BankEventsKept": {
            "Type": "AWS::Events::Archive",
            "DeletionPolicy": stage.removal,
            "UpdateReplacePolicy": stage.removal,
            "Properties": {
                "ArchiveName": "teller-events",
                "Description": "To be replayed to who missed them, or came later.",
                "SourceArn": {"Fn::GetAtt": ["BankEvents", "Arn"]},
                "EventPattern": OURS,
                "RetentionDays": stage.log_days,
                "KmsKeyIdentifier": imported("OperationsKey", "Arn"),
            },
        },
        "Schemas": {
            "Type": "AWS::EventSchemas::Registry",
            "Properties": {"RegistryName": "teller", "Description": "What the bank tells."},
        },
        "SecurityEventSchema": {
            "Type": "AWS::EventSchemas::Schema",
            "Properties": {
                "RegistryName": {"Fn::GetAtt": ["Schemas", "RegistryName"]},
                "SchemaName": "teller.security",
                "Type": "JSONSchemaDraft4",
                "Description": "The detail of each event whose type begins with teller.security.",
                "Content": json.dumps(as_draft_4(json_schema()), sort_keys=True),
            },
        },
        "OperationsHear": {
            "Type": "AWS::Events::Rule",
            "Properties": {
                "Description": "Repairs of the bank's own account, and drift, to who is on call.",
                "EventBusName": {"Ref": "BankEvents"},
                "EventPattern": OF_OPERATIONS,
                "State": "ENABLED",
                "Targets": [{"Id": "operations", "Arn": imported("Operations")}],
            },
        },
        "AnalystsHear": {
            "Type": "AWS::Events::Rule",
            "Properties": {
                "Description": "What came of a model's training, to the analysts' desk.",
                "EventBusName": {"Ref": "BankEvents"},
                "EventPattern": OF_TRAINING,
                "State": "ENABLED",
                # The envelope alone: what the topic has of every other event.
                "Targets": [
                    {
                        "Id": "desk",
                        "Arn": {"Ref": "SecurityEventsTopic"},
                        "InputPath": "$.detail",
                    }
                ],
            },
        },
    }


def as_draft_4(schema: Any) -> Any:
    """A schema in the one dialect that the registry takes: definitions and constants have other
    words there, and a discriminator is none of its words.
    """
    if isinstance(schema, list):
        return [as_draft_4(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    made: Json = {}
    for name, value in schema.items():
        if name == "$schema":
            made[name] = "http://json-schema.org/draft-04/schema#"
        elif name == "$id":
            made["id"] = value
        elif name == "$defs":
            made["definitions"] = as_draft_4(value)
        elif name == "$ref":
            made[name] = value.replace("#/$defs/", "#/definitions/")
        elif name == "const":
            made["enum"] = [value]
        elif name != "discriminator":
            made[name] = as_draft_4(value)
    return made
