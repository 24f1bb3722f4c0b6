"""The keys that sign a customer's tokens, read from Secrets Manager and kept for a while."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from botocore.exceptions import BotoCoreError, ClientError

CACHE_LIFETIME = timedelta(seconds=300)
_SHORTEST_KEY = 32
"""HS256 wants a key at least as long as its hash (RFC 7518, section 3.2): 32 bytes."""


class KeysUnavailableError(Exception):
    """The signing key cannot be read, or is not one. The text never holds key material."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """One HMAC key and the `kid` by which tokens name it. Its text form hides the key."""

    kid: str
    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if not self.kid or len(self.secret) < _SHORTEST_KEY:
            raise KeysUnavailableError(f"a signing key needs a kid and {_SHORTEST_KEY} bytes")


class SigningKeys(Protocol):
    """Where the channel finds its keys. May block; may raise `KeysUnavailableError`."""

    def current(self) -> SigningKey:
        """The key that signs new tokens."""
        ...

    def named(self, kid: str) -> SigningKey | None:
        """The key called `kid` while tokens signed with it are still good, else None."""
        ...


class SecretReader(Protocol):
    """The one call of the Secrets Manager client that is used here."""

    def get_secret_value(self, *, SecretId: str, VersionStage: str) -> Mapping[str, Any]:  # noqa: N803
        """The secret's value at a stage, in botocore's shape."""
        ...


class SecretsManagerKeys:
    """Keys in the secret {"kid": ..., "key": ...}; after a rotation the previous one reads on."""

    def __init__(
        self, client: SecretReader, secret_name: str, clock: Callable[[], datetime]
    ) -> None:
        self._client = client
        self._name = secret_name
        self._clock = clock
        self._lock = threading.Lock()
        self._keys: tuple[SigningKey, ...] = ()
        self._read_at: datetime | None = None

    def current(self) -> SigningKey:
        """The key at stage AWSCURRENT."""
        return self._fresh_keys()[0]

    def named(self, kid: str) -> SigningKey | None:
        """The current or the previous key, if it is called `kid`."""
        return next((key for key in self._fresh_keys() if key.kid == kid), None)

    def _fresh_keys(self) -> tuple[SigningKey, ...]:
        with self._lock:
            now = self._clock()
            if self._read_at is None or now - self._read_at >= CACHE_LIFETIME:
                self._keys, self._read_at = self._read_all(), now
            return self._keys

    def _read_all(self) -> tuple[SigningKey, ...]:
        try:
            return (self._read("AWSCURRENT"), *self._previous())
        except (BotoCoreError, ClientError) as error:
            raise KeysUnavailableError(f"{self._name}: {type(error).__name__}") from None

    def _previous(self) -> list[SigningKey]:
        try:
            return [self._read("AWSPREVIOUS")]
        except ClientError as error:
            if error.response["Error"]["Code"] == "ResourceNotFoundException":
                return []
            raise

    def _read(self, stage: str) -> SigningKey:
        answer = self._client.get_secret_value(SecretId=self._name, VersionStage=stage)
        try:
            content = json.loads(answer["SecretString"])
            return SigningKey(str(content["kid"]), str(content["key"]).encode())
        except (KeyError, TypeError, ValueError):
            raise KeysUnavailableError(f"{self._name} is not a kid and a key") from None
