"""The key turns in Secrets Manager's four steps, each of which may come twice or half-way."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from moto.secretsmanager.models import secretsmanager_backends

from fulfillment.handlers import rotation
from tests.integration.functions.conftest import ACCOUNT, REGION, client_of

NAME = "teller/session-token-key"
OLD = {"kid": "1", "key": "k" * 64}
TOKEN = "9b3f0b44-7c1e-4f0e-9a55-000000000001"
STEPS = ("createSecret", "setSecret", "testSecret", "finishSecret")


@pytest.fixture
def secrets() -> Iterator[Any]:
    """A secret that is about to turn: the version that is to come has its label and no content."""
    rotation._client.cache_clear()
    client = client_of("secretsmanager")
    client.create_secret(Name=NAME, SecretString=json.dumps(OLD))
    stored: Any = secretsmanager_backends[ACCOUNT][REGION].secrets[NAME]
    stored.rotation_enabled = True
    stored.rotation_requested = True
    stored.versions[TOKEN] = {"version_id": TOKEN, "version_stages": ["AWSPENDING"],
                              "createdate": 0}  # fmt: skip
    yield client
    rotation._client.cache_clear()


def step(name: str, token: str = TOKEN) -> None:
    rotation.handler({"Step": name, "SecretId": NAME, "ClientRequestToken": token}, None)


def current(client: Any) -> dict[str, str]:
    held = client.get_secret_value(SecretId=NAME, VersionStage="AWSCURRENT")
    found: dict[str, str] = json.loads(held["SecretString"])
    return found


def test_four_steps_make_a_new_key_and_the_one_before_it_stays_readable(secrets: Any) -> None:
    for name in STEPS:
        step(name)
    new = current(secrets)
    assert new["kid"] != OLD["kid"]
    assert len(new["key"]) >= 48
    before = secrets.get_secret_value(SecretId=NAME, VersionStage="AWSPREVIOUS")
    assert json.loads(before["SecretString"]) == OLD


def test_every_step_may_come_twice(secrets: Any) -> None:
    made = []
    for name in STEPS:
        step(name)
        step(name)
        pending = secrets.describe_secret(SecretId=NAME)["VersionIdsToStages"].get(TOKEN, [])
        made.append(pending)
    assert "AWSCURRENT" in made[-1]
    assert current(secrets)["kid"] != OLD["kid"]


def test_a_key_that_was_made_before_a_crash_is_the_one_that_is_used(secrets: Any) -> None:
    step("createSecret")
    made = secrets.get_secret_value(SecretId=NAME, VersionId=TOKEN, VersionStage="AWSPENDING")
    for name in STEPS:
        step(name)
    assert current(secrets) == json.loads(made["SecretString"])


def test_what_is_no_key_is_not_put_to_use(secrets: Any) -> None:
    secrets.put_secret_value(
        SecretId=NAME, ClientRequestToken=TOKEN, SecretString='{"kid": "2", "key": "short"}',
        VersionStages=["AWSPENDING"],
    )  # fmt: skip
    with pytest.raises(rotation.RotationError, match="not a kid and a key"):
        step("testSecret")
    assert current(secrets) == OLD


@pytest.mark.parametrize("fault", ["a stranger's version", "a secret that is not to turn"])
def test_nothing_is_turned_that_nobody_asked_to_turn(secrets: Any, fault: str) -> None:
    token = TOKEN
    if fault == "a stranger's version":
        token = TOKEN.replace("1", "2")
    else:
        stored: Any = secretsmanager_backends[ACCOUNT][REGION].secrets[NAME]
        stored.rotation_enabled = False
    with pytest.raises(rotation.RotationError):
        step("createSecret", token)
    assert current(secrets) == OLD
