"""Reading the signing keys from Secrets Manager."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError

from bot.channels.keys import KeysUnavailableError, SecretsManagerKeys, SigningKey
from tests.unit.channels.conftest import Clock

FIRST = {"kid": "k1", "key": "the first key, longer than thirty-two bytes"}
SECOND = {"kid": "k2", "key": "the second key, longer than thirty-two bytes"}


class FakeSecret:
    """A secret with what is at each stage; a stage that is absent answers as AWS does."""

    def __init__(self, **stages: object) -> None:
        self.stages = stages
        self.calls = 0

    def get_secret_value(self, *, SecretId: str, VersionStage: str) -> Mapping[str, Any]:  # noqa: N803
        self.calls += 1
        assert SecretId == "teller/session-token-key"
        content = self.stages.get(VersionStage)
        if content is None:
            code = "ResourceNotFoundException"
            raise ClientError({"Error": {"Code": code, "Message": "absent"}}, "GetSecretValue")
        return {"SecretString": content if isinstance(content, str) else json.dumps(content)}


def keys_of(secret: FakeSecret, clock: Clock) -> SecretsManagerKeys:
    return SecretsManagerKeys(secret, "teller/session-token-key", clock)


def test_the_current_key_signs(clock: Clock) -> None:
    assert keys_of(FakeSecret(AWSCURRENT=FIRST), clock).current() == SigningKey(
        "k1", FIRST["key"].encode()
    )


def test_keys_are_read_once_in_five_minutes(clock: Clock) -> None:
    secret = FakeSecret(AWSCURRENT=FIRST)
    keys = keys_of(secret, clock)
    for _ in range(3):
        keys.current()
        keys.named("k1")
    first_read = secret.calls
    clock.move(timedelta(seconds=299))
    keys.current()
    assert secret.calls == first_read
    clock.move(timedelta(seconds=1))
    keys.current()
    assert secret.calls == 2 * first_read


def test_after_a_rotation_both_keys_read_and_the_new_one_signs(clock: Clock) -> None:
    keys = keys_of(FakeSecret(AWSCURRENT=SECOND, AWSPREVIOUS=FIRST), clock)
    assert keys.current().kid == "k2"
    assert keys.named("k1") == SigningKey("k1", FIRST["key"].encode())
    assert keys.named("k3") is None


@pytest.mark.parametrize(
    "content",
    [
        "not json",
        "[]",
        {"kid": "k1"},
        {"kid": "k1", "key": "short"},
        {"kid": "", "key": FIRST["key"]},
    ],
)
def test_a_secret_that_is_no_key_is_refused_without_repeating_it(
    clock: Clock, content: object
) -> None:
    with pytest.raises(KeysUnavailableError) as caught:
        keys_of(FakeSecret(AWSCURRENT=content), clock).current()
    assert "short" not in str(caught.value)


def test_an_unreachable_secret_is_tried_again_at_the_next_call(clock: Clock) -> None:
    secret = FakeSecret()
    keys = keys_of(secret, clock)
    with pytest.raises(KeysUnavailableError):
        keys.current()
    secret.stages["AWSCURRENT"] = FIRST
    assert keys.current().kid == "k1"


def test_a_key_does_not_show_itself_when_printed() -> None:
    assert "first" not in repr(SigningKey("k1", FIRST["key"].encode()))
