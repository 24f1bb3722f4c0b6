"""`python -m tests.deployment.rehearsal`: a stage brought to an AWS on loopback, and away again.

The bank's own stacks as CDK writes them, through the code of `teller infra deploy`: change sets,
uploads, exports between stacks, the greeting, a release that does not answer and the one before it,
teardown. The greeting goes through our Lex runtime, which serves the archive that was uploaded and
calls the function that was deployed. What the emulator lacks is stood in for
(`tests/deployment/standing_in.py`), by type. Needs `make infra`; takes minutes.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import boto3

from infra.aws.app import ToolsMissingError, prepare, templates_of
from infra.aws.bare import bare_resources
from infra.aws.bundles import bundle_key, module_of, own_bundle
from infra.aws.deploy.command import follow
from infra.aws.deploy.plan import Step, deployment, teardown
from infra.aws.deploy.running import Run
from infra.aws.stages import STAGES, Stage
from infra.aws.template import of_type
from infra.local.bundle import zip_as_it_is
from tests.deployment.lacking import BOT, NOTES, stood_in
from tests.embedded_aws import embedded_aws

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "aws.md"
_BETWEEN = re.compile(r"(<!-- rehearsal -->\n).*?(<!-- end of rehearsal -->)", re.DOTALL)
REGION = "eu-west-1"
IMAGES = dict.fromkeys(
    ("FraudImage", "FraudTrainingImage"),
    f"000000000000.dkr.ecr.{REGION}.amazonaws.com/teller-models:1",
)
"""Those of the models, so that what trains one is made; without a model there is no endpoint."""
_PATIENCE = 6
_SILENT = "def handler(event, context):\n    raise RuntimeError('a release that does not answer')\n"

_LEX = "fulfillment.handlers.lex"
_FUNCTION = "teller-fulfillment"
"""The function that answers Lex, and its module."""


@dataclass
class Rehearsal:
    """`rows` are the table's: what was done, and what came of it."""

    stage: Stage
    endpoint: str
    folder: Path
    lex: str = ""
    told: list[str] = field(default_factory=list)
    rows: list[tuple[str, str]] = field(default_factory=list)

    def client(self, service: str) -> Any:
        at = self.lex if service == "lexv2-runtime" else self.endpoint
        return boto3.client(
            service, endpoint_url=at, region_name=REGION,
            aws_access_key_id="test", aws_secret_access_key="test",
        )  # fmt: skip

    def tell(self, line: str) -> None:
        self.told.append(line)
        sys.stderr.write(f"{line}\n")

    def run(self, steps: Sequence[Step], templates: Path, broken: bool = False) -> int:
        functions = of_type(bare_resources(self.stage), "AWS::Lambda::Function")
        modules = {module_of(one["Properties"]["Handler"]) for _, one in functions}
        keys = {bundle_key(one): one for one in modules} | {_silent_key(): _LEX}
        run = Run(
            self.stage, self.client, templates, IMAGES, keys,
            self.tell, pack=_silent if broken else own_bundle, pause_s=0,
        )  # fmt: skip
        return follow(run, steps)

    def stacks(self) -> dict[str, str]:
        found = self.client("cloudformation").describe_stacks()["Stacks"]
        return {one["StackName"]: one["StackStatus"] for one in found}

    def resources(self) -> Counter[str]:
        made: Counter[str] = Counter()
        pages = self.client("cloudformation").get_paginator("list_stack_resources")
        for stack in self.stacks():
            for page in pages.paginate(StackName=stack):
                made.update(one["ResourceType"] for one in page["StackResourceSummaries"])
        return made

    def live_code(self) -> str:
        """The hash of the code that answers Lex."""
        functions = self.client("lambda")
        version = functions.get_alias(FunctionName=_FUNCTION, Name="live")["FunctionVersion"]
        return str(
            functions.get_function_configuration(FunctionName=_FUNCTION, Qualifier=version)[
                "CodeSha256"
            ]
        )

    def row(self, done: str, came: str) -> None:
        self.rows.append((done, came))


