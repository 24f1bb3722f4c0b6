"""Runs the steps of a plan against the account whose credentials are in the environment."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from infra.aws.deploy.packing import packed
from infra.aws.deploy.plan import Step
from infra.aws.lex_bot import archive
from infra.aws.spending import reversal
from infra.aws.stages import Stage

_WAIT = {"Delay": 10, "MaxAttempts": 360}
GREETING = "hello"
LOGS = tuple(f"/aws/{one}/teller" for one in ("lambda", "apigateway", "sagemaker/Endpoints", "lex"))
"""What the names of log groups of the bank begin with."""
EXPORTS_JOB = "teller-exports-weekly"
"""What Macie's job over the ledger's exports is called."""


class DeployError(RuntimeError):
    """A step did not come to its end; what was deployed before it stands."""


@dataclass
class Run:
    """`client` makes a boto3 client; `templates` is where the stage was synthesised to."""

    stage: Stage
    client: Callable[[str], Any]
    templates: Path
    parameters: Mapping[str, str]
    modules: Mapping[str, str]
    """By the key of a bundle, the module that it is of."""
    tell: Callable[[str], None]
    _bucket: str = field(default="")

    def do(self, step: Step) -> None:
        """One step. Raises `DeployError`, or what AWS answers."""
        self.tell(str(step))
        done: dict[str, Callable[[str], None]] = {
            "deploy": self._deploy, "upload": self._upload, "watch": self._watch,
            "smoke": self._smoke, "empty": self._empty, "delete": self._delete,
            "forget": self._forget,
        }  # fmt: skip
        if step.doing == "refuse":
            raise DeployError(f"{step.what}: {step.why}")
        if step.doing in done:
            done[step.doing](step.what)

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
        cfn = self.client("cloudformation")
        exists = self._exists(cfn, stack)
        wanted = set(json.loads(body).get("Parameters", {})) & set(self.parameters)
        where = {"TemplateBody": body}
        if name != "bootstrap":  # a body may have 51,200 bytes, an object a megabyte
            key = f"templates/{name}-{secrets.token_hex(6)}.json"
            self.client("s3").put_object(Bucket=self._code_bucket(), Key=key, Body=body.encode())
            region = cfn.meta.region_name
            where = {
                "TemplateURL": f"https://{self._code_bucket()}.s3.{region}.amazonaws.com/{key}"
            }
        change = f"release-{secrets.token_hex(6)}"
        cfn.create_change_set(
            StackName=stack, ChangeSetName=change, ChangeSetType="UPDATE" if exists else "CREATE",
            Capabilities=["CAPABILITY_NAMED_IAM"], **where,
            Parameters=[{"ParameterKey": one, "ParameterValue": self.parameters[one]}
                        for one in sorted(wanted)],
        )  # fmt: skip
        try:
            cfn.get_waiter("change_set_create_complete").wait(
                StackName=stack, ChangeSetName=change, WaiterConfig=_WAIT
            )
        except Exception:
            found = cfn.describe_change_set(StackName=stack, ChangeSetName=change)
            if "didn't contain changes" in found.get("StatusReason", ""):
                return
            raise DeployError(f"{stack}: {found.get('StatusReason')}") from None
        cfn.execute_change_set(StackName=stack, ChangeSetName=change)
        done = "stack_update_complete" if exists else "stack_create_complete"
        cfn.get_waiter(done).wait(StackName=stack, WaiterConfig=_WAIT)

    @staticmethod
    def _exists(cfn: Any, stack: str) -> bool:
        try:
            found = cfn.describe_stacks(StackName=stack)["Stacks"][0]
        except cfn.exceptions.ClientError:
            return False
        return bool(found["StackStatus"] != "REVIEW_IN_PROGRESS")

    def _upload(self, key: str) -> None:
        """Under the hash of what is in it: what is there already is the same."""
        s3, bucket = self.client("s3"), self._code_bucket()
        if s3.list_objects_v2(Bucket=bucket, Prefix=key)["KeyCount"]:
            return
        content = archive() if key.startswith("bots/") else packed(self.modules[key])
        s3.put_object(Bucket=bucket, Key=key, Body=content)

    def _watch(self, what: str) -> None:
        if what == "macie2":
            self._look_through_exports()
        elif what == "budget-reversed":
            account = self.client("sts").get_caller_identity()["Account"]
            reversal(self.client("budgets"), account)
        else:
            inspector = self.client("inspector2")
            turn = inspector.disable if what.endswith("-off") else inspector.enable
            turn(resourceTypes=["LAMBDA"])

    def _look_through_exports(self) -> None:
        """Macie reads the exports each week; a job is made once, and no stack can hold it."""
        macie = self.client("macie2")
        same = {"includes": [{"comparator": "EQ", "key": "name", "values": [EXPORTS_JOB]}]}
        if macie.list_classification_jobs(filterCriteria=same)["items"]:
            return
        own = [
            one["id"]
            for one in macie.list_custom_data_identifiers()["items"]
            if one["name"].startswith("teller-")
        ]
        account = self.client("sts").get_caller_identity()["Account"]
        macie.create_classification_job(
            clientToken=EXPORTS_JOB, name=EXPORTS_JOB, jobType="SCHEDULED", initialRun=True,
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

    def _empty(self, prefix: str) -> None:
        s3 = self.client("s3")
        for bucket in s3.list_buckets()["Buckets"]:
            if bucket["Name"].startswith(prefix):
                for page in s3.get_paginator("list_object_versions").paginate(
                    Bucket=bucket["Name"]
                ):
                    found = [*page.get("Versions", ()), *page.get("DeleteMarkers", ())]
                    if found:
                        s3.delete_objects(
                            Bucket=bucket["Name"], BypassGovernanceRetention=True,
                            Delete={"Objects": [{k: o[k] for k in ("Key", "VersionId")}
                                                for o in found]},
                        )  # fmt: skip
        backup = self.client("backup")
        try:
            points = backup.list_recovery_points_by_backup_vault(BackupVaultName="teller")
        except backup.exceptions.ClientError:
            return
        for point in points["RecoveryPoints"]:
            backup.delete_recovery_point(
                BackupVaultName="teller", RecoveryPointArn=point["RecoveryPointArn"]
            )

    def _delete(self, stack: str) -> None:
        cfn = self.client("cloudformation")
        cfn.delete_stack(StackName=stack)
        cfn.get_waiter("stack_delete_complete").wait(StackName=stack, WaiterConfig=_WAIT)

    def _forget(self, _what: str) -> None:
        """A function that ran while its group was deleted has made it again, kept for ever."""
        logs = self.client("logs")
        for prefix in LOGS:
            for page in logs.get_paginator("describe_log_groups").paginate(
                logGroupNamePrefix=prefix
            ):
                for group in page["logGroups"]:
                    logs.delete_log_group(logGroupName=group["logGroupName"])
