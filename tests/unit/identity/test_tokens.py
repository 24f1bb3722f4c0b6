"""Which tokens prove who speaks; every other one proves nothing, and none of them raises."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fulfillment.identity import Identity, TokenKey, anonymous, verify
from fulfillment.identity.token import key_id

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SESSION = "0123456789abcdef"
# Long enough for HS512 too, so that only the pinned algorithm can refuse it.
KEY = TokenKey("k1", "a signing key of more than sixty-four bytes for the tests of this module")
OTHER = TokenKey("k1", "another signing key of more than sixty-four bytes, which nobody trusts")
PEM = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n"
NOBODY = anonymous(SESSION)


def claims(**changes: Any) -> dict[str, Any]:
    """Genuine claims with `changes`; a None takes a claim away."""
    issued = int(NOW.timestamp())
    genuine = {
        "iss": "teller-channel",
        "aud": "teller-fulfillment",
        "sub": "amelia",
        "sid": SESSION,
        "lvl": 2,
        "iat": issued,
        "exp": issued + 300,
        "jti": "t-1",
        "auth_time": issued,
    }
    return {name: value for name, value in {**genuine, **changes}.items() if value is not None}


def part(content: object) -> str:
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def signed(content: dict[str, Any], key: TokenKey = KEY, algorithm: str = "HS256") -> str:
    """A token signed whatever its claims are: PyJWT itself would refuse to sign some of them."""
    header = {"alg": algorithm, "typ": "JWT", "kid": key.kid}
    head = f"{part(header)}.{part(content)}"
    signer = jwt.get_algorithm_by_name(algorithm)
    signature = signer.sign(head.encode(), signer.prepare_key(key.secret))
    return f"{head}.{part(signature)}"


def known(token: Any, *keys: TokenKey, now: datetime = NOW, session: str = SESSION) -> Identity:
    return verify(token, session, keys or (KEY,), now)


def test_a_genuine_token_proves_the_customer_for_its_session() -> None:
    identity = known(signed(claims()))
    assert identity == Identity("amelia", 2, SESSION, NOW)
    assert identity.is_verified


@pytest.mark.parametrize(("level", "verified"), [(1, False), (2, True), (3, True)])
def test_only_level_two_and_above_is_verified(level: int, verified: bool) -> None:
    identity = known(signed(claims(lvl=level)))
    assert (identity.level, identity.is_verified) == (level, verified)


def test_the_previous_key_is_good_while_it_is_among_the_keys() -> None:
    previous = TokenKey("k0", OTHER.secret)
    token = signed(claims(), previous)
    assert known(token, KEY, previous).is_verified
    assert known(token, KEY) == NOBODY


@pytest.mark.parametrize(
    ("token", "kid"),
    [
        (signed(claims()), "k1"),
        (signed(claims(), OTHER), "k1"),
        ("no token", None),
        ("", None),
        (None, None),
        ("x" * 10_000, None),
        (f"{part({'alg': 'HS256', 'kid': 7})}.{part({})}.x", None),
    ],
)
def test_a_token_says_which_key_it_claims_and_nothing_is_believed(
    token: Any, kid: str | None
) -> None:
    assert key_id(token) == kid


def test_without_keys_nobody_is_verified() -> None:
    assert verify(signed(claims()), SESSION, (), NOW) == NOBODY


def test_a_token_signed_with_another_key_of_the_same_name_proves_nothing() -> None:
    assert known(signed(claims(), OTHER)) == NOBODY


def test_a_token_that_names_another_key_proves_nothing() -> None:
    assert known(signed(claims(), TokenKey("k2", KEY.secret))) == NOBODY
    unnamed = jwt.encode(claims(), KEY.secret, algorithm="HS256")
    assert known(unnamed) == NOBODY


def test_an_unsigned_token_proves_nothing() -> None:
    for algorithm in ("none", "None", "NONE", "", None):
        header = part({"alg": algorithm, "typ": "JWT", "kid": "k1"})
        for signature in ("", part(b"\x00" * 32)):
            assert known(f"{header}.{part(claims())}.{signature}") == NOBODY


@pytest.mark.parametrize("algorithm", ["HS384", "HS512"])
def test_no_other_algorithm_is_taken_even_with_the_right_key(algorithm: str) -> None:
    assert known(signed(claims(), algorithm=algorithm)) == NOBODY


def test_a_public_key_used_as_a_secret_proves_nothing() -> None:
    """The confusion attack: an RS256 header, and a signature made with what the verifier holds."""
    head = f"{part({'alg': 'RS256', 'typ': 'JWT', 'kid': 'k1'})}.{part(claims())}"
    signer = jwt.get_algorithm_by_name("HS256")
    for secret in (KEY.secret, PEM):
        token = f"{head}.{part(signer.sign(head.encode(), secret.encode()))}"
        assert known(token) == NOBODY


def test_a_token_lives_from_its_issue_to_its_expiry_and_a_minute_of_skew() -> None:
    token = signed(claims())
    for seconds, good in ((-61, False), (-60, True), (0, True), (359, True), (360, False)):
        assert known(token, now=NOW + timedelta(seconds=seconds)).is_verified is good, seconds


@pytest.mark.parametrize("life", [301, 3600, 10**9, 0, -1, -300])
def test_a_token_that_would_live_too_long_or_not_at_all_proves_nothing(life: int) -> None:
    issued = int(NOW.timestamp())
    assert known(signed(claims(iat=issued, exp=issued + life))) == NOBODY


def test_a_token_of_another_session_proves_nothing() -> None:
    assert known(signed(claims()), session="fedcba9876543210") == anonymous("fedcba9876543210")
    assert known(signed(claims(sid=SESSION.upper()))) == NOBODY


@pytest.mark.parametrize(
    "change",
    [
        {"aud": "teller-channel"},
        {"aud": ["teller-channel"]},
        {"iss": "somebody-else"},
        {"iss": ["teller-channel"]},
    ],
)
def test_a_token_from_elsewhere_or_for_somebody_else_proves_nothing(change: dict[str, Any]) -> None:
    assert known(signed(claims(**change))) == NOBODY


@pytest.mark.parametrize(
    "missing", ["iss", "aud", "sub", "sid", "lvl", "iat", "exp", "jti", "auth_time"]
)
def test_no_claim_may_be_missing(missing: str) -> None:
    assert known(signed(claims(**{missing: None}))) == NOBODY


@pytest.mark.parametrize(
    "change",
    [
        {"lvl": True}, {"lvl": "2"}, {"lvl": 2.0}, {"lvl": 0}, {"lvl": -1}, {"lvl": 4}, {"lvl": []},
        {"sub": ""}, {"sub": 7}, {"sub": ["amelia"]}, {"sub": {}}, {"sid": [SESSION]}, {"sid": 0},
        {"iat": True}, {"iat": "1"}, {"iat": -1}, {"iat": 1e400}, {"exp": 2**70}, {"exp": {}},
        {"exp": "soon"}, {"jti": 7}, {"aud": 7}, {"aud": {}}, {"nbf": "never"},
        {"auth_time": "now"}, {"auth_time": True},
    ],
)  # fmt: skip
def test_claims_of_absurd_types_prove_nothing_and_raise_nothing(change: dict[str, Any]) -> None:
    identity = known(signed(claims(**change)))
    # A claim that we do not ask for, as `nbf`, may say what it likes.
    assert identity == (Identity("amelia", 2, SESSION, NOW) if "nbf" in change else NOBODY)


@pytest.mark.parametrize(
    "token",
    [
        None, b"bytes", 7, [], {}, "", ".", "..", "a.b.c", "\ud800.\ud800.\ud800", "é.é.é",
        f"{part([])}.{part([])}.", f"{part(7)}.{part(7)}.{part(7)}", f"{part(b'{')}.e30.e30",
        part({"alg": "HS256", "kid": {}}) + ".e30.e30", "x" * 5000,
        part(b"[" * 2900) + ".e30.e30",
    ],
)  # fmt: skip
def test_what_is_no_token_proves_nothing_and_raises_nothing(token: Any) -> None:
    assert known(token) == NOBODY


def test_a_genuine_token_that_is_too_large_is_not_even_read() -> None:
    assert known(signed(claims(padding="x" * 5000))) == NOBODY


def test_a_token_with_a_changed_character_proves_nothing() -> None:
    token = signed(claims())
    for index in range(0, len(token) - 1, 5):
        changed = "A" if token[index] != "A" else "B"
        assert known(token[:index] + changed + token[index + 1 :]) == NOBODY


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=150)
@given(header=JSON, body=JSON, signature=st.binary(max_size=40))
def test_nobody_without_the_key_raises_their_level(
    header: Any, body: Any, signature: bytes
) -> None:
    assert known(f"{part(header)}.{part(body)}.{part(signature)}") == NOBODY


@settings(max_examples=100)
@given(change=st.dictionaries(st.sampled_from(sorted(claims())), JSON), genuine=st.booleans())
def test_whatever_the_claims_only_a_whole_and_signed_set_of_them_verifies(
    change: dict[str, Any], genuine: bool
) -> None:
    content = {**claims(), **change}
    identity = known(signed(content, KEY if genuine else OTHER))
    if identity != NOBODY:
        assert genuine
        proved_at = datetime.fromtimestamp(content["auth_time"], UTC)
        assert identity == Identity(content["sub"], content["lvl"], content["sid"], proved_at)
        assert 1 <= identity.level <= 3
        assert content["exp"] - content["iat"] <= 300


@settings(max_examples=100)
@given(token=st.text(max_size=200) | st.binary() | JSON)
def test_no_text_and_no_other_value_raises(token: Any) -> None:
    assert known(token) == NOBODY
