"""Slack's token and signing secret, from Secrets Manager, kept for a while and no longer."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

_KEPT_S = 300.0


class SecretsClient(Protocol):
    """The one call of Secrets Manager that is used."""

    def get_secret_value(self, **request: Any) -> Any: ...


class NoSlackSecretError(RuntimeError):
    """The secret is there without a token or a signing secret in it."""


@dataclass(frozen=True, slots=True)
class SlackSecret:
    bot_token: str = field(repr=False)
    signing_secret: str = field(repr=False)


class SlackSecrets:
    """Reads the secret `name`. `now` counts seconds. May raise botocore's own errors."""

    def __init__(self, client: SecretsClient, name: str, now: Callable[[], float]) -> None:
        self._client = client
        self._name = name
        self._now = now
        self._kept: SlackSecret | None = None
        self._since = 0.0

    def read(self) -> SlackSecret:
        """The secret as it was within the last minutes."""
        if self._kept is None or self._now() - self._since > _KEPT_S:
            self._kept, self._since = self._fetch(), self._now()
        return self._kept

    def forget(self) -> None:
        """It is no longer good: the next reading asks anew."""
        self._kept = None

    def _fetch(self) -> SlackSecret:
        found = json.loads(self._client.get_secret_value(SecretId=self._name)["SecretString"])
        token, signing = found.get("bot_token"), found.get("signing_secret")
        if not token or not signing:
            raise NoSlackSecretError("the Slack secret lacks bot_token or signing_secret")
        return SlackSecret(str(token), str(signing))
