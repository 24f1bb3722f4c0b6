"""What a deployment and a teardown would do, and the pipeline that does it; no account is asked."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import botocore.session
import pytest
import yaml

from infra.aws.bare import bare_resources
from infra.aws.deploy.command import deploy, lacking, remove
from infra.aws.deploy.plan import STACKS, Step, deployment, teardown
from infra.aws.deploy.running import DeployError, Run
from infra.aws.stages import STAGES

ROOT = Path(__file__).resolve().parents[3]
PIPELINE = ROOT / ".github" / "workflows" / "deliver.yml"
DEV = STAGES["dev"]


@dataclass
class FakeAws:
    """Remembers the calls that a run makes; the bot answers what it was told to."""

    intent_state: str = "Fulfilled"
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    exports: dict[str, str] = field(
        default_factory=lambda: dict.fromkeys(("teller:Bot:Ref", "teller:BotAlias:Ref"), "X")
    )

    def __call__(self, service: str) -> Any:
        return self

    def __getattr__(self, name: str) -> Any:
        return lambda **request: self._answer(name, request)

    def _answer(self, name: str, request: dict[str, Any]) -> Any:
        self.calls.append((name, request))
        if name == "recognize_text":
            return {
                "messages": [{"content": "Hello."}],
                "sessionState": {"intent": {"state": self.intent_state}},
            }
        return {"Account": "111122223333"} if name == "get_caller_identity" else {}

    def get_paginator(self, _name: str) -> Any:
        return self

    def paginate(self, **_request: Any) -> list[Any]:
        return [{"Exports": [{"Name": k, "Value": v} for k, v in self.exports.items()]}]


def run(aws: FakeAws, tmp_path: Path) -> Run:
    return Run(DEV, aws, tmp_path, {}, {}, lambda _: None)


def test_a_stage_is_deployed_in_the_order_in_which_stacks_ask_for_each_other() -> None:
    steps = deployment(DEV, bare_resources(DEV))
    deployed = [one.what for one in steps if one.doing == "deploy"]
    assert deployed == [f"teller-{name}" for name in STACKS]
    last_upload = max(i for i, one in enumerate(steps) if one.doing == "upload")
    assert last_upload < [one.what for one in steps].index("teller-assistant")
    assert steps[-1].doing == "smoke"


def test_every_function_s_code_is_uploaded_before_it_is_asked_for() -> None:
    resources = bare_resources(DEV)
    asked = {
        one["Properties"]["Code"]["S3Key"]
        for one in resources.values()
        if one["Type"] == "AWS::Lambda::Function"
    }
    uploaded = {one.what for one in deployment(DEV, resources) if one.doing == "upload"}
    assert asked <= uploaded


def test_a_teardown_goes_backwards_and_is_refused_where_money_is() -> None:
    deleted = [one.what for one in teardown(DEV) if one.doing == "delete"]
    assert deleted == [f"teller-{name}" for name in reversed(STACKS)]
    assert [one.doing for one in teardown(STAGES["prod"])] == ["refuse"]


def test_without_a_yes_the_plan_is_printed_and_nothing_is_done(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert deploy(["--stage", "dev"]) == 0
    assert remove(["--stage", "dev"]) == 0
    said = capsys.readouterr().out
    assert "teller-observability" in said
    assert said.count("Nothing was done") == 2


def test_a_bot_that_does_not_answer_fails_the_deployment(tmp_path: Path) -> None:
    smoke = deployment(DEV, {})[-1]
    run(FakeAws(), tmp_path).do(smoke)
    with pytest.raises(DeployError, match="does not answer"):
        run(FakeAws(intent_state="Failed"), tmp_path).do(smoke)


def test_a_refusal_deletes_nothing(tmp_path: Path) -> None:
    aws = FakeAws()
    with pytest.raises(DeployError):
        run(aws, tmp_path).do(teardown(STAGES["prod"])[0])
    assert aws.calls == []


def test_the_pipeline_pins_actions_by_commit_keeps_no_key_and_goes_stage_by_stage() -> None:
    text = PIPELINE.read_text()
    used = re.findall(r"uses: (\S+)", text)
    assert used
    assert all(re.fullmatch(r"[\w.-]+/[\w.-]+@[0-9a-f]{40}", one) for one in used)
    assert "secrets." not in text
    job = yaml.safe_load(text)["jobs"]["deploy"]
    assert job["strategy"] == {"max-parallel": 1, "matrix": {"stage": ["dev", "staging", "prod"]}}
    assert job["permissions"] == {"contents": "read", "id-token": "write"}
    assert any(step.get("if") == "failure()" for step in job["steps"])


def test_macie_looks_through_the_exports_each_week_by_one_job_that_is_made_once() -> None:
    macie = botocore.session.get_session().create_client(
        "macie2", region_name="us-east-1", aws_access_key_id="x", aws_secret_access_key="x"
    )
    asked: list[dict[str, Any]] = []
    jobs: list[dict[str, str]] = []

    def answer(model: Any, params: dict[str, Any], **_: Any) -> Any:
        if model.name == "CreateClassificationJob":
            asked.append(json.loads(params["body"]))
            jobs.append({"name": asked[-1]["name"]})
        found = {
            "ListClassificationJobs": {"items": jobs},
            "ListCustomDataIdentifiers": {"items": [{"id": "i1", "name": "teller-iban"},
                                                    {"id": "i2", "name": "other"}]},
        }  # fmt: skip
        return SimpleNamespace(status_code=200), found.get(model.name, {})

    macie.meta.events.register("before-call.macie2", answer)
    plain = FakeAws()
    made = Run(
        DEV, lambda name: macie if name == "macie2" else plain, Path(), {}, {}, lambda _: None
    )
    plain.exports["teller:Exports:Ref"] = "teller-exports-1"
    for _ in range(2):
        made.do(Step("watch", "macie2", ""))
    [job] = asked
    assert job["customDataIdentifierIds"] == ["i1"]
    assert job["s3JobDefinition"]["bucketDefinitions"][0]["buckets"] == ["teller-exports-1"]


def test_a_teardown_takes_a_budgets_policy_off_and_forgets_logs_that_came_after(
    tmp_path: Path,
) -> None:
    asked: list[tuple[str, dict[str, Any]]] = []

    class Aws(FakeAws):
        exceptions = SimpleNamespace(NotFoundException=KeyError)

        def paginate(self, **request: Any) -> list[Any]:
            return [{"logGroups": [{"logGroupName": request["logGroupNamePrefix"] + "-x"}]}]

        def _answer(self, name: str, request: dict[str, Any]) -> Any:
            asked.append((name, request))
            if name == "describe_budget_actions_for_budget":
                return {"Actions": [{"ActionId": "a", "Status": "EXECUTION_SUCCESS"},
                                    {"ActionId": "b", "Status": "STANDBY"}]}  # fmt: skip
            return super()._answer(name, request)

    steps = teardown(DEV)
    asked_for = [one.what for one in steps]
    assert asked_for.index("budget-reversed") < asked_for.index("teller-channels")
    assert asked_for[-1] == "logs"
    for one in steps:
        if one.what in ("budget-reversed", "logs"):
            run(Aws(), tmp_path).do(one)
    reversed_ = [request["ActionId"] for name, request in asked if name == "execute_budget_action"]
    assert reversed_ == ["a"]
    gone = {request["logGroupName"] for name, request in asked if name == "delete_log_group"}
    assert "/aws/lambda/teller-x" in gone
    assert all("teller" in one for one in gone)


@pytest.mark.parametrize(
    ("region", "credentials", "says"),
    [
        ("", "a key", "a region (AWS_DEFAULT_REGION)"),
        ("us-east-1", None, "credentials (AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or"),
        ("us-east-1", "a key", ""),
    ],
)
def test_what_the_environment_lacks_is_said_before_anything_is_built(
    region: str, credentials: str | None, says: str
) -> None:
    session = SimpleNamespace(region_name=region, get_credentials=lambda: credentials)
    missing = lacking(session)  # type: ignore[arg-type]  # two of a session's parts are asked
    assert missing.startswith(says)
    assert bool(missing) == bool(says)
