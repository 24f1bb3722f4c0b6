"""How a new version reaches customers, what brings it back, and what a spent budget stops."""

from __future__ import annotations

import json
from typing import Any

import pytest

from infra.aws.bare import bare_resources
from infra.aws.fulfillment_alias import RELEASE_ALARM, alias_of_fulfillment
from infra.aws.stages import STAGES, Stage
from infra.aws.template import of_type

DEV, STAGING, PROD = (STAGES[name] for name in ("dev", "staging", "prod"))


def shift(stage: Stage) -> dict[str, Any]:
    properties: dict[str, Any] = bare_resources(stage)["FulfillmentShifts"]["Properties"]
    return properties


@pytest.mark.parametrize("stage", [STAGING, PROD], ids=lambda one: one.name)
def test_a_tenth_of_the_turns_try_a_new_version_and_a_failure_brings_the_old_one_back(
    stage: Stage,
) -> None:
    made = bare_resources(stage)
    asked = made["FulfillmentLive"]["UpdatePolicy"]["CodeDeployLambdaAliasUpdate"]
    assert asked["DeploymentGroupName"] == {"Ref": "FulfillmentShifts"}
    assert "Canary10Percent" in shift(stage)["DeploymentConfigName"]
    rollback = shift(stage)["AutoRollbackConfiguration"]
    assert rollback["Enabled"]
    assert {"DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM"} <= set(rollback["Events"])
    [alarm] = shift(stage)["AlarmConfiguration"]["Alarms"]
    watched = made[alarm["Name"]["Ref"]]["Properties"]
    assert watched["AlarmName"] == RELEASE_ALARM
    assert watched["TreatMissingData"] == "notBreaching"


def test_a_stage_that_nobody_waits_for_turns_at_once() -> None:
    assert shift(DEV)["DeploymentConfigName"] == "CodeDeployDefault.LambdaAllAtOnce"


def test_a_version_is_made_when_the_code_the_memory_or_a_variable_changed() -> None:
    function = {"Code": {"S3Key": "k"}, "MemorySize": 512, "Environment": {"Variables": {"A": "1"}}}
    changes: list[dict[str, Any]] = [
        {}, {"Code": {"S3Key": "other"}}, {"MemorySize": 1024},
        {"Environment": {"Variables": {"A": "2"}}},
    ]  # fmt: skip
    versions = {
        name
        for change in changes
        for name, _ in of_type(
            alias_of_fulfillment(PROD, function | change), "AWS::Lambda::Version"
        )
    }
    assert len(versions) == len(changes)
    again = alias_of_fulfillment(PROD, dict(reversed(function.items())))
    assert {name for name, _ in of_type(again, "AWS::Lambda::Version")} <= versions


def test_who_shifts_may_turn_that_alias_and_nothing_else() -> None:
    policy = bare_resources(PROD)["ShiftsRolePolicy"]["Properties"]["PolicyDocument"]
    actions = {a for one in policy["Statement"] for a in (
        one["Action"] if isinstance(one["Action"], list) else [one["Action"]])}  # fmt: skip
    assert actions == {"lambda:GetAlias", "lambda:UpdateAlias",
                       "lambda:GetProvisionedConcurrencyConfig",
                       "cloudwatch:DescribeAlarms"}  # fmt: skip


def test_a_spent_budget_ends_conversations_where_no_customer_is_and_asks_a_person_in_prod() -> None:
    models = {s.name: bare_resources(s)["SpendingStops"]["Properties"]["ApprovalModel"]
              for s in (DEV, STAGING, PROD)}  # fmt: skip
    assert models == {"dev": "AUTOMATIC", "staging": "AUTOMATIC", "prod": "MANUAL"}
    made = bare_resources(DEV)
    [denial] = made["NoMoreTurns"]["Properties"]["PolicyDocument"]["Statement"]
    assert (denial["Effect"], denial["Action"]) == ("Deny", "lex:RecognizeText")
    [right] = made["SpendingStopsRolePolicy"]["Properties"]["PolicyDocument"]["Statement"]
    assert right["Condition"] == {"ArnEquals": {"iam:PolicyARN": {"Ref": "NoMoreTurns"}}}
    put_on = made["SpendingStops"]["Properties"]["Definition"]["IamActionDefinition"]["Roles"]
    assert len(put_on) == len(right["Resource"]) == 2
    assert "*" not in json.dumps(right["Resource"])
