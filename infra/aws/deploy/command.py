"""`teller infra deploy` and `teller infra teardown`: the plan, and with `--yes` what it says."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from infra.aws.app import ToolsMissingError, prepare, templates_of
from infra.aws.bare import bare_resources
from infra.aws.bundles import bundle_key, module_of
from infra.aws.deploy.plan import Step, deployment, teardown
from infra.aws.deploy.running import DeployError, Run
from infra.aws.stages import STAGES, Stage
from infra.aws.template import of_type

if TYPE_CHECKING:
    import boto3


def deploy(argv: Sequence[str] | None = None) -> int:
    """From the sources to the first message of a stage."""
    given = _parser("deploy", "Bring a stage to the account of the credentials in use.")
    given.add_argument("--email", default="operations@example.com", help="who hears of budgets")
    asked = given.parse_args(argv)
    stage = STAGES[asked.stage]
    return _follow(stage, deployment(stage, bare_resources(stage)), asked.yes, asked.email)


def remove(argv: Sequence[str] | None = None) -> int:
    """Nothing billable is left of a stage that holds no real money."""
    asked = _parser("teardown", "Delete a stage, and what would go on costing.").parse_args(argv)
    stage = STAGES[asked.stage]
    return _follow(stage, teardown(stage), asked.yes, "")


def _parser(name: str, description: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=f"teller infra {name}", description=description)
    parser.add_argument("--stage", choices=sorted(STAGES), default="dev")
    parser.add_argument("--yes", action="store_true", help="do it; without, the plan is printed")
    return parser


def _follow(stage: Stage, steps: Sequence[Step], doing: bool, email: str) -> int:
    if not doing:
        sys.stdout.writelines(f"{step}\n" for step in steps)
        sys.stdout.write("Nothing was done. --yes does it.\n")
        return 0
    try:
        prepare()
    except ToolsMissingError as missing:
        sys.stderr.write(f"teller infra: {missing}\n")
        return 2
    import boto3

    lacks = lacking(boto3.Session())
    if lacks:
        sys.stderr.write(f"teller infra: AWS needs {lacks}; nothing was done\n")
        return 2
    functions = of_type(bare_resources(stage), "AWS::Lambda::Function")
    modules = {module_of(one["Properties"]["Handler"]) for _, one in functions}
    with TemporaryDirectory() as scratch:
        templates_of(stage, Path(scratch))
        run = Run(
            stage, boto3.client, Path(scratch), {"OperationsEmail": email},
            {bundle_key(module): module for module in modules},
            lambda line: print(line, flush=True),  # noqa: T201 - what a person waits for
        )  # fmt: skip
        try:
            for step in steps:
                run.do(step)
        except DeployError as fault:
            sys.stderr.write(f"teller infra: {fault}\n")
            return 1
    return 0


def lacking(session: boto3.Session) -> str:
    """What the environment does not say that AWS has to know, before minutes go into building."""
    if not session.region_name:
        return "a region (AWS_DEFAULT_REGION)"
    if session.get_credentials() is None:
        return "credentials (AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE)"
    return ""
