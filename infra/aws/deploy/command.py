"""`teller infra deploy` and `teller infra teardown`: the plan, and with `--yes` what it says."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from subprocess import CalledProcessError
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from infra.aws.app import ToolsMissingError, prepare, templates_of
from infra.aws.bare import bare_resources
from infra.aws.bundles import bundle_key, module_of
from infra.aws.deploy.plan import Step, deployment, teardown
from infra.aws.deploy.running import EMAIL, Run
from infra.aws.deploy.stacks import DeployError
from infra.aws.stages import STAGES, Stage
from infra.aws.template import of_type

if TYPE_CHECKING:
    import boto3


def deploy(argv: Sequence[str] | None = None) -> int:
    """From the sources to the first message of a stage."""
    given = _parser("deploy", "Bring a stage to the account of the credentials in use.")
    given.add_argument("--email", help="who hears of budgets; once said, it stays")
    given.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", type=_parameter,
        help="a parameter of a stack, as in FraudImage=...; once said, it stays",
    )  # fmt: skip
    asked = given.parse_args(argv)
    stage = STAGES[asked.stage]
    parameters = dict(asked.set) | ({EMAIL: asked.email} if asked.email else {})
    return _follow(stage, deployment(stage, bare_resources(stage)), asked.yes, parameters)


def remove(argv: Sequence[str] | None = None) -> int:
    """Nothing billable is left of a stage that holds no real money."""
    asked = _parser("teardown", "Delete a stage, and what would go on costing.").parse_args(argv)
    stage = STAGES[asked.stage]
    return _follow(stage, teardown(stage), asked.yes, {})


def _parser(name: str, description: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=f"teller infra {name}", description=description)
    parser.add_argument("--stage", choices=sorted(STAGES), default="dev")
    parser.add_argument("--yes", action="store_true", help="do it; without, the plan is printed")
    return parser


def _parameter(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not (name and equals):
        raise argparse.ArgumentTypeError(f"{text!r} is not NAME=VALUE")
    return name, value


def _follow(stage: Stage, steps: Sequence[Step], doing: bool, parameters: Mapping[str, str]) -> int:
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
        templates = templates_of(stage, Path(scratch))
        unknown = sorted(set(parameters) - parameters_of(templates))
        if unknown:
            sys.stderr.write(f"teller infra: no stack has a parameter {', '.join(unknown)}\n")
            return 2
        run = Run(
            stage, boto3.client, Path(scratch), parameters,
            {bundle_key(module): module for module in modules},
            lambda line: print(line, flush=True),  # noqa: T201 - what a person waits for
        )  # fmt: skip
        return follow(run, steps)


def follow(run: Run, steps: Sequence[Step]) -> int:
    """Exit status 0 when every step came to its end; else 1, and the step and its reason on stderr."""
    from botocore.exceptions import BotoCoreError, ClientError

    for step in steps:
        try:
            run.do(step)
        except (DeployError, ClientError, BotoCoreError, CalledProcessError) as fault:
            sys.stderr.write(f"teller infra: {step.doing} {step.what}: {fault}\n")
            return 1
    return 0


def parameters_of(templates: Iterable[Path]) -> set[str]:
    """What any of the templates asks for."""
    return {
        name for path in templates for name in json.loads(path.read_text()).get("Parameters", {})
    }


def lacking(session: boto3.Session) -> str:
    """What the environment does not say that AWS has to know, before minutes go into building."""
    if not session.region_name:
        return "a region (AWS_DEFAULT_REGION)"
    if session.get_credentials() is None:
        return "credentials (AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE)"
    return ""
