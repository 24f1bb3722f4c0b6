"""The settings of each function, from its environment, checked once.

Each is built when it is read: a function reads one of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError


class SettingsError(RuntimeError):
    """The environment lacks a setting or has a bad one; names it."""


_Kind = TypeVar("_Kind", bound=BaseModel)


class TableSettings(BaseModel):
    """Environment variables of a function that works on the books, by name."""

    model_config = ConfigDict(extra="ignore", frozen=True, defer_build=True)

    table_name: str = Field(alias="TABLE_NAME", min_length=3)
    clock: str | None = Field(alias="TELLER_CLOCK", default=None)


class JobsSettings(BaseModel):
    """Environment variables of a function that gives the analysts' desk work, by name."""

    model_config = ConfigDict(extra="ignore", frozen=True, defer_build=True)

    desk_jobs_url: str = Field(alias="DESK_JOBS_URL", min_length=1)


class SlackSettings(JobsSettings):
    """Environment variables of a function that takes requests from Slack, by name."""

    slack_secret: str = Field(alias="SLACK_SECRET", min_length=1)


class BellSettings(BaseModel):
    """Environment variables of a function that wakes open chats, by name."""

    model_config = ConfigDict(extra="ignore", frozen=True, defer_build=True)

    chat_topic_arn: str = Field(alias="CHAT_TOPIC_ARN", min_length=1)


class DeskSettings(TableSettings, SlackSettings, BellSettings):
    """Environment variables of the analysts' desk, by name."""

    desk_events_url: str = Field(alias="DESK_EVENTS_URL", min_length=1)
    slack_api_url: str = Field(alias="SLACK_API_URL", min_length=8)


class TopicSettings(BaseModel):
    """Environment variables of a function that publishes security events, by name."""

    model_config = ConfigDict(extra="ignore", frozen=True, defer_build=True)

    security_topic_arn: str = Field(alias="SECURITY_TOPIC_ARN", min_length=1)
    event_bus: str | None = Field(alias="EVENT_BUS", default=None)


class InboxSettings(TableSettings):
    """Environment variables of a function that has to know who speaks, by name."""

    session_token_secret: str = Field(alias="SESSION_TOKEN_SECRET", min_length=1)


class FeedSettings(TableSettings):
    """Environment variables of the function that takes the bank's feed, by name."""

    feed_secret: str = Field(alias="FEED_SECRET", min_length=1)


class Settings(InboxSettings):
    """Environment variables of the function that talks with customers, by name."""

    phone_topic_arn: str = Field(alias="PHONE_TOPIC_ARN", min_length=1)
    statement_bucket: str | None = Field(alias="STATEMENT_BUCKET", default=None)
    metrics_namespace: str = Field(alias="METRICS_NAMESPACE", default="Teller")
    feature_flags: str | None = Field(alias="FEATURE_FLAGS", default=None)
    log_level: str = Field(alias="LOG_LEVEL", default="INFO")


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Raises `SettingsError` that names every setting at fault."""
    return _read(Settings, environ)


def read_table_settings(environ: Mapping[str, str]) -> TableSettings:
    """Raises `SettingsError` that names every setting at fault."""
    return _read(TableSettings, environ)


def read_inbox_settings(environ: Mapping[str, str]) -> InboxSettings:
    """Raises `SettingsError` that names every setting at fault."""
    return _read(InboxSettings, environ)


def read_slack_settings(environ: Mapping[str, str]) -> SlackSettings:
    """Raises `SettingsError` that names every setting at fault."""
    return _read(SlackSettings, environ)


def read_desk_settings(environ: Mapping[str, str]) -> DeskSettings:
    """Raises `SettingsError` that names every setting at fault."""
    return _read(DeskSettings, environ)


def read_bell_settings(environ: Mapping[str, str]) -> BellSettings:
    """Raises `SettingsError` that names every setting at fault."""
    return _read(BellSettings, environ)


def read_jobs_settings(environ: Mapping[str, str]) -> JobsSettings:
    """Raises `SettingsError` that names every setting at fault."""
    return _read(JobsSettings, environ)


def read_feed_settings(environ: Mapping[str, str]) -> FeedSettings:
    """Raises `SettingsError` that names every setting at fault."""
    return _read(FeedSettings, environ)


def read_topic_settings(environ: Mapping[str, str]) -> TopicSettings:
    """Raises `SettingsError` that names every setting at fault."""
    return _read(TopicSettings, environ)


def _read(kind: type[_Kind], environ: Mapping[str, str]) -> _Kind:
    try:
        return kind.model_validate(dict(environ))
    except ValidationError as error:
        names = ", ".join(sorted(str(e["loc"][0]) for e in error.errors()))
        raise SettingsError(f"missing or bad settings: {names}") from None
