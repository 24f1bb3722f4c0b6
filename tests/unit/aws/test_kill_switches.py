"""What an alarm may switch off, and the alarms that may."""

from __future__ import annotations

import pytest

from bot.definition import load
from fulfillment.remediation.switches import CAN_WAIT, MOVES_MONEY, NEW_WAYS_OUT, THROWN_BY
from fulfillment.switches import ALWAYS_ON
from infra.aws.bare import bare_resources
from infra.aws.lex_bot import DEFINITIONS
from infra.aws.repair_rules import PATTERNS
from infra.aws.stages import STAGES
from infra.aws.template import of_type

PROD = STAGES["prod"]


def test_every_alarm_that_throws_a_switch_is_in_the_stacks_under_that_name() -> None:
    alarms = {
        one["Properties"].get("AlarmName")
        for _, one in of_type(bare_resources(PROD), "AWS::CloudWatch::Alarm")
    }
    assert set(THROWN_BY) <= alarms
    assert set(PATTERNS["AlarmThrows"][1]["detail"]["alarmName"]) == set(THROWN_BY)


@pytest.mark.parametrize("intents", [MOVES_MONEY, NEW_WAYS_OUT, CAN_WAIT])
def test_what_is_switched_off_is_a_task_of_the_bots_and_no_way_out(intents: frozenset[str]) -> None:
    known = {one for locale in load(DEFINITIONS).locales.values() for one in locale.intents}
    assert intents <= known
    assert not intents & ALWAYS_ON
    assert not intents & {"FreezeCard", "ReportLostCard", "ReportScam", "CancelPayment", "LogOut"}


def test_who_may_throw_it_may_change_the_banks_flags_and_no_other_application() -> None:
    policy = bare_resources(PROD)["RepairSwitchesRolePolicy"]["Properties"]["PolicyDocument"]
    [flags] = [one for one in policy["Statement"] if one.get("Sid") == "TheFlags"]
    for resource in flags["Resource"]:
        text, names = resource["Fn::Sub"]
        assert "application/*" not in text
        assert "Application" in names or "Strategy" in names


def test_the_alarm_on_turns_counts_the_apologies_and_what_did_not_even_apologise() -> None:
    metrics = bare_resources(PROD)["TurnsBurnFast"]["Properties"]["Metrics"]
    named = {one["MetricStat"]["Metric"]["MetricName"] for one in metrics if "MetricStat" in one}
    assert named == {"TurnFaults", "Errors", "Invocations"}


def test_turns_payments_and_sign_ins_have_a_band_of_what_is_usual() -> None:
    banded = {
        one["Properties"]["Metrics"][0]["MetricStat"]["Metric"]["MetricName"]
        for _, one in of_type(bare_resources(PROD), "AWS::CloudWatch::Alarm")
        if "ThresholdMetricId" in one["Properties"]
    }
    assert banded == {"Invocations", "Payments", "SignInSuccesses"}
