"""From a data set in S3 to a model that waits for a yes, or to a word why there is none."""

from __future__ import annotations

import io
import json
import random
import re
import tarfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
import botocore.session
import pytest
from botocore.validate import ParamValidator

from fulfillment.alerts.events import ModelTrained, SecurityEvent
from fulfillment.fraud.model.artefact import read_model
from infra.aws.event_bus import event_bus_resources
from infra.aws.stages import STAGES
from infra.aws.template import Json
from infra.aws.training.resources import training_resources
from models.fraud.data_set import digest_of
from models.fraud.demo_data import FILE, payments, write_payments
from models.fraud.fitting import Hyperparameters
from models.fraud.gate import LIMITS
from tests.embedded_aws import embedded_aws
from tests.integration.training.sagemaker_here import NOTES

pytest.importorskip("lightgbm", reason="training needs teller[models]")
REGION, BUCKET, BUS = "eu-west-1", "teller-models-here", "teller"
WORDS = {
    "Bucket": BUCKET,
    "Key": f"arn:aws:kms:{REGION}:000000000000:key/operations",
    "TrainingRole": "arn:aws:iam::000000000000:role/teller-training",
    "TrainingImage": f"000000000000.dkr.ecr.{REGION}.amazonaws.com/teller-models:x86",
    "ServingImage": f"000000000000.dkr.ecr.{REGION}.amazonaws.com/teller-models:arm",
    "ServingInstance": "ml.c7g.large",
    "Bus": BUS,
}
"""What CloudFormation puts in the definition's places."""


@dataclass
class Account:
    """An account with the bus, its rules, who hears by them, and the state machine."""

    endpoint: str
    notes: Path
    machine: str = ""

    def client(self, service: str) -> Any:
        return boto3.client(
            service, endpoint_url=self.endpoint, region_name=REGION,
            aws_access_key_id="test", aws_secret_access_key="test",
        )  # fmt: skip

    def run(self, **given: str) -> dict[str, Any]:
        """An execution, at its end."""
        states = self.client("stepfunctions")
        arn = states.start_execution(stateMachineArn=self.machine, input=json.dumps(given))
        while True:
            told: dict[str, Any] = states.describe_execution(executionArn=arn["executionArn"])
            if told["status"] != "RUNNING":
                return told
            time.sleep(0.2)

    def requests(self) -> dict[str, Any]:
        """What SageMaker was asked since the last look, by the call."""
        lines = self.notes.read_text().splitlines() if self.notes.exists() else []
        self.notes.write_text("")
        return dict(json.loads(line) for line in lines)

    def heard(self, queue: str) -> list[str]:
        sqs = self.client("sqs")
        url = sqs.get_queue_url(QueueName=queue)["QueueUrl"]
        found = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, WaitTimeSeconds=5)
        for one in found.get("Messages", ()):
            sqs.delete_message(QueueUrl=url, ReceiptHandle=one["ReceiptHandle"])
        return [one["Body"] for one in found.get("Messages", ())]

    def event(self) -> ModelTrained:
        """The one event that the desk was told, which who is on call has heard, too."""
        [body] = self.heard("desk")
        assert len(self.heard("operations")) == 1
        data = SecurityEvent.model_validate_json(body).data
        assert isinstance(data, ModelTrained)
        return data


def machine() -> Json:
    made: Json = training_resources(STAGES["prod"])["FraudTraining"]["Properties"]
    return made


def definition() -> str:
    text: str = machine()["DefinitionString"]
    assert set(machine()["DefinitionSubstitutions"]) == set(WORDS)
    for name, value in WORDS.items():
        text = text.replace(f"${{{name}}}", value)
    assert "${" not in text
    return text


def _listening(account: Account) -> None:
    events, sqs, sns = (account.client(one) for one in ("events", "sqs", "sns"))
    events.create_event_bus(Name=BUS)
    rules = event_bus_resources(STAGES["prod"])
    topic = sns.create_topic(Name="teller-security-events")["TopicArn"]
    queues = {}
    for name in ("desk", "operations"):
        url = sqs.create_queue(QueueName=name)["QueueUrl"]
        asked = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])
        queues[name] = asked["Attributes"]["QueueArn"]
    sns.subscribe(
        TopicArn=topic, Protocol="sqs", Endpoint=queues["desk"],
        Attributes={"RawMessageDelivery": "true"},
    )  # fmt: skip
    for rule, to in (("AnalystsHear", topic), ("OperationsHear", queues["operations"])):
        told = rules[rule]["Properties"]
        events.put_rule(
            Name=rule, EventBusName=BUS, EventPattern=json.dumps(told["EventPattern"])
        )  # fmt: skip
        [target] = told["Targets"]
        events.put_targets(Rule=rule, EventBusName=BUS, Targets=[{**target, "Arn": to}])


