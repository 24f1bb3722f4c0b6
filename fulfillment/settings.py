"""The fulfillment function's settings, from its environment, checked once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError


class SettingsError(RuntimeError):
    """The environment lacks a setting or has a bad one; names it."""


_Kind = TypeVar("_Kind", bound=BaseModel)


class TableSettings(BaseModel):
    """Environment variables of a function that works on the books, by name."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    table_name: str = Field(alias="TABLE_NAME", min_length=3)
    clock: str | None = Field(alias="TELLER_CLOCK", default=None)


class TopicSettings(BaseModel):
    """Environment variables of a function that publishes security events, by name."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    security_topic_arn: str = Field(alias="SECURITY_TOPIC_ARN", min_length=1)


class Settings(TableSettings):
    """Environment variables of the function that talks with customers, by name."""

    session_token_secret: str = Field(alias="SESSION_TOKEN_SECRET", min_length=1)
    phone_topic_arn: str = Field(alias="PHONE_TOPIC_ARN", min_length=1)
    metrics_namespace: str = Field(alias="METRICS_NAMESPACE", default="Teller")
    feature_flags: str | None = Field(alias="FEATURE_FLAGS", default=None)
    log_level: str = Field(alias="LOG_LEVEL", default="INFO")


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Raises `SettingsError` that names every setting at fault."""
    return _read(Settings, environ)


def read_table_settings(environ: Mapping[str, str]) -> TableSettings:
    """Raises `SettingsError` that names every setting at fault."""
    return _read(TableSettings, environ)


def read_topic_settings(environ: Mapping[str, str]) -> TopicSettings:
    """Raises `SettingsError` that names every setting at fault."""
    return _read(TopicSettings, environ)


def _read(kind: type[_Kind], environ: Mapping[str, str]) -> _Kind:
    try:
        return kind.model_validate(dict(environ))
    except ValidationError as error:
        names = ", ".join(sorted(str(e["loc"][0]) for e in error.errors()))
        raise SettingsError(f"missing or bad settings: {names}") from None
