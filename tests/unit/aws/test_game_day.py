"""Each week a made-up finding goes the way of a real one, and silence is noticed."""

from __future__ import annotations

import json

import botocore.session

from infra.aws.bank_alarms import bank_alarms
from infra.aws.game_day import SAMPLE, game_day_resources
from infra.aws.repair_rules import PATTERNS

WEEK_S = 7 * 86_400


def test_the_schedule_asks_for_a_call_that_there_is_and_its_role_may_do_no_more() -> None:
    made = game_day_resources()
    target = made["GameDay"]["Properties"]["Target"]
    *_, service, call = target["Arn"]["Fn::Sub"].split(":")
    model = botocore.session.get_session().get_service_model(service)
    shape = model.operation_model(call[0].upper() + call[1:]).input_shape
    assert shape is not None
    assert set(json.loads(target["Input"]["Fn::Sub"])) == {"DetectorId", "FindingTypes"}
    assert {"DetectorId", "FindingTypes"} <= set(shape.members)
    [statement] = made["GameDayRolePolicy"]["Properties"]["PolicyDocument"]["Statement"]
    assert statement["Action"] == f"{service}:{call[0].upper()}{call[1:]}"


def test_what_is_made_up_goes_to_the_function_whose_silence_is_watched() -> None:
    function, pattern = PATTERNS["IdentityFound"]
    assert function == "RepairIdentity"
    assert pattern["detail"]["resource"]["resourceType"] == ["AccessKey", "S3Bucket"]
    assert ":IAMUser/" in SAMPLE
    silent = bank_alarms()["GameDayIsSilent"]["Properties"]
    assert silent["Dimensions"] == [{"Name": "FunctionName", "Value": "teller-repair-identity"}]
    assert silent["TreatMissingData"] == "breaching"
    assert silent["Period"] * silent["EvaluationPeriods"] == WEEK_S  # the longest that AWS takes