@pytest.fixture(scope="module")
def account(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Account]:
    folder = tmp_path_factory.mktemp("aws")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(NOTES, str(folder / "notes.jsonl"))
        patch.setenv("MINISTACK_REGION", REGION)
        app = "tests.integration.training.sagemaker_here:app"
        with embedded_aws(folder, app) as endpoint:
            made = Account(endpoint, folder / "notes.jsonl")
            made.client("s3").create_bucket(
                Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION}
            )
            _listening(made)
            made.machine = made.client("stepfunctions").create_state_machine(
                name=machine()["StateMachineName"], definition=definition(),
                roleArn="arn:aws:iam::000000000000:role/teller-fraud-training",
            )["stateMachineArn"]  # fmt: skip
            yield made


def data_set(account: Account, folder: Path, name: str, *, luck: bool = False) -> str:
    """Puts a data set where the job looks for it; its digest. `luck`: labels mean nothing."""
    rows = payments(7, 80, 70)
    if luck:
        labels = [row[-1] for row in rows]
        random.Random(1).shuffle(labels)
        rows = [(*row[:-1], label) for row, label in zip(rows, labels, strict=True)]
    write_payments(folder, rows)
    account.client("s3").put_object(
        Bucket=BUCKET, Key=f"data-sets/teller-fraud/{name}/{FILE}",
        Body=(folder / FILE).read_bytes(),
    )  # fmt: skip
    return digest_of(folder)


def unlike(value: Any, shape: Any, at: str = "") -> Iterator[str]:
    """Where a request is not what the service's own model says, besides what botocore looks at:
    words that are none of a list, and texts that are longer than, or written other than, they may.
    """
    if isinstance(value, dict):
        for name, item in value.items():
            member = shape.members[name] if shape.type_name == "structure" else shape.value
            yield from unlike(item, member, f"{at}.{name}")
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from unlike(item, shape.member, f"{at}[{number}]")
    elif isinstance(value, str):
        rules = shape.metadata
        pattern = rules.get("pattern", "")
        if "enum" in rules and value not in rules["enum"]:
            yield f"{at}: {value} is none of its words"
        if len(value) > rules.get("max", len(value)):
            yield f"{at} is too long"
        if pattern and r"\p{" not in pattern and not re.fullmatch(pattern, value, re.DOTALL):
            yield f"{at}: {value} is not as {pattern}"


def refused(operation: str, request: dict[str, Any]) -> list[str]:
    """What SageMaker's model in botocore has against a request."""
    model = botocore.session.get_session().get_service_model("sagemaker")
    shape: Any = model.operation_model(operation).input_shape
    report = ParamValidator().validate(request, shape)
    if report.has_errors():
        return [str(report.generate_report())]
    return list(unlike(request, shape))


def archive(account: Account, uri: str) -> dict[str, bytes]:
    key = uri.removeprefix(f"s3://{BUCKET}/")
    body = account.client("s3").get_object(Bucket=BUCKET, Key=key)["Body"].read()
    with tarfile.open(fileobj=io.BytesIO(body), mode="r:gz") as packed:
        found = {one.name: packed.extractfile(one) for one in packed.getmembers()}
        return {name: file.read() for name, file in found.items() if file is not None}


@dataclass(frozen=True)
class Passed:
    """An execution whose model passed the gate: what it came to, asked for and told."""

    told: dict[str, Any]
    digest: str
    job: dict[str, Any]
    package: dict[str, Any]
    event: ModelTrained

    @property
    def card(self) -> dict[str, Any]:
        card: dict[str, Any] = json.loads(self.package["ModelCard"]["ModelCardContent"])
        return card


@pytest.fixture(scope="module")
def passed(account: Account, tmp_path_factory: pytest.TempPathFactory) -> Passed:
    digest = data_set(account, tmp_path_factory.mktemp("good"), "2026-05")
    told = account.run(data_set="2026-05", sha256=digest)
    assert told["status"] == "SUCCEEDED", told
    asked = account.requests()
    return Passed(
        told, digest, asked["CreateTrainingJob"], asked["CreateModelPackage"], account.event()
    )


def test_a_model_that_passes_waits_for_a_person_and_the_desk_is_told(
    account: Account, passed: Passed
) -> None:
    assert passed.package["ModelApprovalStatus"] == "PendingManualApproval"
    assert passed.event.outcome == "awaits_approval"
    assert passed.event.data_set == "2026-05"
    assert passed.event.package.endswith("model-package/teller-fraud/1")
    kept = archive(
        account, passed.package["InferenceSpecification"]["Containers"][0]["ModelDataUrl"]
    )
    version = passed.job["HyperParameters"]["version"]
    assert read_model(kept["model.json"]).version == passed.event.model_version == version
    assert json.loads(kept["metrics.json"])["data_sha256"] == passed.digest
    assert "states.json.gz" not in kept, "customer ids are in no archive that an endpoint gets"


