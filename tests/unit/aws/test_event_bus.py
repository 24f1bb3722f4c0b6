"""The bank's own bus on AWS: what is kept, what is described, and who hears."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from fulfillment.alerts.events import TYPE_PREFIX, SecurityEventKind, json_schema
from infra.aws.bare import bare_resources
from infra.aws.event_bus import OF_OPERATIONS, as_draft_4
from infra.aws.stages import STAGES

PROD = STAGES["prod"]


def words(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        yield from schema
        schema = list(schema.values())
    for item in schema if isinstance(schema, list) else ():
        yield from words(item)


def test_all_that_the_bank_tells_is_kept_for_a_replay_under_the_banks_key() -> None:
    made = bare_resources(PROD)
    archive, bus = made["BankEventsKept"], made["BankEvents"]
    assert archive["Properties"]["SourceArn"] == {"Fn::GetAtt": ["BankEvents", "Arn"]}
    assert archive["Properties"]["RetentionDays"] == PROD.log_days
    assert archive["DeletionPolicy"] == "Retain"
    for one in (archive, bus):
        assert one["Properties"]["KmsKeyIdentifier"] == {
            "Fn::ImportValue": "teller:OperationsKey:Arn"
        }


def test_the_registry_has_the_schema_of_the_code_in_its_own_dialect() -> None:
    content = json.loads(bare_resources(PROD)["SecurityEventSchema"]["Properties"]["Content"])
    assert content == as_draft_4(json_schema())
    assert not {"$defs", "const", "discriminator", "$id"} & set(words(content))
    assert set(content["definitions"]) == set(json_schema()["$defs"])
    refs = [one for one in json.dumps(content).split('"') if one.startswith("#/")]
    assert refs
    assert all(one.removeprefix("#/definitions/") in content["definitions"] for one in refs)
    assert len(json.dumps(content)) < 100_000  # the most that the registry takes


def test_who_is_on_call_hears_of_repairs_drift_and_training_and_of_no_customer() -> None:
    rule = bare_resources(PROD)["OperationsHear"]["Properties"]
    assert rule["EventBusName"] == {"Ref": "BankEvents"}
    assert rule["Targets"][0]["DeadLetterConfig"]
    prefixes = tuple(one["prefix"] for one in OF_OPERATIONS["detail-type"])
    heard = {kind for kind in SecurityEventKind if f"{TYPE_PREFIX}{kind}.v1".startswith(prefixes)}
    assert heard == {
        SecurityEventKind.REMEDIATION,
        SecurityEventKind.MODEL_DRIFT,
        SecurityEventKind.MODEL_TRAINED,
    }


def test_the_desk_hears_from_the_bus_what_nobody_puts_on_its_topic_and_nothing_twice() -> None:
    rule = bare_resources(PROD)["AnalystsHear"]["Properties"]
    assert rule["EventPattern"]["detail-type"] == [{"prefix": "teller.security.model_trained."}]
    [target] = rule["Targets"]
    assert target["Arn"] == {"Ref": "SecurityEventsTopic"}
    assert target["InputPath"] == "$.detail"
    assert target["DeadLetterConfig"]
