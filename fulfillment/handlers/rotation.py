"""The Lambda that turns the session-token key, in Secrets Manager's four steps.

Each step may come twice, or after one that failed half-way. Fulfillment and the channel take the
current and the previous key, so a turn signs nobody out.
Source: Secrets Manager user guide, "Lambda rotation functions".
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from functools import cache
from typing import Any

import botocore.session
from aws_lambda_powertools import Logger
from botocore.exceptions import ClientError

from fulfillment.client_config import client_config

logger = Logger(service="key-rotation")

_CLIENT = client_config(read_s=5)
_KEY_BYTES = 48
"""HS256 wants 32 at least."""


class RotationError(RuntimeError):
    """A step cannot be done as asked; the message holds no key."""


@cache
def _client() -> Any:
    return botocore.session.get_session().create_client("secretsmanager", config=_CLIENT)


def handler(event: Mapping[str, Any], _context: Any) -> None:
    """One step of a rotation. Raises, so that Secrets Manager tries again."""
    step, secret, token = event["Step"], event["SecretId"], event["ClientRequestToken"]
    client = _client()
    stages = _stages_of(client, secret, token)
    if "AWSCURRENT" in stages:
        return  # this turn is over
    if "AWSPENDING" not in stages:
        raise RotationError("the version is not the one that is to come")
    match step:
        case "createSecret":
            _create(client, secret, token)
        case "setSecret":
            pass  # nobody else keeps this key
        case "testSecret":
            _check(client, secret, token)
        case "finishSecret":
            _finish(client, secret, token)
        case _:
            raise RotationError("no such step")
    logger.info("rotation", extra={"step": step})


def _stages_of(client: Any, secret: str, token: str) -> list[str]:
    found = client.describe_secret(SecretId=secret)
    if not found.get("RotationEnabled"):
        raise RotationError("the secret is not to be turned")
    stages: list[str] = found["VersionIdsToStages"].get(token, [])
    return stages


def _create(client: Any, secret: str, token: str) -> None:
    """A new key with a new id, once: what is there already is kept."""
    try:
        client.get_secret_value(SecretId=secret, VersionId=token, VersionStage="AWSPENDING")
    except ClientError as error:
        if error.response["Error"]["Code"] != "ResourceNotFoundException":
            raise
    else:
        return
    content = {"kid": secrets.token_hex(8), "key": secrets.token_urlsafe(_KEY_BYTES)}
    client.put_secret_value(
        SecretId=secret,
        ClientRequestToken=token,
        SecretString=json.dumps(content),
        VersionStages=["AWSPENDING"],
    )


def _check(client: Any, secret: str, token: str) -> None:
    """The new key is one, and another than the one in use."""
    new = _read(client, SecretId=secret, VersionId=token, VersionStage="AWSPENDING")
    old = _read(client, SecretId=secret, VersionStage="AWSCURRENT")
    if not new.get("kid") or len(str(new.get("key", ""))) < _KEY_BYTES:
        raise RotationError("what is to come is not a kid and a key")
    if new["kid"] == old.get("kid") or new["key"] == old.get("key"):
        raise RotationError("what is to come is what there is")


def _finish(client: Any, secret: str, token: str) -> None:
    versions = client.describe_secret(SecretId=secret)["VersionIdsToStages"]
    current = next(v for v, stages in versions.items() if "AWSCURRENT" in stages)
    client.update_secret_version_stage(
        SecretId=secret,
        VersionStage="AWSCURRENT",
        MoveToVersionId=token,
        RemoveFromVersionId=current,
    )


def _read(client: Any, **which: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(client.get_secret_value(**which)["SecretString"])
    return found