def test_what_sagemaker_is_asked_is_as_its_own_model_has_it(passed: Passed) -> None:
    assert refused("CreateTrainingJob", passed.job) == []
    assert refused("CreateModelPackage", passed.package) == []
    wrong = passed.job | {"TrainingJobName": "teller_fraud"}
    assert refused("CreateTrainingJob", wrong)
    del wrong["RoleArn"]
    assert "RoleArn" in refused("CreateTrainingJob", wrong)[0]


def test_a_job_is_encrypted_cut_off_and_repeatable(passed: Passed) -> None:
    job = passed.job
    assert job["EnableNetworkIsolation"] is True
    assert job["ResourceConfig"]["VolumeKmsKeyId"] == WORDS["Key"]
    assert job["OutputDataConfig"]["KmsKeyId"] == WORDS["Key"]
    told = job["HyperParameters"]
    assert told["seed"] == str(Hyperparameters().seed)
    assert told["data-sha256"] == passed.digest
    arguments = job["AlgorithmSpecification"]["ContainerArguments"]
    assert sorted(arguments) == sorted(f"--{name}={value}" for name, value in told.items())


def test_the_card_says_what_was_learnt_from_and_how_it_was_judged(passed: Passed) -> None:
    details = passed.card["training_details"]["training_job_details"]
    assert passed.digest in details["training_datasets"][0]
    assert details["training_arn"].endswith(passed.job["TrainingJobName"])
    assert {one["name"]: one["value"] for one in details["hyper_parameters"]} == (
        passed.job["HyperParameters"]
    )
    [judged] = passed.card["evaluation_details"][0]["metric_groups"]
    assert {one.figure for one in LIMITS} <= {one["name"] for one in judged["metric_data"]}


def test_the_card_is_as_sagemakers_schema_has_it(passed: Passed) -> None:
    """That of `AWS::SageMaker::ModelCard`, which writes the same names otherwise."""
    lint = pytest.importorskip("cfnlint.schema", reason="make infra")
    standard = pytest.importorskip("cfnlint.jsonschema").StandardValidator
    schema = lint.PROVIDER_SCHEMA_MANAGER.get_resource_schema(REGION, "AWS::SageMaker::ModelCard")
    whole = {**schema.schema["definitions"]["Content"],
             "definitions": schema.schema["definitions"]}  # fmt: skip

    def against(card: Any) -> list[str]:
        return [error.message for error in standard(whole).iter_errors(_renamed(card))]

    assert against(passed.card) == []
    assert against(passed.card | {"evaluation_details": [{"datasets": []}]})


def _renamed(value: Any) -> Any:
    if isinstance(value, list):
        return [_renamed(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {"".join(word.title() for word in k.split("_")): _renamed(v) for k, v in value.items()}


def test_a_model_of_labels_that_mean_nothing_is_not_registered(
    account: Account, tmp_path: Path
) -> None:
    digest = data_set(account, tmp_path, "by-luck", luck=True)
    told = account.run(data_set="by-luck", sha256=digest)
    assert (told["status"], told["error"]) == ("FAILED", "below_the_gate")
    assert set(account.requests()) == {"CreateTrainingJob"}
    event = account.event()
    assert event.outcome == "below_the_gate"
    assert {"auc_roc", "precision_over_base_rate"} <= set(event.broken)
    assert "auc_roc is 0." in event.why
    assert "must be at least 0.8" in event.why
    assert event.package == ""


def test_other_data_than_was_named_is_not_learnt_from_and_the_desk_hears_why(
    account: Account, tmp_path: Path
) -> None:
    data_set(account, tmp_path, "2026-06")
    told = account.run(data_set="2026-06", sha256="0" * 64)
    assert (told["status"], told["error"]) == ("FAILED", "failed")
    assert set(account.requests()) == {"CreateTrainingJob"}
    event = account.event()
    assert event.outcome == "failed"
    assert "another than was named" in event.why


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"data_set": "2026-05"},
        {"data_set": "../../models", "sha256": "0" * 64},
        {"data_set": "2026-05", "sha256": "latest"},
    ],
)
def test_an_execution_that_names_no_data_set_asks_for_no_job(
    account: Account, given: dict[str, str]
) -> None:
    told = account.run(**given)
    assert (told["status"], told["error"]) == ("FAILED", "failed")
    assert account.requests() == {}
    assert "is started with" in account.event().why
