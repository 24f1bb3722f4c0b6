"""Who signed in with the bank's identity provider: an OpenID Connect ID token, verified.

Source: OpenID Connect Core 1.0, section 3.1.3.7; for Amazon Cognito its developer guide,
"Verifying JSON web tokens".
"""

from __future__ import annotations

import json
import threading
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import jwt
from pydantic import BaseModel, ConfigDict, Field

from bot.channels.claims import TokenRejectedError, verified_claims

ALGORITHM = "RS256"
KEYS_KEPT = timedelta(hours=6)
"""How long the provider's keys are used without asking for them again."""
_BETWEEN_FETCHES = timedelta(minutes=1)
"""A token that names an unknown key makes us ask for keys, but no more often than this."""
_LONGEST_TOKEN = 8192
_LARGEST_KEY_SET = 256 * 1024
_TIMEOUT_S = 3.0


class IdentityProvider(BaseModel):
    """Whose tokens are good. `audience` is the client id that the bank's pages have there.

    `customer_claim` holds the bank's customer id; the provider must let nobody but the bank write
    it (in Cognito: no write permission of the app client). `keys_url` is where its keys lie.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    issuer: str = Field(min_length=1)
    audience: str = Field(min_length=1)
    keys_url: str = Field(pattern=r"\Ahttps?://")
    customer_claim: str = "custom:customer_id"

    @classmethod
    def cognito(cls, region: str, pool_id: str, client_id: str) -> IdentityProvider:
        """A user pool of Amazon Cognito."""
        issuer = f"https://cognito-idp.{region}.amazonaws.com/{pool_id}"
        return cls(issuer=issuer, audience=client_id, keys_url=f"{issuer}/.well-known/jwks.json")


@dataclass(frozen=True, slots=True)
class Person:
    """Who signed in, and when they proved who they are (None: just now)."""

    customer_id: str
    name: str | None
    signed_in_at: datetime | None = None


class ProviderKeys:
    """The provider's public keys by their `kid`, asked for when they are needed.

    A key that was rotated in is found at once; unknown kids do not make us ask again and again.
    When the provider cannot be reached, the keys that are known go on to be used.
    """

    def __init__(self, fetch: Callable[[], bytes], clock: Callable[[], datetime]) -> None:
        self._fetch = fetch
        self._clock = clock
        self._lock = threading.Lock()
        self._keys: dict[str, jwt.PyJWK] = {}
        self._asked_at: datetime | None = None
        self._answered_at: datetime | None = None

    def named(self, kid: str) -> jwt.PyJWK | None:
        """The key called `kid`, or None."""
        with self._lock:
            now = self._clock()
            outdated = self._answered_at is None or now - self._answered_at >= KEYS_KEPT
            may_ask = self._asked_at is None or now - self._asked_at >= _BETWEEN_FETCHES
            if may_ask and (outdated or kid not in self._keys):
                self._asked_at = now
                self._ask(now)
            return self._keys.get(kid)

    def _ask(self, now: datetime) -> None:
        try:
            answer = json.loads(self._fetch())
            found = [jwt.PyJWK(one, ALGORITHM) for one in answer["keys"] if one["kty"] == "RSA"]
        except (OSError, ValueError, KeyError, TypeError, jwt.PyJWTError):
            return
        self._keys = {key.key_id: key for key in found if key.key_id}
        self._answered_at = now


class IdTokens:
    """Reads ID tokens of one provider."""

    def __init__(
        self, provider: IdentityProvider, keys: ProviderKeys, clock: Callable[[], datetime]
    ) -> None:
        self._provider = provider
        self._keys = keys
        self._clock = clock

    def person(self, token: str) -> Person:
        """Whom the token speaks of.

        Raises `TokenRejectedError`, without saying why, for all but a genuine, unexpired ID token
        of this provider for this client: algorithm, key, issuer, audience and use are pinned.
        """
        if len(token) > _LONGEST_TOKEN:
            raise TokenRejectedError
        try:
            kid = jwt.get_unverified_header(token).get("kid")
            key = self._keys.named(kid) if isinstance(kid, str) else None
            if key is None:
                raise TokenRejectedError
            now = self._clock()
            claims = verified_claims(
                token,
                key,
                algorithm=ALGORITHM,
                issuer=self._provider.issuer,
                audience=self._provider.audience,
                required=("sub",),
                now=now,
            )
        except (jwt.PyJWTError, ValueError):
            raise TokenRejectedError from None
        return self._person(claims, now)

    def _person(self, claims: dict[str, Any], now: datetime) -> Person:
        customer, proved = claims.get(self._provider.customer_claim), claims["auth_time"]
        if proved > claims["iat"]:
            raise TokenRejectedError
        # Cognito signs access tokens with the same claims, but for another use.
        if claims.get("token_use", "id") != "id":
            raise TokenRejectedError
        if not isinstance(customer, str) or not customer:
            raise TokenRejectedError
        name = claims.get("name")
        shown = name[:80] if isinstance(name, str) and name else None
        return Person(customer, shown, datetime.fromtimestamp(proved, now.tzinfo))


def id_tokens_of(provider: IdentityProvider, clock: Callable[[], datetime]) -> IdTokens:
    """A reader that asks the provider itself for its keys. `clock`: the provider's time."""
    return IdTokens(provider, ProviderKeys(fetch_from(provider.keys_url), clock), clock)


def fetch_from(url: str) -> Callable[[], bytes]:
    """Reads a provider's keys from its address, which comes from the settings, never a token."""

    def fetch() -> bytes:
        with urllib.request.urlopen(url, timeout=_TIMEOUT_S) as answer:  # noqa: S310
            body: bytes = answer.read(_LARGEST_KEY_SET)
            return body

    return fetch
