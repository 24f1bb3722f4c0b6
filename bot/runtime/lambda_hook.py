"""Code hooks reached through the Lambda Invoke API: AWS itself, or any endpoint that speaks it."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote, urlsplit

import boto3
from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectTimeoutError,
    ReadTimeoutError,
)

from bot.runtime.code_hook import (
    LEX_BUDGET_S,
    HookError,
    HookTimeoutError,
    decode_answer,
    encode_event,
    raised,
)

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient

_INVOKE_PATH = re.compile(r"^(?P<prefix>.*)/2015-03-31/functions/(?P<name>[^/]+)/invocations/?$")
_ARN_REGION = re.compile(r"^arn:aws[\w-]*:lambda:(?P<region>[\w-]+):")


@dataclass(frozen=True, slots=True, repr=False)
class Credentials:
    """The key pair an invocation is signed with."""

    access_key_id: str
    secret_access_key: str
    session_token: str | None = None


class LambdaHook:
    """A Lambda function, invoked as Lex does: RequestResponse, one attempt, the event as payload.

    `function` is a name or an ARN; `endpoint_url` None means AWS. Without `credentials` boto3
    looks for them as always. `connections` bounds the calls in flight and the pool kept alive.
    """

    def __init__(
        self,
        function: str,
        endpoint_url: str | None = None,
        region: str | None = None,
        *,
        credentials: Credentials | None = None,
        qualifier: str | None = None,
        connections: int = 32,
        budget_s: float = LEX_BUDGET_S,
    ) -> None:
        self._function = function
        self._qualifier = qualifier
        self._endpoint_url = endpoint_url
        self._client = _client(
            endpoint_url, region or region_of(function), credentials, connections, budget_s
        )

    @property
    def target(self) -> str:
        return self._function if self._qualifier is None else f"{self._function}:{self._qualifier}"

    def invoke(self, event: Mapping[str, Any], budget_s: float) -> Any:
        """See `CodeHook.invoke`. The budget of the connection is set when the hook is made."""
        arguments: dict[str, Any] = {"FunctionName": self._function, "Payload": encode_event(event)}
        if self._qualifier:
            arguments["Qualifier"] = self._qualifier
        try:
            answer = self._client.invoke(InvocationType="RequestResponse", **arguments)
            payload = answer["Payload"].read()
        except (ReadTimeoutError, ConnectTimeoutError) as fault:
            raise HookTimeoutError(budget_s) from fault
        except ClientError as fault:
            raise HookError(_refusal(fault)) from fault
        except BotoCoreError as fault:
            reached = self._endpoint_url or "AWS"
            raise HookError(f"the Lambda API at {reached} could not be reached") from fault
        if answer.get("FunctionError"):
            raise _function_error(payload, budget_s)
        return decode_answer(payload)

    def close(self) -> None:
        self._client.close()


class UrlHook(LambdaHook):
    """A function behind the URL of a Lambda invoke endpoint, wherever it runs.

    The URL ends in `/2015-03-31/functions/NAME/invocations`, with `?Qualifier=` if wanted.
    Outside AWS the call is signed with the environment's keys, or with a placeholder pair, so
    that nothing has to be configured for an endpoint that checks none. Raises `ValueError` for
    any other URL.
    """

    def __init__(self, url: str, *, connections: int = 32, budget_s: float = LEX_BUDGET_S) -> None:
        parts = urlsplit(url)
        path = _INVOKE_PATH.match(parts.path)
        if parts.scheme not in ("http", "https") or not parts.hostname or path is None:
            raise ValueError(
                "a code hook's URL ends in /2015-03-31/functions/NAME/invocations"
                f" and starts with http:// or https://; this one does not: {url}"
            )
        self._url = url
        in_aws = parts.hostname.endswith((".amazonaws.com", ".amazonaws.com.cn"))
        super().__init__(
            unquote(path["name"]),
            endpoint_url=f"{parts.scheme}://{parts.netloc}{path['prefix']}",
            region=_region_of_host(parts.hostname) if in_aws else None,
            credentials=None if in_aws else _keys_for_a_local_endpoint(),
            qualifier=next(iter(parse_qs(parts.query).get("Qualifier", [])), None),
            connections=connections,
            budget_s=budget_s,
        )

    @property
    def target(self) -> str:
        return self._url


def region_of(function: str) -> str | None:
    """The region an ARN names; None for a plain function name."""
    arn = _ARN_REGION.match(function)
    return arn["region"] if arn else None


def _region_of_host(host: str) -> str | None:
    labels = host.split(".")
    return labels[1] if labels[0] == "lambda" and len(labels) > 3 else None


def _keys_for_a_local_endpoint() -> Credentials:
    environment = os.environ
    return Credentials(
        environment.get("AWS_ACCESS_KEY_ID") or "local",
        environment.get("AWS_SECRET_ACCESS_KEY") or "local",
        environment.get("AWS_SESSION_TOKEN"),
    )


def _client(
    endpoint_url: str | None,
    region: str | None,
    credentials: Credentials | None,
    connections: int,
    budget_s: float,
) -> LambdaClient:
    session = boto3.session.Session(
        aws_access_key_id=credentials.access_key_id if credentials else None,
        aws_secret_access_key=credentials.secret_access_key if credentials else None,
        aws_session_token=credentials.session_token if credentials else None,
    )
    client: LambdaClient = session.client(
        "lambda",
        region_name=region or session.region_name or "us-east-1",
        endpoint_url=endpoint_url,
        config=Config(
            connect_timeout=min(5.0, budget_s),
            read_timeout=budget_s,
            max_pool_connections=connections,
            # A second attempt could run a hook twice for one turn.
            retries={"total_max_attempts": 1},
            tcp_keepalive=True,
        ),
    )
    return client


def _refusal(fault: ClientError) -> str:
    error = fault.response.get("Error", {})
    return f"Lambda refused the call: {error.get('Code', 'Unknown')}: {error.get('Message', '')}"


def _function_error(payload: bytes, budget_s: float) -> HookError:
    try:
        error = json.loads(payload)
    except ValueError:
        error = None
    # A function that meets its own time limit is reported by Lambda in words alone.
    if isinstance(error, Mapping) and "Task timed out" in str(error.get("errorMessage", "")):
        return HookTimeoutError(budget_s)
    return raised(error)
