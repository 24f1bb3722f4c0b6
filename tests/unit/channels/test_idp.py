"""Whose ID tokens are believed: the provider's, for this client, unexpired, and nothing else."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.claims import TokenRejectedError
from bot.channels.idp import IdentityProvider, IdTokens, Person, ProviderKeys
from tests.unit.channels.conftest import Clock

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
PROVIDER = IdentityProvider.cognito("us-east-1", "us-east-1_Pool", "client-1")
KEY = generate_private_key(public_exponent=65537, key_size=2048)
NEXT_KEY = generate_private_key(public_exponent=65537, key_size=2048)
STRANGERS_KEY = generate_private_key(public_exponent=65537, key_size=2048)


def jwk(kid: str, key: RSAPrivateKey) -> dict[str, Any]:
    public = jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key(), as_dict=True)
    return {**public, "kid": kid, "alg": "RS256", "use": "sig"}


class Provider:
    """Publishes its keys, counts who asks, and can be away."""

    def __init__(self) -> None:
        self.keys = {"k1": KEY}
        self.asked = 0
        self.away = False

    def fetch(self) -> bytes:
        self.asked += 1
        if self.away:
            raise OSError("no route to host")
        return json.dumps({"keys": [jwk(kid, key) for kid, key in self.keys.items()]}).encode()


def reader(provider: Provider, clock: Callable[[], datetime]) -> IdTokens:
    return IdTokens(PROVIDER, ProviderKeys(provider.fetch, clock), clock)


def claims(**changes: Any) -> dict[str, Any]:
    at = int(NOW.timestamp())
    genuine = {
        "iss": PROVIDER.issuer,
        "aud": "client-1",
        "sub": "3c9b",
        "token_use": "id",
        "custom:customer_id": "amelia",
        "name": "Amelia Hartley",
        "iat": at,
        "exp": at + 600,
        "auth_time": at - 30,
    }
    return {name: value for name, value in {**genuine, **changes}.items() if value is not None}


def signed(content: dict[str, Any], key: RSAPrivateKey = KEY, kid: str = "k1") -> str:
    return jwt.encode(content, key, algorithm="RS256", headers={"kid": kid})


def test_a_genuine_token_says_who_signed_in_and_when() -> None:
    person = reader(Provider(), Clock()).person(signed(claims()))
    assert person == Person("amelia", "Amelia Hartley", NOW - timedelta(seconds=30))


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Other"},
        {"aud": "client-2"},
        {"aud": ["client-1", "client-2"]},
        {"token_use": "access"},
        {"exp": int(NOW.timestamp())},
        {"iat": int(NOW.timestamp()) + 3600},
        {"auth_time": int(NOW.timestamp()) + 3600},
        {"auth_time": None},
        {"exp": None},
        {"exp": float(NOW.timestamp()) + 600.5},
        {"sub": None},
        {"custom:customer_id": None},
        {"custom:customer_id": ""},
        {"custom:customer_id": 7},
    ],
    ids=str,
)
def test_a_token_with_a_wrong_claim_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(TokenRejectedError):
        reader(Provider(), Clock()).person(signed(claims(**changes)))


def test_the_key_and_the_algorithm_are_the_providers_own() -> None:
    tokens = reader(Provider(), Clock())
    public = KEY.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    header = base64.urlsafe_b64encode(b'{"alg":"none","kid":"k1"}').decode().rstrip("=")
    body = base64.urlsafe_b64encode(json.dumps(claims()).encode()).decode().rstrip("=")
    with_public_key_as_secret = jwt.api_jws.PyJWS()
    forged = [
        signed(claims(), STRANGERS_KEY),
        jwt.encode(claims(), KEY, algorithm="RS512", headers={"kid": "k1"}),
        f"{header}.{body}.",
        signed(claims(), kid="k9"),
        jwt.encode(claims(), KEY, algorithm="RS256"),
    ]
    # PyJWT itself will not sign with a public key as a secret, which is what a forger does.
    hs = with_public_key_as_secret._algorithms["HS256"]
    part = base64.urlsafe_b64encode(b'{"alg":"HS256","kid":"k1"}').decode().rstrip("=")
    signature = hs.sign(f"{part}.{body}".encode(), public)
    forged.append(f"{part}.{body}.{base64.urlsafe_b64encode(signature).decode().rstrip('=')}")
    for token in forged:
        with pytest.raises(TokenRejectedError):
            tokens.person(token)


@given(st.text(max_size=300) | st.binary(max_size=200).map(lambda raw: raw.decode("latin-1")))
def test_whatever_else_comes_is_refused_and_never_breaks_us(token: str) -> None:
    with pytest.raises(TokenRejectedError):
        reader(Provider(), Clock()).person(token)


def test_a_key_that_was_rotated_in_is_found_and_one_rotated_out_is_not() -> None:
    provider, clock = Provider(), Clock()
    tokens = reader(provider, clock)
    tokens.person(signed(claims()))
    provider.keys = {"k2": NEXT_KEY}
    clock.move(timedelta(minutes=2))
    assert tokens.person(signed(claims(), NEXT_KEY, "k2")).customer_id == "amelia"
    with pytest.raises(TokenRejectedError):
        tokens.person(signed(claims()))


def test_keys_are_asked_for_once_and_not_for_every_unknown_one() -> None:
    provider, clock = Provider(), Clock()
    tokens = reader(provider, clock)
    for number in range(20):
        with pytest.raises(TokenRejectedError):
            tokens.person(signed(claims(), kid=f"unknown-{number}"))
    tokens.person(signed(claims()))
    assert provider.asked == 1
    clock.move(timedelta(minutes=1))
    with pytest.raises(TokenRejectedError):
        tokens.person(signed(claims(), kid="unknown"))
    assert provider.asked == 2


def test_while_the_provider_is_away_known_keys_go_on_and_nobody_else_comes_in() -> None:
    provider, clock = Provider(), Clock()
    tokens = reader(provider, clock)
    tokens.person(signed(claims()))
    provider.away = True
    clock.move(timedelta(minutes=5))
    assert tokens.person(signed(claims())).customer_id == "amelia"
    never_met = reader(provider, clock)
    with pytest.raises(TokenRejectedError):
        never_met.person(signed(claims()))


@pytest.mark.parametrize("answer", [b"", b"{}", b"[]", b'{"keys": [{}]}', b'{"keys": 3}', b"\xff"])
def test_an_answer_that_is_no_key_set_lets_nobody_in(answer: bytes) -> None:
    tokens = IdTokens(PROVIDER, ProviderKeys(lambda: answer, lambda: NOW), lambda: NOW)
    with pytest.raises(TokenRejectedError):
        tokens.person(signed(claims()))
