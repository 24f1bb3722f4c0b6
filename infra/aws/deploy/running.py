"""Runs the steps of a plan against the account whose credentials are in the environment."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError

from infra.aws.deploy.emptying import (
    empty_bucket,
    empty_registry,
    empty_vault,
    forget_logs,
    logs_of_api,
)
from infra.aws.deploy.packing import packed
from infra.aws.deploy.plan import Step
from infra.aws.deploy.stacks import DeployError, Stacks, Wanted
from infra.aws.lex_bot import archive
from infra.aws.spending import reversal
from infra.aws.stages import Stage

GREETING = "hello"
LOGS = tuple(f"/aws/{one}/teller" for one in ("lambda", "apigateway", "sagemaker/Endpoints", "lex"))
"""What the names of log groups of the bank begin with."""
EXPORTS_JOB = "teller-exports-weekly"
"""What Macie's job over the ledger's exports is called."""
CONFIGS_ROLE = "AWSServiceRoleForConfig"
EMAIL, NOBODY = "OperationsEmail", "operations@example.com"
"""Who hears of budgets, and who does when nobody was ever named."""
ATTEMPTS = 3
"""How often a stack is emptied and deleted: what its own services still write comes in between."""


@dataclass
class Run:
    """`client` makes a boto3 client; `templates` is where the stage was synthesised to; `pack`
    makes a function's zip; between two looks at a stack `pause_s` seconds go by.
    """

    stage: Stage
    client: Callable[[str], Any]
    templates: Path
    parameters: Mapping[str, str]
    modules: Mapping[str, str]
    """By the key of a bundle, the module that it is of."""
    tell: Callable[[str], None]
    pack: Callable[[str], bytes] = packed
    pause_s: int = 10
    _bucket: str = field(default="")

    def do(self, step: Step) -> None:
        """One step. Raises `DeployError`, or what AWS answers."""
        self.tell(str(step))
        done: dict[str, Callable[[str], None]] = {
            "deploy": self._deploy, "upload": self._upload, "watch": self._watch,
            "smoke": self._smoke, "delete": self._delete, "forget": self._forget,
        }  # fmt: skip
        if step.doing == "refuse":
            raise DeployError(f"{step.what}: {step.why}")
        if step.doing in done:
            done[step.doing](step.what)

    @property
    def _stacks(self) -> Stacks:
        return Stacks(self.client("cloudformation"), self.pause_s)

    def _code_bucket(self) -> str:
        if not self._bucket:
            account = self.client("sts").get_caller_identity()["Account"]
            region = self.client("s3").meta.region_name
            self._bucket = f"teller-code-{account}-{region}"
        return self._bucket

    def _deploy(self, stack: str) -> None:
        """A change set, which changes nothing when nothing changed; CloudFormation rolls back."""
        name = stack.removeprefix("teller-")
        body = (self.templates / f"{name}.template.json").read_text()
        declared = frozenset(json.loads(body).get("Parameters", {}))
        tags = {"app": "teller", "stage": self.stage.name}
        stacks, given = self._stacks, dict(self.parameters)
        if EMAIL in declared - set(given) and not stacks.has(stack):
            given[EMAIL] = NOBODY
            self.tell(f"           budgets are told to {NOBODY}, whom nobody reads: say --email")
        changed = stacks.bring(stack, Wanted(self._where(name, body), declared, given, tags))
        if self.stage.kept:
            stacks.protect(stack)
        if not changed:
            self.tell("           nothing changed")

    def _where(self, name: str, body: str) -> dict[str, str]:
        """A body may have 51,200 bytes, an object a megabyte; its address is S3's own, whichever
        region, partition or endpoint that is.
        """
        if name == "bootstrap":
            return {"TemplateBody": json.dumps(json.loads(body), separators=(",", ":"))}
        s3, key = self.client("s3"), f"templates/{name}-{secrets.token_hex(6)}.json"
        s3.put_object(Bucket=self._code_bucket(), Key=key, Body=body.encode())
        return {"TemplateURL": f"{s3.meta.endpoint_url}/{self._code_bucket()}/{key}"}

    def _upload(self, key: str) -> None:
        """Under the hash of what is in it: what is there already is the same."""
        s3, bucket = self.client("s3"), self._code_bucket()
        if s3.list_objects_v2(Bucket=bucket, Prefix=key)["KeyCount"]:
            return
        content = archive() if key.startswith("bots/") else self.pack(self.modules[key])
        s3.put_object(Bucket=bucket, Key=key, Body=content)

    def _watch(self, what: str) -> None:
        if what == "macie2":
            self._look_through_exports()
        elif what == "config":
            self._let_config_in()
        elif what == "budget-reversed":
            account = self.client("sts").get_caller_identity()["Account"]
            reversal(self.client("budgets"), account)
        else:
            inspector = self.client("inspector2")
            turn = inspector.disable if what.endswith("-off") else inspector.enable
            failed = turn(resourceTypes=["LAMBDA"]).get("failedAccounts", ())
            if failed:
                raise DeployError(f"Inspector: {failed[0].get('errorMessage', 'it did not turn')}")

    def _let_config_in(self) -> None:
        """The role by which Config looks: a stack that made it would fail where it is already."""
        iam = self.client("iam")
        try:
            iam.get_role(RoleName=CONFIGS_ROLE)
        except ClientError as error:
            if error.response["Error"]["Code"] != "NoSuchEntity":
                raise
            iam.create_service_linked_role(AWSServiceName="config.amazonaws.com")

    def _look_through_exports(self) -> None:
        """Macie reads the exports each week; a job is made once, and no stack can hold it."""
        macie = self.client("macie2")
        same = {"includes": [{"comparator": "EQ", "key": "name", "values": [EXPORTS_JOB]}]}
        jobs = macie.get_paginator("list_classification_jobs").paginate(filterCriteria=same)
        # A job that was cancelled looks at nothing, and its name is free again.
        if any(job.get("jobStatus") != "CANCELLED" for page in jobs for job in page["items"]):
            return
        own = [
            one["id"]
            for page in macie.get_paginator("list_custom_data_identifiers").paginate()
            for one in page["items"]
            if one["name"].startswith("teller-")
        ]
        account = self.client("sts").get_caller_identity()["Account"]
        macie.create_classification_job(
            clientToken=f"{EXPORTS_JOB}-{secrets.token_hex(6)}", name=EXPORTS_JOB,
            jobType="SCHEDULED", initialRun=True,
            scheduleFrequency={"weeklySchedule": {"dayOfWeek": "SUNDAY"}},
            customDataIdentifierIds=own, managedDataIdentifierSelector="ALL",
            s3JobDefinition={"bucketDefinitions": [
                {"accountId": account, "buckets": [self._exports()["teller:Exports:Ref"]]}
            ]},
        )  # fmt: skip

    def _exports(self) -> dict[str, str]:
        """What the stacks export, by name."""
        return {
            one["Name"]: one["Value"]
            for page in self.client("cloudformation").get_paginator("list_exports").paginate()
            for one in page["Exports"]
        }

    def _smoke(self, _alias: str) -> None:
        """The first message: a greeting, answered by the code hook and not by an apology of Lex."""
        outputs = self._exports()
        answer = self.client("lexv2-runtime").recognize_text(
            botId=outputs["teller:Bot:Ref"], botAliasId=outputs["teller:BotAlias:Ref"],
            localeId="en_US", sessionId=f"smoke-{secrets.token_hex(8)}", text=GREETING,
        )  # fmt: skip
        if not answer.get("messages") or answer["sessionState"]["intent"]["state"] == "Failed":
            raise DeployError("the bot does not answer a greeting")
        self.tell(f"           {answer['messages'][0]['content']}")

    def _delete(self, stack: str) -> None:
        """With all that is in it. Only what the stack made is emptied: a bucket of somebody else is
        not ours by beginning like ours.
        """
        stacks = self._stacks
        apis = stacks.of_type(stack, "AWS::ApiGateway::RestApi", "AWS::ApiGatewayV2::Api")
        for left in reversed(range(ATTEMPTS)):
            for bucket in stacks.of_type(stack, "AWS::S3::Bucket"):
                empty_bucket(self.client("s3"), bucket)
            for vault in stacks.of_type(stack, "AWS::Backup::BackupVault"):
                empty_vault(self.client("backup"), vault)
            for group in stacks.of_type(stack, "AWS::SageMaker::ModelPackageGroup"):
                empty_registry(self.client("sagemaker"), group)
            try:
                stacks.delete(stack)
                break
            except DeployError:
                if not left:
                    raise
        for api in apis:
            for prefix in logs_of_api(api):
                forget_logs(self.client("logs"), prefix)

    def _forget(self, _what: str) -> None:
        """A function that ran while its group was deleted has made it again, kept for ever."""
        for prefix in LOGS:
            forget_logs(self.client("logs"), prefix)
