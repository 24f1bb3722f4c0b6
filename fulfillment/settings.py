"""The fulfillment function's settings, from its environment, checked once."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, Field, ValidationError


class SettingsError(RuntimeError):
    """The environment lacks a setting or has a bad one; names it."""


class Settings(BaseModel):
    """Environment variables, by name."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    table_name: str = Field(alias="TABLE_NAME", min_length=3)
    session_token_secret: str = Field(alias="SESSION_TOKEN_SECRET", min_length=1)
    metrics_namespace: str = Field(alias="METRICS_NAMESPACE", default="Teller")
    log_level: str = Field(alias="LOG_LEVEL", default="INFO")
    clock: str | None = Field(alias="TELLER_CLOCK", default=None)


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Raises `SettingsError` that names every setting at fault."""
    try:
        return Settings.model_validate(dict(environ))
    except ValidationError as error:
        names = ", ".join(sorted(str(e["loc"][0]) for e in error.errors()))
        raise SettingsError(f"missing or bad settings: {names}") from None
