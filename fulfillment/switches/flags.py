"""Feature flags by Powertools, from AppConfig or a file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.feature_flags import (
    AppConfigStore,
    FeatureFlags,
    StoreProvider,
)
from aws_lambda_powertools.utilities.feature_flags.exceptions import (
    ConfigurationStoreError,
    SchemaValidationError,
)

_FRESH_FOR_S = 30
"""How long flags from AppConfig may be old: a switch takes half a minute to hold everywhere."""

logger = Logger(service="features", child=True)


class FileStore(StoreProvider):
    """Flags in a JSON file, read anew at every question; a file that is not there has no flags."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def get_raw_configuration(self) -> dict[str, Any]:
        """Raises `ConfigurationStoreError` for a file that cannot be read."""
        try:
            found = json.loads(self._path.read_text())
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as fault:
            raise ConfigurationStoreError(f"{self._path.name} cannot be read") from fault
        if not isinstance(found, dict):
            raise ConfigurationStoreError(f"{self._path.name} is not a JSON object")
        return found

    def get_configuration(self) -> dict[str, Any]:
        """See `get_raw_configuration`."""
        return self.get_raw_configuration


class PowertoolsFlags:
    """One store's flags."""

    def __init__(self, store: StoreProvider) -> None:
        self._store = store
        self._flags = FeatureFlags(store=store)

    def evaluate(self, name: str, context: Mapping[str, str]) -> bool | None:
        """Whether the flag is on; None when the store cannot be read. A missing flag is on."""
        try:
            if name not in self._store.get_configuration():
                return True
            return bool(self._flags.evaluate(name=name, context=dict(context), default=True))
        except (ConfigurationStoreError, SchemaValidationError) as fault:
            logger.warning("feature flags cannot be read", extra={"error": type(fault).__name__})
            return None


def flags_of(source: str) -> PowertoolsFlags:
    """The flags of `file:PATH` or `appconfig:APPLICATION/ENVIRONMENT/PROFILE`."""
    kind, _, rest = source.partition(":")
    if kind == "file":
        return PowertoolsFlags(FileStore(Path(rest)))
    application, environment, profile = rest.split("/")
    store = AppConfigStore(
        environment=environment, application=application, name=profile, max_age=_FRESH_FOR_S
    )
    return PowertoolsFlags(store)
