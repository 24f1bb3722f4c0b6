"""The keys of identity tokens: kept for five minutes, rotated without a gap, never guessed."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError

from fulfillment.identity import SessionTokenKeys, TokenKey


class Secrets:
    """Answers with the JSON of each stage; an exception is raised, a missing stage is unknown."""

    def __init__(self, **stages: Any) -> None:
        self.stages = stages
        self.asked: list[tuple[str, str]] = []

    def get_secret_value(self, *, SecretId: str, VersionStage: str) -> Any:  # noqa: N803
        self.asked.append((SecretId, VersionStage))
        held = self.stages.get(VersionStage)
        if isinstance(held, Exception):
            raise held
        if held is None:
            raise refusal("ResourceNotFoundException")
        return {"SecretString": held if isinstance(held, str) else json.dumps(held)}


class Monotonic:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def refusal(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": "no"}}, "GetSecretValue")


def kids(store: SessionTokenKeys) -> list[str]:
    found = store.keys()
    return [key.kid for key in found]


CURRENT = {"kid": "k2", "key": "the current secret"}
PREVIOUS = {"kid": "k1", "key": "the previous secret"}


def test_the_current_and_the_previous_key_are_both_good() -> None:
    secrets = Secrets(AWSCURRENT=CURRENT, AWSPREVIOUS=PREVIOUS)
    store = SessionTokenKeys(secrets, "teller/token", Monotonic())
    assert store.keys() == (
        TokenKey("k2", "the current secret"),
        TokenKey("k1", "the previous secret"),
    )
    assert secrets.asked == [("teller/token", "AWSCURRENT"), ("teller/token", "AWSPREVIOUS")]


def test_a_secret_that_was_never_rotated_has_one_key_and_no_complaint(
    caplog: pytest.LogCaptureFixture,
) -> None:
    store = SessionTokenKeys(Secrets(AWSCURRENT=CURRENT), "teller/token", Monotonic())
    with caplog.at_level(logging.WARNING):
        assert kids(store) == ["k2"]
    assert caplog.records == []


def test_keys_are_kept_for_five_minutes_and_then_read_again() -> None:
    secrets, clock = Secrets(AWSCURRENT=PREVIOUS), Monotonic()
    store = SessionTokenKeys(secrets, "teller/token", clock)
    store.keys()
    secrets.stages = {"AWSCURRENT": CURRENT, "AWSPREVIOUS": PREVIOUS}
    clock.seconds = 299.9
    assert kids(store) == ["k1"]
    assert len(secrets.asked) == 2
    clock.seconds = 300
    assert kids(store) == ["k2", "k1"]
    assert len(secrets.asked) == 4


@pytest.mark.parametrize(
    "fault",
    [
        refusal("InternalServiceError"),
        refusal("AccessDeniedException"),
        EndpointConnectionError(endpoint_url="http://127.0.0.1:9"),
        "not json",
        json.dumps({"kid": "k1"}),
        json.dumps([]),
        json.dumps("text"),
    ],
)
def test_an_outage_or_a_broken_secret_leaves_no_keys_and_is_not_remembered(fault: Any) -> None:
    secrets = Secrets(AWSCURRENT=fault, AWSPREVIOUS=fault)
    store = SessionTokenKeys(secrets, "teller/token", Monotonic())
    assert store.keys() == ()
    secrets.stages = {"AWSCURRENT": CURRENT}
    assert kids(store) == ["k2"]


def test_an_outage_after_five_minutes_does_not_keep_the_old_keys_alive() -> None:
    secrets, clock = Secrets(AWSCURRENT=CURRENT), Monotonic()
    store = SessionTokenKeys(secrets, "teller/token", clock)
    assert store.keys()
    secrets.stages = {"AWSCURRENT": refusal("InternalServiceError")}
    clock.seconds = 301
    assert store.keys() == ()


def test_an_outage_is_logged_by_its_code_and_without_the_secret(
    caplog: pytest.LogCaptureFixture,
) -> None:
    broken = json.dumps({"key": "do-not-log-me"})
    secrets = Secrets(AWSCURRENT=refusal("InternalServiceError"), AWSPREVIOUS=broken)
    with caplog.at_level(logging.ERROR):
        SessionTokenKeys(secrets, "teller/token", Monotonic()).keys()
    assert "InternalServiceError" in caplog.text
    assert "do-not-log-me" not in caplog.text


def test_a_secret_is_never_shown() -> None:
    key = TokenKey("k1", "do-not-show-me")
    assert "do-not-show-me" not in f"{key!r} {key}"


def test_a_token_of_a_key_that_came_since_is_known_at_once() -> None:
    """Or a rotation would sign everybody out for as long as the old keys are kept."""
    clock, secrets = Monotonic(), Secrets(AWSCURRENT=PREVIOUS)
    store = SessionTokenKeys(secrets, "teller/token", clock)
    assert kids(store) == ["k1"]
    secrets.stages = {"AWSCURRENT": CURRENT, "AWSPREVIOUS": PREVIOUS}
    clock.seconds = 6
    assert [key.kid for key in store.keys_with("k1")] == ["k1"]
    assert [key.kid for key in store.keys_with("k2")] == ["k2", "k1"]


def test_made_up_key_ids_do_not_have_us_ask_with_each_message() -> None:
    clock, secrets = Monotonic(), Secrets(AWSCURRENT=CURRENT, AWSPREVIOUS=PREVIOUS)
    store = SessionTokenKeys(secrets, "teller/token", clock)
    for second in range(20):
        clock.seconds = second
        assert [key.kid for key in store.keys_with(f"made-up-{second}")] == ["k2", "k1"]
    assert len(secrets.asked) == 2 * 4


def test_known_keys_stay_good_when_a_new_one_cannot_be_looked_up() -> None:
    clock, secrets = Monotonic(), Secrets(AWSCURRENT=CURRENT)
    store = SessionTokenKeys(secrets, "teller/token", clock)
    assert kids(store) == ["k2"]
    secrets.stages = {"AWSCURRENT": EndpointConnectionError(endpoint_url="https://secrets")}
    clock.seconds = 6
    assert [key.kid for key in store.keys_with("k3")] == ["k2"]
