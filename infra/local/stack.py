"""Creates or updates the stack on the embedded AWS from the same template that AWS would get."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from infra.local.bundle import build_bundle, bundle_key
from infra.local.settings import REGION, STACK_NAME, LocalSettings

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = ROOT / "infra" / "templates" / "core.json"
CODE_BUCKET = "teller-code"
FUNCTION_NAME = "teller-fulfillment"
SECRET_NAME = "teller/session-token-key"  # noqa: S105 - a name, not the key
_POLL_S = 0.05
_LIMIT_S = 60.0


class StackError(RuntimeError):
    """The stack could not be brought up; the message says which resource and why."""


def aws_client(service: str, settings: LocalSettings, config: Config | None = None) -> Any:
    """A boto3 client of `service` on the embedded AWS."""
    return boto3.client(
        service,
        endpoint_url=settings.aws_endpoint,
        region_name=REGION,
        aws_access_key_id="test",
        aws_secret_access_key="test",  # noqa: S106 - the embedded AWS's own, not a secret
        config=config,
    )


def deploy(settings: LocalSettings) -> dict[str, str]:
    """Brings the stack to the template and the code on disk; returns its outputs by name."""
    parameters = {
        "CodeBucket": CODE_BUCKET,
        "FulfillmentCodeKey": _upload(settings, build_bundle(ROOT, ("fulfillment",))),
        "FixedClock": settings.clock or "",
        "FeatureFlags": f"file:{settings.flags_file}",
        "SlackApiUrl": f"{settings.endpoint}/slack/api/",
        # The embedded AWS's own mapping loses records: infra/local/streams polls instead.
        "StreamsArePolled": "false",
    }
    client = aws_client("cloudformation", settings)
    request = {
        "StackName": STACK_NAME,
        "TemplateBody": _body(),
        "Parameters": [
            {"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()
        ],
        "Capabilities": ["CAPABILITY_IAM"],
    }
    try:
        _create_or_update(client, request)
    except ClientError as error:
        if "No updates are to be performed" not in str(error):
            raise StackError(str(error)) from error
    return _settle(client)


def _body() -> str:
    """The template without its layout, which is for people: a body may have 51,200 characters."""
    return json.dumps(json.loads(TEMPLATE.read_text()), separators=(",", ":"))


def outputs(settings: LocalSettings) -> dict[str, str]:
    """The outputs of the running stack, by name."""
    stacks = aws_client("cloudformation", settings).describe_stacks(StackName=STACK_NAME)
    return _outputs(stacks["Stacks"][0])


def _outputs(stack: dict[str, Any]) -> dict[str, str]:
    return {one["OutputKey"]: one["OutputValue"] for one in stack.get("Outputs", [])}


def _upload(settings: LocalSettings, bundle: bytes) -> str:
    client = aws_client("s3", settings)
    client.create_bucket(Bucket=CODE_BUCKET)
    key = bundle_key(bundle)
    client.put_object(Bucket=CODE_BUCKET, Key=key, Body=bundle)
    return key


def _create_or_update(client: Any, request: dict[str, Any]) -> None:
    try:
        client.create_stack(**request)
    except client.exceptions.AlreadyExistsException:
        client.update_stack(**request)


def _settle(client: Any) -> dict[str, str]:
    deadline = time.monotonic() + _LIMIT_S
    while True:
        stack = client.describe_stacks(StackName=STACK_NAME)["Stacks"][0]
        status = stack["StackStatus"]
        if status in ("CREATE_COMPLETE", "UPDATE_COMPLETE"):
            return _outputs(stack)
        if "IN_PROGRESS" not in status or time.monotonic() > deadline:
            raise StackError(f"the stack is {status}: {_first_failure(client)}")
        time.sleep(_POLL_S)


def _first_failure(client: Any) -> str:
    events = client.describe_stack_events(StackName=STACK_NAME)["StackEvents"]
    for event in reversed(events):
        if event["ResourceStatus"].endswith("FAILED"):
            return f"{event['LogicalResourceId']}: {event.get('ResourceStatusReason', 'no reason')}"
    return "no resource says why"