def _silent(_module: str) -> bytes:
    with TemporaryDirectory() as folder:
        handler = Path(folder) / "fulfillment" / "handlers" / "lex.py"
        handler.parent.mkdir(parents=True)
        handler.write_text(_SILENT)
        return zip_as_it_is(Path(folder))


def rehearse(stage: Stage, folder: Path, templates: Path) -> Rehearsal:
    """From nothing to nothing. Raises `AssertionError` where it goes another way than it should."""
    os.environ[NOTES] = str(folder / "stood-in.jsonl")
    server = folder / "aws"
    server.mkdir()
    with embedded_aws(server, "tests.deployment.standing_in:app") as endpoint:
        at = Rehearsal(stage, endpoint, folder)
        _from_nothing(at, templates)
        _greeted(at, templates)
        _away(at, templates)
    return at


def _from_nothing(at: Rehearsal, templates: Path) -> None:
    steps = [one for one in deployment(at.stage, bare_resources(at.stage)) if one.doing != "smoke"]
    began = time.monotonic()
    assert at.run(steps, templates) == 0
    made = at.resources()
    standing = sum(count for kind, count in made.items() if kind in stood_in())
    assert set(at.stacks().values()) == {"CREATE_COMPLETE"}
    at.row(
        "deploy to nothing",
        f"{len(at.stacks())} stacks in order, {sum(made.values())} resources of {len(made)} types "
        f"({standing} of {len(set(made) & set(stood_in()))} types stood in for), "
        f"{sum(one.doing == 'upload' for one in steps)} uploads, {time.monotonic() - began:.0f} s",
    )
    before = len(at.told)
    assert at.run(steps, templates) == 0
    unchanged = sum("nothing changed" in line for line in at.told[before:])
    at.row("deploy again", f"nothing changed in {unchanged} of {len(at.stacks())} stacks")
    assert unchanged == len(at.stacks())


def _greeted(at: Rehearsal, templates: Path) -> None:
    smoke = [one for one in deployment(at.stage, {}) if one.doing == "smoke"]
    with _lex(at) as address:
        at.lex = address
        # A busy machine starts a function more slowly than Lex waits for one.
        assert any(at.run(smoke, templates) == 0 for _ in range(_PATIENCE))
        at.row("smoke test", f"`hello` is answered by the deployed function: {at.told[-1].strip()}")
        worse = _worse(at, templates)
        deploying = [one for one in deployment(at.stage, bare_resources(at.stage))
                     if one.what == "teller-assistant"]  # fmt: skip
        upload = Step("upload", _silent_key(), "a bad release")
        first = at.live_code()
        assert at.run([upload, *deploying], worse, broken=True) == 0
        other = at.live_code()
        at.row("another release", "the alias turns to its version: other code is live")
        assert other != first
        # The emulator goes on answering from a process of the version before, so that a greeting
        # says nothing of the new one here: `tests/unit/aws/test_deploy.py` has it fail.
        assert at.run(deploying, templates) == 0
        at.row("the release before, deployed again", "the code that was live first is live again")
        assert at.live_code() == first


def _silent_key() -> str:
    return bundle_key(_LEX).replace("lex-", "lex-silent-")


def _worse(at: Rehearsal, templates: Path) -> Path:
    """The stage with one function's code changed: its key and its version's name are others."""
    worse = at.folder / "worse"
    worse.mkdir()
    key = bundle_key(_LEX)
    for path in templates.glob("*.template.json"):
        text = path.read_text().replace(key, _silent_key())
        text = re.sub(r"FulfillmentVersion[0-9a-f]+", "FulfillmentVersion0badc0de", text)
        (worse / path.name).write_text(text)
    return worse


