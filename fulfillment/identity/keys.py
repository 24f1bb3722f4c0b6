"""The keys that sign identity tokens, from Secrets Manager, kept for five minutes."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from botocore.exceptions import BotoCoreError, ClientError

logger = logging.getLogger(__name__)

_KEEP_S = 300.0
# A token that names a key not among those kept makes us look again, but no more often than this,
# or whoever forges key ids could have us ask Secrets Manager with each message.
_LOOK_AGAIN_S = 5.0
_STAGES = ("AWSCURRENT", "AWSPREVIOUS")


@dataclass(frozen=True, slots=True)
class TokenKey:
    """A signing key and its id. The secret stays out of any repr."""

    kid: str
    secret: str = field(repr=False)


class SecretsClient(Protocol):
    """The one call of Secrets Manager that is used."""

    def get_secret_value(self, *, SecretId: str, VersionStage: str) -> Any: ...  # noqa: N803


class SessionTokenKeys:
    """Current and previous key, and a new one as soon as a token names it, so that a rotation does
    not sign anybody out.

    Where Secrets Manager does not answer there is no key, and so nobody is verified.
    """

    _read_at: float | None = None

    def __init__(
        self, client: SecretsClient, secret_id: str, monotonic: Callable[[], float]
    ) -> None:
        self._client = client
        self._secret_id = secret_id
        self._monotonic = monotonic
        self._keys: tuple[TokenKey, ...] = ()

    def keys(self) -> tuple[TokenKey, ...]:
        """The keys that a token may be signed with now; empty when they cannot be read."""
        now = self._monotonic()
        if self._read_at is None or now - self._read_at >= _KEEP_S:
            self._keys = tuple(key for stage in _STAGES if (key := self._read(stage)))
            # Nothing is kept of a failure: the next turn tries again.
            self._read_at = now if self._keys else None
        return self._keys

    def keys_with(self, kid: str | None) -> tuple[TokenKey, ...]:
        """As `keys`, read again if a token names a key (`kid`) that came after the last look."""
        known = self.keys()
        if kid is None or not known or any(key.kid == kid for key in known):
            return known
        if self._read_at is None or self._monotonic() - self._read_at < _LOOK_AGAIN_S:
            return known
        self._read_at = None
        return self.keys() or known

    def _read(self, stage: str) -> TokenKey | None:
        try:
            secret = self._client.get_secret_value(SecretId=self._secret_id, VersionStage=stage)
            parsed = json.loads(secret["SecretString"])
            return TokenKey(str(parsed["kid"]), str(parsed["key"]))
        except ClientError as error:
            code = error.response.get("Error", {}).get("Code", "")
            if not (stage == "AWSPREVIOUS" and code == "ResourceNotFoundException"):
                logger.error("the session-token key could not be read: %s", code)
        except (BotoCoreError, KeyError, TypeError, ValueError) as error:
            logger.error("the session-token key could not be read: %s", type(error).__name__)
        return None
