"""The function that an alarm calls: tasks go off in AppConfig, with a way back."""

from __future__ import annotations

import json
from typing import Any

import pytest

from fulfillment.handlers import repair_switches
from fulfillment.remediation import serving
from fulfillment.remediation.repair import undone
from fulfillment.remediation.switches import CAN_WAIT, MOVES_MONEY, THROWN_BY
from fulfillment.switches.switching import FlaggedSwitches
from tests.integration.functions.conftest import ACCOUNT
from tests.integration.functions.test_repair_functions import (
    EVIDENCE,
    bank,
    client,
    events,
    evidence,
)
from tests.integration.remediation.test_repairs import AT

__all__ = ["bank"]
DEPLOYED: dict[str, Any] = {"DeploymentNumber": 1, "State": "DEPLOYED"}


def alarm(name: str, value: str = "ALARM") -> dict[str, Any]:
    """An event of CloudWatch, as EventBridge brings it."""
    return {
        "version": "0",
        "id": "c4c1c1c9-6542-e61b-6ef0-8c4d36933a92",
        "source": "aws.cloudwatch",
        "detail-type": "CloudWatch Alarm State Change",
        "account": ACCOUNT,
        "time": AT,
        "region": "us-east-1",
        "resources": [f"arn:aws:cloudwatch:us-east-1:{ACCOUNT}:alarm:{name}"],
        "detail": {
            "alarmName": name,
            "state": {"value": value, "reason": "Threshold Crossed: 1 datapoint",
                      "timestamp": "2026-11-23T15:00:00.000+0000"},
            "previousState": {"value": "OK", "timestamp": "2026-11-23T14:00:00.000+0000"},
        },
    }  # fmt: skip


class Flags:
    """AppConfig's flags: versions on moto, and deployments, which moto has not, in a list."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.client = serving.client_of("appconfig")
        self.application = self.client.create_application(Name="teller")["Id"]
        self.profile = self.client.create_configuration_profile(
            ApplicationId=self.application, Name="intents", LocationUri="hosted"
        )["Id"]
        self.deployed: list[str] = []
        events = self.client.meta.events
        events.register("before-call.appconfig.StartDeployment", self._deploy)
        events.register("before-call.appconfig.ListDeployments", self._list)
        for name, value in {
            "SWITCHES_APPLICATION": self.application, "SWITCHES_ENVIRONMENT": "live123",
            "SWITCHES_PROFILE": self.profile, "SWITCHES_STRATEGY": "atonce1",
        }.items():  # fmt: skip
            monkeypatch.setenv(name, value)

    def put(self, flags: dict[str, Any]) -> None:
        made = self.client.create_hosted_configuration_version(
            ApplicationId=self.application, ConfigurationProfileId=self.profile,
            Content=json.dumps(flags).encode(), ContentType="application/json",
        )  # fmt: skip
        self.deployed.append(str(made["VersionNumber"]))

    def now(self) -> dict[str, Any]:
        kept = self.client.get_hosted_configuration_version(
            ApplicationId=self.application, ConfigurationProfileId=self.profile,
            VersionNumber=int(self.deployed[-1]),
        )  # fmt: skip
        return dict(json.loads(kept["Content"].read()))

    def _deploy(self, params: dict[str, Any], **_more: Any) -> tuple[Any, dict[str, Any]]:
        self.deployed.append(json.loads(params["body"])["ConfigurationVersion"])
        return _Answer(), {"ConfigurationVersion": self.deployed[-1], **DEPLOYED}

    def _list(self, **_more: Any) -> tuple[Any, dict[str, Any]]:
        newest = [{"ConfigurationVersion": v, **DEPLOYED} for v in reversed(self.deployed)]
        return _Answer(), {"Items": newest[:1]}


class _Answer:
    status_code = 200


@pytest.fixture
def flags(bank: None, monkeypatch: pytest.MonkeyPatch) -> Flags:
    del bank
    return Flags(monkeypatch)


def kept(result: str) -> dict[str, Any]:
    [name] = [one for one in evidence() if f"/{result}-" in one]
    found = client("s3").get_object(Bucket=EVIDENCE, Key=name)["Body"].read()
    return dict(json.loads(found))


def test_books_that_disagree_switch_off_all_that_moves_money_and_a_person_switches_it_on_again(
    flags: Flags,
) -> None:
    flags.put({"AddPayee": {"default": False}})
    event = alarm("teller-ledger-out-of-balance")
    assert repair_switches.handler(event, None) == {"done": 1}
    off = {name for name, flag in flags.now().items() if flag == {"default": False}}
    assert off == MOVES_MONEY | {"AddPayee"}
    assert events() == 1
    # The same alarm comes again, and another one of the same kind: nothing is deployed.
    before = list(flags.deployed)
    assert repair_switches.handler(event, None) == {"well": 1}
    assert flags.deployed == before
    undone(kept("done")["undo"], serving.client_of)
    assert flags.now() == {"AddPayee": {"default": False}}


def test_what_was_deployed_is_what_the_bank_reads_as_off(flags: Flags) -> None:
    flags.put({})
    repair_switches.handler(alarm("teller-turns-burn-fast"), None)
    schema = flags.now()
    switches = FlaggedSwitches("file:nowhere")
    switches._flags = _Read(schema)
    for intent in CAN_WAIT:
        assert not switches.is_on(intent, {})
    for intent in ("SendMoney", "CheckBalance", "TalkToHuman"):
        assert switches.is_on(intent, {})


def test_a_dry_stage_says_what_it_would_switch_off(
    flags: Flags, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DRY_RUN", "true")
    flags.put({})
    assert repair_switches.handler(alarm("teller-ledger-out-of-balance"), None) == {"would": 1}
    assert flags.now() == {}
    assert len(kept("would")["undo"]) == 1


@pytest.mark.parametrize("name", THROWN_BY)
def test_an_alarm_that_is_over_switches_nothing(flags: Flags, name: str) -> None:
    flags.put({})
    assert repair_switches.handler(alarm(name, "OK"), None) == {}
    assert len(flags.deployed) == 1


def test_an_alarm_of_no_list_and_one_of_another_account_switch_nothing(flags: Flags) -> None:
    flags.put({})
    assert repair_switches.handler(alarm("teller-something-else"), None) == {}
    foreign = alarm("teller-ledger-out-of-balance") | {"account": "210987654321"}
    assert repair_switches.handler(foreign, None) == {"refused": 1}
    assert flags.now() == {}


def test_a_flag_with_rules_that_let_some_in_is_not_off(flags: Flags) -> None:
    some = {"rules": {"web": {"when_match": True, "conditions": []}}, "default": False}
    flags.put({name: {"default": False} for name in MOVES_MONEY} | {"SendMoney": some})
    assert repair_switches.handler(alarm("teller-ledger-out-of-balance"), None) == {"done": 1}
    assert flags.now()["SendMoney"] == {"default": False}


class _Read:
    """Powertools' own reading of a schema that AppConfig would give."""

    def __init__(self, schema: dict[str, Any]) -> None:
        from aws_lambda_powertools.utilities.feature_flags import StoreProvider

        from fulfillment.switches.flags import PowertoolsFlags

        class Store(StoreProvider):
            @property
            def get_raw_configuration(self) -> dict[str, Any]:
                return schema

            def get_configuration(self) -> dict[str, Any]:
                return schema

        self.evaluate = PowertoolsFlags(Store()).evaluate
