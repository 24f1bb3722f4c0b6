"""A stage's stacks on an embedded AWS: what is made, what is told when it fails, what is left.

The templates are small ones of the test's own. The bank's are brought there by
`python -m tests.deployment.rehearsal`, which takes minutes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import boto3
import pytest

from infra.aws.deploy.command import follow
from infra.aws.deploy.plan import Step
from infra.aws.deploy.running import EMAIL, Run
from infra.aws.stages import STAGES
from tests.embedded_aws import embedded_aws

CODE = "teller-code-000000000000-eu-west-1"
BUCKET: dict[str, Any] = {
    "Type": "AWS::S3::Bucket",
    "Properties": {"VersioningConfiguration": {"Status": "Enabled"}},
}


@dataclass
class Aws:
    """The embedded AWS, with a run's templates and what it told."""

    endpoint: str
    folder: Path
    told: list[str] = field(default_factory=list)

    def client(self, service: str) -> Any:
        return boto3.client(
            service, endpoint_url=self.endpoint, region_name="eu-west-1",
            aws_access_key_id="test", aws_secret_access_key="test",
        )  # fmt: skip

    def has(self, stack: str, *resources: Any, **parameters: Any) -> None:
        """The template of a stack from now on; a parameter has its default, or None."""
        (self.folder / f"{stack}.template.json").write_text(json.dumps({
            "Parameters": {name: {"Type": "String"} | ({"Default": value} if value else {})
                           for name, value in parameters.items()},
            "Resources": {f"One{number}": one for number, one in enumerate(resources)},
        }))  # fmt: skip

    def run(self, doing: Any, stack: str, stage: str = "dev", **parameters: str) -> int:
        run = Run(
            STAGES[stage], self.client, self.folder, parameters, {}, self.told.append, pause_s=0
        )
        return follow(run, [Step(doing, f"teller-{stack}", "")])

    def stack(self, stack: str) -> Any:
        [found] = self.client("cloudformation").describe_stacks(StackName=f"teller-{stack}")[
            "Stacks"
        ]
        return found

    def buckets(self) -> set[str]:
        return {one["Name"] for one in self.client("s3").list_buckets()["Buckets"]}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with embedded_aws(tmp_path_factory.mktemp("aws")) as endpoint:
        yield endpoint


@pytest.fixture
def aws(address: str, tmp_path: Path) -> Aws:
    made = Aws(address, tmp_path)
    made.has("bootstrap", BUCKET | {"Properties": BUCKET["Properties"] | {"BucketName": CODE}})
    assert made.run("deploy", "bootstrap") == 0
    return made


def queue(name: str) -> Any:
    return {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": name}}


def test_a_first_deployment_that_failed_says_why_and_the_next_one_comes_through(
    aws: Aws, capsys: pytest.CaptureFixture[str]
) -> None:
    aws.client("events").create_event_bus(Name="teller-taken")
    bus = {"Type": "AWS::Events::EventBus", "Properties": {"Name": "teller-taken"}}
    aws.has("assistant", bus)
    assert aws.run("deploy", "assistant") == 1
    said = capsys.readouterr().err
    assert "deploy teller-assistant" in said
    assert "One0 (AWS::Events::EventBus): EventBus already exists" in said
    assert aws.stack("assistant")["StackStatus"] == "ROLLBACK_COMPLETE"
    aws.has("assistant", queue("teller-mended"))
    assert aws.run("deploy", "assistant") == 0
    assert aws.stack("assistant")["StackStatus"] == "CREATE_COMPLETE"


def test_what_did_not_change_is_let_be_and_leaves_no_change_set(aws: Aws) -> None:
    aws.has("models", queue("teller-models"))
    assert aws.run("deploy", "models") == 0
    assert "nothing changed" not in aws.told[-1]
    assert aws.run("deploy", "models") == 0
    assert "nothing changed" in aws.told[-1]
    left = aws.client("cloudformation").list_change_sets(StackName="teller-models")["Summaries"]
    assert [one for one in left if one["Status"] == "FAILED"] == []


def test_a_value_that_was_given_once_stays_when_nobody_gives_it_again(aws: Aws) -> None:
    aws.has("observability", queue("teller-first"), FraudImage="none", **{EMAIL: None})
    assert aws.run("deploy", "observability", FraudImage="one:1") == 0
    assert any("--email" in line for line in aws.told)
    aws.has("observability", queue("teller-second"), FraudImage="none", **{EMAIL: None})
    assert aws.run("deploy", "observability") == 0
    kept = {one["ParameterKey"]: one["ParameterValue"]
            for one in aws.stack("observability")["Parameters"]}  # fmt: skip
    assert kept["FraudImage"] == "one:1"


def test_a_stage_that_is_kept_is_protected_from_a_mistaken_deletion(aws: Aws) -> None:
    aws.has("channels", queue("teller-protected"))
    assert aws.run("deploy", "channels", "prod") == 0
    assert aws.stack("channels")["EnableTerminationProtection"] is True
    assert aws.run("delete", "channels") == 1


def test_a_teardown_takes_every_version_and_leaves_the_bucket_of_a_stranger(aws: Aws) -> None:
    s3 = aws.client("s3")
    s3.create_bucket(
        Bucket="teller-of-tales", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}
    )
    s3.put_object(Bucket="teller-of-tales", Key="story", Body=b"once")
    aws.has("data", BUCKET)
    assert aws.run("deploy", "data") == 0
    stacks = aws.client("cloudformation")
    [made] = stacks.list_stack_resources(StackName="teller-data")["StackResourceSummaries"]
    bucket = made["PhysicalResourceId"]
    for body in (b"first", b"second"):
        s3.put_object(Bucket=bucket, Key="export", Body=body)
    s3.delete_object(Bucket=bucket, Key="export")
    assert aws.run("delete", "data") == 0
    assert bucket not in aws.buckets()
    assert s3.get_object(Bucket="teller-of-tales", Key="story")["Body"].read() == b"once"
    assert aws.run("delete", "data") == 0, "a teardown may come twice"


def test_the_groups_that_api_gateway_made_for_its_errors_go_with_the_api(aws: Aws) -> None:
    api = {"Type": "AWS::ApiGateway::RestApi", "Properties": {"Name": "teller-chat"}}
    aws.has("security", api)
    assert aws.run("deploy", "security") == 0
    stacks, logs = aws.client("cloudformation"), aws.client("logs")
    [made] = stacks.list_stack_resources(StackName="teller-security")["StackResourceSummaries"]
    group = f"API-Gateway-Execution-Logs_{made['PhysicalResourceId']}/live"
    logs.create_log_group(logGroupName=group)
    assert aws.run("delete", "security") == 0
    assert logs.describe_log_groups(logGroupNamePrefix=group)["logGroups"] == []
