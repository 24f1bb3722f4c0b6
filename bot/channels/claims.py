"""The claims of a signed token, when it is genuine and in time: one strict reader for all."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import jwt

CLOCK_SKEW_S = 60
"""How far the clock of another server that signs may run ahead."""
_INSTANTS = ("iat", "exp", "auth_time")


class TokenRejectedError(Exception):
    """The token is not one of ours, not for this use, or no longer good."""


def verified_claims(
    token: str,
    key: bytes | jwt.PyJWK,
    *,
    algorithm: str,
    issuer: str,
    audience: str,
    required: Iterable[str],
    now: datetime,
) -> dict[str, Any]:
    """The claims of `token`, signed by `key`. `required` ones come besides iss, aud, iat, exp and
    auth_time.

    Raises `TokenRejectedError`, without saying why, unless algorithm, issuer and audience are these
    very ones, every required claim is there, the instants are whole seconds, and `now` is between
    issue (less a clock's skew) and expiry. May raise PyJWT's errors and ValueError for what is no
    token.
    """
    claims: dict[str, Any] = jwt.decode(
        token,
        key,
        algorithms=[algorithm],
        audience=audience,
        issuer=issuer,
        options={
            "require": ["iss", "aud", *_INSTANTS, *required],
            "strict_aud": True,
            # The clock is ours to give: expiry is judged below.
            "verify_exp": False,
            "verify_iat": False,
            "verify_nbf": False,
        },
    )
    if any(type(claims[name]) is not int for name in _INSTANTS):
        raise TokenRejectedError
    if not claims["iat"] - CLOCK_SKEW_S <= now.timestamp() < claims["exp"]:
        raise TokenRejectedError
    return claims
