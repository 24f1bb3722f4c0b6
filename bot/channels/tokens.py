"""The two signed tokens of a channel: the customer's access token and the turn's identity token."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import jwt

from bot.channels.claims import TokenRejectedError, verified_claims
from bot.channels.keys import SigningKey, SigningKeys

ISSUER = "teller-channel"
ACCESS_AUDIENCE = "teller-channel"
IDENTITY_AUDIENCE = "teller-fulfillment"
IDENTITY_ATTRIBUTE = "x-teller-identity"
ALGORITHM = "HS256"
ANONYMOUS, VERIFIED = 0, 2
"""Identity levels: nobody in particular, and a customer who has signed in."""

_LONGEST_TOKEN = 2048


@dataclass(frozen=True, slots=True)
class Grant:
    """What an access token says: who speaks (None: nobody in particular), in which Lex session.

    `signed_in_at` is when they proved who they are; None reads as the moment of minting. `name` is
    what their own page calls them.
    """

    customer_id: str | None
    session_id: str
    expires_at: datetime
    signed_in_at: datetime | None = None
    name: str | None = None

    @property
    def level(self) -> int:
        """The identity level that this grant carries."""
        return ANONYMOUS if self.customer_id is None else VERIFIED


def mint_access_token(grant: Grant, key: SigningKey, now: datetime, token_id: str) -> str:
    """The token a browser keeps and sends with every message."""
    claims = _claims(grant, ACCESS_AUDIENCE, now, grant.expires_at, token_id)
    if grant.name is not None:
        claims["name"] = grant.name
    return _sign(claims, key)


def mint_identity_token(
    grant: Grant, key: SigningKey, now: datetime, lifetime: timedelta, token_id: str
) -> str | None:
    """The token that tells fulfillment who speaks this turn; None when nobody has signed in."""
    if grant.customer_id is None:
        return None
    claims = _claims(grant, IDENTITY_AUDIENCE, now, now + lifetime, token_id)
    return _sign(claims, key)


def read_access_token(token: str, keys: SigningKeys, now: datetime) -> Grant:
    """The grant in a genuine, unexpired access token.

    Raises `TokenRejectedError` for everything else, without saying why: algorithm, key, issuer,
    audience and expiry are pinned, and every claim must be present and of its own type.
    """
    if len(token) > _LONGEST_TOKEN:
        raise TokenRejectedError
    try:
        header = jwt.get_unverified_header(token)
        kid = header.get("kid")
        key = keys.named(kid) if isinstance(kid, str) else None
        if key is None:
            raise TokenRejectedError
        claims = verified_claims(
            token,
            key.secret,
            algorithm=ALGORITHM,
            issuer=ISSUER,
            audience=ACCESS_AUDIENCE,
            required=("sid", "lvl", "jti"),
            now=now,
        )
    except (jwt.PyJWTError, ValueError):
        raise TokenRejectedError from None
    return _grant(claims, now)


def _grant(claims: dict[str, Any], now: datetime) -> Grant:
    customer, session, level = claims.get("sub"), claims["sid"], claims["lvl"]
    name = claims.get("name")
    if not isinstance(session, str) or not isinstance(name, str | None):
        raise TokenRejectedError
    ends, since = (datetime.fromtimestamp(claims[of], now.tzinfo) for of in ("exp", "auth_time"))
    grant = Grant(customer, session, ends, since, name)
    if type(level) is not int or level != grant.level:
        raise TokenRejectedError
    return grant


def _claims(
    grant: Grant, audience: str, now: datetime, expires_at: datetime, token_id: str
) -> dict[str, Any]:
    claims: dict[str, Any] = {
        "iss": ISSUER,
        "aud": audience,
        "sid": grant.session_id,
        "lvl": grant.level,
        "iat": int(now.timestamp()),
        "exp": int(expires_at.timestamp()),
        "auth_time": int((grant.signed_in_at or now).timestamp()),
        "jti": token_id,
    }
    if grant.customer_id is not None:
        claims["sub"] = grant.customer_id
    return claims


def _sign(claims: dict[str, Any], key: SigningKey) -> str:
    return jwt.encode(claims, key.secret, algorithm=ALGORITHM, headers={"kid": key.kid})
