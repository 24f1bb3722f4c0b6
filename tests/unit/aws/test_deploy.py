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
from botocore.exceptions import ClientError

from infra.aws.bare import bare_resources
from infra.aws.deploy.command import deploy, follow, lacking, remove
from infra.aws.deploy.emptying import empty_registry, empty_vault
from infra.aws.deploy.plan import STACKS, Step, deployment, teardown
from infra.aws.deploy.running import EXPORTS_JOB, Run
from infra.aws.deploy.stacks import DeployError
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


@dataclass
class Answering:
    """A client of botocore's own that never leaves this process: pages of answers, by operation."""

    service: str
    pages: dict[str, list[dict[str, Any]]]
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def client(self) -> Any:
        made = botocore.session.get_session().create_client(
            self.service, region_name="us-east-1", aws_access_key_id="x", aws_secret_access_key="x"
        )
        made.meta.events.register(f"before-call.{self.service}", self._answer)
        return made

    def _answer(self, model: Any, params: dict[str, Any], **_: Any) -> Any:
        body = params["body"]
        self.asked.append((model.name, json.loads(body) if body else dict(params)))
        pages = self.pages.get(model.name, [{}])
        seen = sum(name == model.name for name, _ in self.asked) - 1
        page = pages[seen % len(pages)]
        return SimpleNamespace(status_code=page.get("status", 200)), page

    def times(self, operation: str) -> int:
        return sum(name == operation for name, _ in self.asked)


def with_service(service: Answering) -> Run:
    """A run for which AWS is `service`, and for the rest a double."""
    made, plain = service.client(), FakeAws()
    plain.exports["teller:Exports:Ref"] = "teller-exports-1"
    return Run(
        DEV, lambda name: made if name == service.service else plain, Path(), {}, {}, lambda _: None
    )


IDENTIFIERS: list[dict[str, Any]] = [
    {"items": [{"id": "i1", "name": "teller-iban"}, {"id": "i2", "name": "other"}],
     "nextToken": "more"},
    {"items": [{"id": "i3", "name": "teller-us-account"}]},
]  # fmt: skip


def test_macie_looks_through_the_exports_each_week_by_one_job_that_is_made_once() -> None:
    """It is on the second page of a list, as are some identifiers."""
    macie = Answering("macie2", {
        "ListClassificationJobs": [
            {"items": [{"name": EXPORTS_JOB, "jobStatus": "CANCELLED"}], "nextToken": "more"},
            {"items": []},
            {"items": [], "nextToken": "more"},
            {"items": [{"name": EXPORTS_JOB, "jobStatus": "RUNNING"}]},
        ],
        "ListCustomDataIdentifiers": IDENTIFIERS,
    })  # fmt: skip
    made = with_service(macie)
    for _ in range(2):
        made.do(Step("watch", "macie2", ""))
    [job] = [request for name, request in macie.asked if name == "CreateClassificationJob"]
    assert job["customDataIdentifierIds"] == ["i1", "i3"]
    assert job["s3JobDefinition"]["bucketDefinitions"][0]["buckets"] == ["teller-exports-1"]


def test_every_page_of_recovery_points_goes_with_the_vault() -> None:
    points = [{"RecoveryPoints": [{"RecoveryPointArn": f"arn:{number}"}], "NextToken": str(number)}
              for number in range(3)]  # fmt: skip
    del points[-1]["NextToken"]
    backup = Answering("backup", {"ListRecoveryPointsByBackupVault": points})
    assert empty_vault(backup.client()) == 3
    assert backup.times("DeleteRecoveryPoint") == 3


def test_every_registered_model_goes_with_its_group() -> None:
    pages = [
        {
            "ModelPackageSummaryList": [{"ModelPackageArn": f"arn:package/{number}"}],
            "NextToken": str(number),
        }
        for number in range(3)
    ]
    del pages[-1]["NextToken"]
    registry = Answering("sagemaker", {"ListModelPackages": pages})
    assert empty_registry(registry.client(), "teller-fraud") == 3
    assert registry.times("DeleteModelPackage") == 3


def test_an_inspector_that_does_not_turn_on_is_no_deployment() -> None:
    failed = {"accounts": [], "failedAccounts": [{"errorMessage": "no such region"}]}
    with pytest.raises(DeployError, match="no such region"):
        with_service(Answering("inspector2", {"Enable": [failed]})).do(
            Step("watch", "inspector2", "")
        )


@pytest.mark.parametrize(
    ("code", "asked", "status"),
    [
        ("", ["get_role"], 0),
        ("NoSuchEntity", ["get_role", "create_service_linked_role"], 0),
        ("AccessDenied", ["get_role"], 1),
    ],
)
def test_configs_role_is_made_where_it_is_not(code: str, asked: list[str], status: int) -> None:
    class Aws(FakeAws):
        def _answer(self, name: str, request: dict[str, Any]) -> Any:
            found = super()._answer(name, request)
            if name == "get_role" and code:
                raise ClientError({"Error": {"Code": code, "Message": ""}}, name)
            return found

    aws = Aws()
    assert (
        follow(Run(DEV, aws, Path(), {}, {}, lambda _: None), [Step("watch", "config", "")])
        == status
    )
    assert [name for name, _ in aws.calls] == asked


def test_what_aws_refuses_is_told_with_the_step_and_ends_the_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    class Aws(FakeAws):
        def _answer(self, name: str, request: dict[str, Any]) -> Any:
            super()._answer(name, request)
            raise ClientError({"Error": {"Code": "AccessDenied", "Message": "not you"}}, name)

    aws = Aws()
    assert (
        follow(run(aws, tmp_path), [Step("watch", "inspector2", ""), deployment(DEV, {})[-1]]) == 1
    )
    assert "watch inspector2" in (said := capsys.readouterr().err)
    assert "not you" in said
    assert [name for name, _ in aws.calls] == ["enable"]


def test_a_parameter_is_a_name_and_a_value(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        deploy(["--set", "FraudImage"])
    assert "NAME=VALUE" in capsys.readouterr().err
    assert deploy(["--set", "FraudImage=a:1"]) == 0


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
