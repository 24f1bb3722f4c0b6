"""Who may feed the bank: whoever has the feed's own credential, and nobody without one.

It is a bearer token that Secrets Manager made. A customer's token, however genuine, is none.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable
from typing import Any, Protocol

_KEPT_S = 300.0
_SHORTEST = 32
_SCHEME = "bearer "


class SecretsClient(Protocol):
    """The one call of Secrets Manager that is used."""

    def get_secret_value(self, **request: Any) -> Any: ...


class FeedCredential:
    """Reads the secret `name`: `key`, and `previous` while a sender is being given a new one.

    `now` counts seconds. May raise botocore's own errors: then nobody is let in.
    """

    def __init__(self, client: SecretsClient, name: str, now: Callable[[], float]) -> None:
        self._client = client
        self._name = name
        self._now = now
        self._kept: tuple[str, ...] | None = None
        self._since = 0.0

    def admits(self, authorization: str) -> bool:
        """Whether the header `Authorization` carries the credential. In constant time."""
        if not authorization.lower().startswith(_SCHEME):
            return False
        given = authorization[len(_SCHEME) :].strip().encode()
        # Every key is compared, so that the time taken tells nothing about which was nearest.
        found = [hmac.compare_digest(given, key.encode()) for key in self._keys()]
        return any(found)

    def _keys(self) -> tuple[str, ...]:
        if self._kept is None or self._now() - self._since > _KEPT_S:
            secret = self._client.get_secret_value(SecretId=self._name)["SecretString"]
            self._kept, self._since = keys_in(secret), self._now()
        return self._kept


def keys_in(secret: str) -> tuple[str, ...]:
    """The keys that are good now; one too short to be a secret is none."""
    found = json.loads(secret)
    named = (str(found.get(name) or "") for name in ("key", "previous"))
    return tuple(key for key in named if len(key) >= _SHORTEST)
