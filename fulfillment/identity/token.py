"""Turns the channel's token into an identity, or into nobody: every doubt is a no."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import jwt

from fulfillment.identity.keys import TokenKey

ISSUER = "teller-channel"
AUDIENCE = "teller-fulfillment"
REQUEST_ATTRIBUTE = "x-teller-identity"
ANONYMOUS_LEVEL = 0
MAX_LEVEL = 3
# Clocks of two services differ a little; more than this is not skew.
_LEEWAY_S = 60
_MAX_LIFE_S = 5 * 60
_MAX_TOKEN = 4096
_REQUIRED = ("iss", "aud", "sub", "sid", "lvl", "iat", "exp", "jti", "auth_time")


@dataclass(frozen=True, slots=True)
class Identity:
    """Levels: 0 anonymous, 1 known, 2 verified, 3 stepped up for this very action.

    `proved_at` is when the customer last proved who they are; None for nobody.
    """

    customer_id: str | None
    level: int
    session_id: str
    proved_at: datetime | None = None

    @property
    def is_verified(self) -> bool:
        return self.customer_id is not None and self.level >= 2


def anonymous(session_id: str) -> Identity:
    """Nobody in particular."""
    return Identity(None, ANONYMOUS_LEVEL, session_id)


def verify(token: Any, session_id: str, keys: Iterable[TokenKey], now: datetime) -> Identity:
    """The identity that `token` proves for `session_id` at `now`, else an anonymous one.

    Never raises. Algorithm pinned to HS256; issuer, audience, life and session all checked, against
    our clock and not the library's, so that a fixed clock works in rehearsals.
    """
    if not isinstance(token, str) or not 0 < len(token) <= _MAX_TOKEN:
        return anonymous(session_id)
    for key in keys:
        claims = _claims(token, key)
        if claims is not None and _is_live(claims, now) and claims["sid"] == session_id:
            return _identity(claims, session_id)
    return anonymous(session_id)


def key_id(token: Any) -> str | None:
    """The key that `token` claims to be signed with: a hint about which to have ready, no proof."""
    if not isinstance(token, str) or not 0 < len(token) <= _MAX_TOKEN:
        return None
    return _named_key(token)


@lru_cache(maxsize=1)
def _named_key(token: str) -> str | None:
    """Asked for with each key that is tried; reading a header is a third of reading a token."""
    try:
        kid = jwt.get_unverified_header(token).get("kid")
    except (jwt.PyJWTError, ValueError, TypeError):
        return None
    return kid if isinstance(kid, str) else None


def _claims(token: str, key: TokenKey) -> dict[str, Any] | None:
    if _named_key(token) != key.kid:
        return None
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            key.secret,
            algorithms=["HS256"],
            audience=AUDIENCE,
            issuer=ISSUER,
            options={
                "require": list(_REQUIRED),
                "verify_exp": False,
                "verify_iat": False,
                "verify_nbf": False,
            },
        )
    except (jwt.PyJWTError, ValueError, TypeError):
        return None
    return claims


def _is_live(claims: dict[str, Any], now: datetime) -> bool:
    issued, expires = claims["iat"], claims["exp"]
    if not _is_instant(issued) or not _is_instant(expires):
        return False
    if not _is_instant(claims["auth_time"]) or claims["auth_time"] > issued + _LEEWAY_S:
        return False
    if not 0 < expires - issued <= _MAX_LIFE_S:
        return False
    instant = now.timestamp()
    return bool(issued - _LEEWAY_S <= instant < expires + _LEEWAY_S)


def _is_instant(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**40


def _identity(claims: dict[str, Any], session_id: str) -> Identity:
    subject, level = claims["sub"], claims["lvl"]
    sound = (
        isinstance(subject, str)
        and subject
        and isinstance(level, int)
        and not isinstance(level, bool)
        and 0 < level <= MAX_LEVEL
    )
    if not sound:
        return anonymous(session_id)
    return Identity(subject, level, session_id, datetime.fromtimestamp(claims["auth_time"], UTC))
