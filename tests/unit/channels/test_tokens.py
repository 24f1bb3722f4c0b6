"""Which tokens are taken for genuine, and what the bank is told about the speaker."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels import SigningKey
from bot.channels.claims import TokenRejectedError
from bot.channels.tokens import (
    Grant,
    mint_access_token,
    mint_identity_token,
    read_access_token,
)
from tests.unit.channels.asgi import Client
from tests.unit.channels.conftest import Clock, FixedKeys
from tests.unit.channels.fake_lex import ScriptedLex

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
# Long enough for HS512 too, so that only the pinned algorithm can refuse it.
KEY = SigningKey("k1", b"a key of more than sixty-four bytes, for the tests of this one module")
OTHER = SigningKey("k1", b"another key, also longer than thirty-two bytes")
KEYS = FixedKeys(KEY)
GRANT = Grant("amelia", "0123456789abcdef", NOW + timedelta(minutes=60), NOW)


def claims(**changes: Any) -> dict[str, Any]:
    genuine = {
        "iss": "teller-channel",
        "aud": "teller-channel",
        "sub": "amelia",
        "sid": "0123456789abcdef",
        "lvl": 2,
        "iat": int(NOW.timestamp()),
        "exp": int(NOW.timestamp()) + 3600,
        "jti": "t-1",
        "auth_time": int(NOW.timestamp()),
    }
    changed = {**genuine, **changes}
    return {name: value for name, value in changed.items() if value is not None}


def signed(content: dict[str, Any], key: SigningKey = KEY, **header: Any) -> str:
    return jwt.encode(content, key.secret, algorithm="HS256", headers={"kid": "k1", **header})


def part(content: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")


def test_a_minted_token_is_read_back_as_the_same_grant() -> None:
    token = mint_access_token(GRANT, KEY, NOW, "t-1")
    assert read_access_token(token, KEYS, NOW) == GRANT


def test_an_anonymous_token_stays_anonymous() -> None:
    nobody = Grant(None, "0123456789abcdef", GRANT.expires_at, NOW)
    token = mint_access_token(nobody, KEY, NOW, "t-1")
    assert read_access_token(token, KEYS, NOW) == nobody
    assert "sub" not in jwt.decode(token, options={"verify_signature": False})


def test_the_hand_made_claims_of_these_tests_are_genuine() -> None:
    assert read_access_token(signed(claims()), KEYS, NOW) == GRANT


@pytest.mark.parametrize(
    "token",
    [
        pytest.param(signed(claims(), OTHER), id="signed with another key"),
        pytest.param(signed(claims(), kid="k2"), id="unknown kid"),
        pytest.param(f"{part({'alg': 'HS256', 'kid': ['k1']})}.{part(claims())}.AA", id="odd kid"),
        pytest.param(jwt.encode(claims(), KEY.secret, algorithm="HS256"), id="no kid"),
        pytest.param(jwt.encode(claims(), "", algorithm="none", headers={"kid": "k1"}), id="none"),
        pytest.param(
            f"{part({'alg': 'NonE', 'kid': 'k1'})}.{part(claims())}.", id="none in odd letters"
        ),
        pytest.param(
            jwt.encode(claims(), KEY.secret, algorithm="HS512", headers={"kid": "k1"}),
            id="another algorithm",
        ),
        pytest.param(signed(claims(aud="teller-fulfillment")), id="the identity audience"),
        pytest.param(signed(claims(aud=["teller-channel", "x"])), id="several audiences"),
        pytest.param(signed(claims(iss="somebody")), id="another issuer"),
        pytest.param(signed(claims(exp=int(NOW.timestamp()))), id="expired this second"),
        pytest.param(signed(claims(exp="9999999999")), id="expiry as text"),
        pytest.param(signed(claims(exp=1e300)), id="expiry as a float"),
        pytest.param(signed(claims(iat=int(NOW.timestamp()) + 61)), id="from the future"),
        pytest.param(signed(claims(lvl=3)), id="a level too high"),
        pytest.param(signed(claims(lvl=0)), id="a customer at level 0"),
        pytest.param(signed(claims(sub=None)), id="level 2 without a customer"),
        pytest.param(signed(claims(sub=None, lvl=False)), id="a level that is not a number"),
        pytest.param(signed(claims(sid=7)), id="a session id that is not text"),
        pytest.param("x" * 100_000, id="very long"),
        pytest.param("a.b.c", id="not base64"),
        pytest.param("", id="empty"),
        pytest.param("é.é.é", id="not ASCII"),
    ],
)
def test_a_token_that_is_not_ours_is_refused(token: str) -> None:
    with pytest.raises(TokenRejectedError):
        read_access_token(token, KEYS, NOW)


@pytest.mark.parametrize("missing", ["iss", "aud", "sid", "lvl", "iat", "exp", "jti", "auth_time"])
def test_a_token_that_lacks_a_claim_is_refused(missing: str) -> None:
    with pytest.raises(TokenRejectedError):
        read_access_token(signed(claims(**{missing: None})), KEYS, NOW)


@given(place=st.integers(min_value=0), letter=st.characters(codec="ascii"))
@settings(max_examples=200)
def test_no_single_changed_character_keeps_a_token_good_for_somebody_else(
    place: int, letter: str
) -> None:
    token = mint_access_token(GRANT, KEY, NOW, "t-1")
    at = place % len(token)
    changed = token[:at] + letter + token[at + 1 :]
    try:
        read = read_access_token(changed, KEYS, NOW)
    except TokenRejectedError:
        return
    # Only the unused low bits of the signature's last character can differ unnoticed.
    assert read == GRANT


def test_a_token_signed_before_a_rotation_is_good_until_it_expires() -> None:
    token = mint_access_token(GRANT, KEY, NOW, "t-1")
    rotated = FixedKeys(KEY, SigningKey("k2", OTHER.secret))
    assert read_access_token(token, rotated, NOW) == GRANT


def test_the_identity_token_lives_five_minutes_and_names_the_session() -> None:
    token = mint_identity_token(GRANT, KEY, NOW, timedelta(minutes=5), "t-2")
    assert token is not None
    assert jwt.get_unverified_header(token) == {"alg": "HS256", "typ": "JWT", "kid": "k1"}
    assert jwt.decode(token, options={"verify_signature": False}) == {
        "iss": "teller-channel",
        "aud": "teller-fulfillment",
        "sub": "amelia",
        "sid": "0123456789abcdef",
        "lvl": 2,
        "iat": int(NOW.timestamp()),
        "exp": int(NOW.timestamp()) + 300,
        "jti": "t-2",
        "auth_time": int(NOW.timestamp()),
    }


def test_an_identity_token_is_no_access_token() -> None:
    token = mint_identity_token(GRANT, KEY, NOW, timedelta(minutes=5), "t-2")
    with pytest.raises(TokenRejectedError):
        read_access_token(str(token), KEYS, NOW)


def test_a_missing_or_wrong_bearer_is_answered_with_401(client: Client, lex: ScriptedLex) -> None:
    for headers in ({}, {"authorization": "Bearer "}, {"authorization": "Basic YTpi"}):
        answer = client.send(
            "POST",
            "/chat/messages",
            [b'{"text":"hi"}'],
            {**headers, "content-type": "application/json"},
        )
        assert answer.status == 401
        assert answer.headers["www-authenticate"] == "Bearer"
        assert answer.json["error"] == {
            "code": "signed_out",
            "message": "Your session has ended. Please sign in again.",
            "retryable": False,
        }
    assert lex.turns == []


def test_every_kind_of_bad_token_gets_the_same_words(signed_in: Client, clock: Clock) -> None:
    clock.move(timedelta(minutes=61))
    expired = signed_in.post("/chat/messages", {"text": "hi"})
    forged = signed_in.post("/chat/messages", {"text": "hi"}, signed(claims(), OTHER))
    assert expired.status == forged.status == 401
    assert expired.body == forged.body