@contextmanager
def _lex(at: Rehearsal) -> Iterator[str]:
    """Our Lex runtime with the archive and the alias of the function that were deployed."""
    s3 = at.client("s3")
    account = at.client("sts").get_caller_identity()["Account"]
    bucket = f"teller-code-{account}-{REGION}"
    [bot] = s3.list_objects_v2(Bucket=bucket, Prefix="bots/")["Contents"]
    archive = at.folder / "bot.zip"
    archive.write_bytes(s3.get_object(Bucket=bucket, Key=bot["Key"])["Body"].read())
    hook = f"arn:aws:lambda:{REGION}:{account}:function:{_FUNCTION}:live"
    environment = {
        **os.environ, "AWS_ENDPOINT_URL": at.endpoint, "AWS_DEFAULT_REGION": REGION,
        "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test",
    }  # fmt: skip
    command = [sys.executable, "-m", "infra.cli", "lex", "serve", str(archive)]
    process = subprocess.Popen(
        [*command, "--port", "0", "--bot-id", BOT, "--code-hook", hook],
        cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        address = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
        assert address is not None, "our Lex runtime did not start"
        yield address[0]
    finally:
        process.terminate()
        process.wait(timeout=20)


def _away(at: Rehearsal, templates: Path) -> None:
    s3 = at.client("s3")
    for one in s3.list_buckets()["Buckets"]:
        s3.put_object(Bucket=one["Name"], Key="what/a/service/wrote", Body=b"x")
    assert at.run(teardown(at.stage), templates) == 0
    left = {
        "stacks": len(at.stacks()),
        "buckets": len(s3.list_buckets()["Buckets"]),
        "tables": len(at.client("dynamodb").list_tables()["TableNames"]),
        "functions": len(at.client("lambda").list_functions()["Functions"]),
        "queues": len(at.client("sqs").list_queues().get("QueueUrls", ())),
        "topics": len(at.client("sns").list_topics()["Topics"]),
        "log groups": len(at.client("logs").describe_log_groups()["logGroups"]),
        "alarms": len(at.client("cloudwatch").describe_alarms()["MetricAlarms"]),
        "secrets": len(at.client("secretsmanager").list_secrets()["SecretList"]),
        "pools": len(at.client("cognito-idp").list_user_pools(MaxResults=10)["UserPools"]),
        "APIs": len(at.client("apigatewayv2").get_apis()["Items"])
        + len(at.client("apigateway").get_rest_apis()["items"]),
    }
    notes = [json.loads(line) for line in Path(os.environ[NOTES]).read_text().splitlines()]
    counted = Counter(one["what"] for one in notes)
    at.row(
        "teardown",
        ", ".join(f"{count} {what}" for what, count in left.items())
        + " left; of what was stood in "
        f"for, {counted['create']} were made and {counted['delete']} deleted",
    )
    assert not any(left.values()), left


def table(at: Rehearsal) -> str:
    """The page's table, and the types that were stood in for."""
    rows = "".join(f"| {done} | {came} |\n" for done, came in at.rows)
    types = ", ".join(one.removeprefix("AWS::") for one in stood_in())
    types += "; alarms on an expression over several metrics"
    return f"| step | what came of it |\n|---|---|\n{rows}\nStood in for, by type: {types}.\n"


def main() -> int:
    """Exit status 0 when all went as it should; 2 when the AWS tools are not installed."""
    parser = argparse.ArgumentParser(prog="python -m tests.deployment.rehearsal")
    parser.add_argument("--stage", choices=("dev", "staging"), default="dev")
    parser.add_argument(
        "--templates", type=Path, metavar="DIR", help="where `teller infra synth` wrote them"
    )
    parser.add_argument("--update", action="store_true", help="write the table into docs/aws.md")
    given = parser.parse_args()
    stage = STAGES[given.stage]
    with TemporaryDirectory() as folder:
        templates = given.templates or Path(folder) / "templates"
        if not given.templates:
            try:
                prepare()
            except ToolsMissingError as missing:
                sys.stderr.write(f"{missing}\n")
                return 2
            templates_of(stage, templates)
        made = table(rehearse(stage, Path(folder), templates))
    sys.stdout.write(made)
    if given.update:
        PAGE.write_text(_BETWEEN.sub(lambda found: found[1] + made + found[2], PAGE.read_text()))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
