"""What the channel's functions on AWS are told by their environment, and share by a table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

import boto3

from bot.channels.chat import Chat
from bot.channels.doors import Doors
from bot.channels.idp import IdentityProvider, id_tokens_of
from bot.channels.keys import SecretsManagerKeys
from bot.channels.lex import LexBot, lex_client
from bot.channels.routes import random_id
from bot.channels.settings import ChannelSettings
from bot.channels.table import TableEnded, TableLanguages, TableRates


class ChannelEnvironmentError(RuntimeError):
    """The environment lacks a variable; the message names it."""


def channel_settings(environ: Mapping[str, str]) -> ChannelSettings:
    """The settings in a function's environment. Customers sign in with the user pool that
    `USER_POOL_ID` and `USER_POOL_CLIENT_ID` name; without them, in conversation alone.

    Raises `ChannelEnvironmentError`.
    """
    try:
        region = environ["AWS_REGION"]
        pool, client = environ.get("USER_POOL_ID"), environ.get("USER_POOL_CLIENT_ID")
        provider = IdentityProvider.cognito(region, pool, client) if pool and client else None
        return ChannelSettings(
            bot_id=environ["BOT_ID"],
            bot_alias_id=environ["BOT_ALIAS_ID"],
            region=region,
            token_secret=environ["SESSION_TOKEN_SECRET"],
            identity_provider=provider,
            own_files=files_in(environ.get("STATEMENT_BUCKET"), region),
            # A function's instance has one turn at a time.
            turns_at_once=1,
        )
    except KeyError as missing:
        raise ChannelEnvironmentError(f"{missing.args[0]} is not set") from None


def files_in(bucket: str | None, region: str) -> tuple[str, ...]:
    """How links to a bucket begin: S3's regional host, and the global one that us-east-1 has.

    A page that is to show charts gets these as the `own_files` of `page_routes`.
    """
    hosts = (f"s3.{region}.amazonaws.com", "s3.amazonaws.com")
    return tuple(f"https://{bucket}.{host}/" for host in hosts) if bucket else ()


def chat_on_aws(settings: ChannelSettings, table: str) -> Chat:
    """The chat on AWS's own services, its counts and ended sessions in `table`."""
    keys = SecretsManagerKeys(_client("secretsmanager"), settings.token_secret, utc_now)
    provider = settings.identity_provider
    languages = TableLanguages(_client("dynamodb"), table, settings.access_lifetime, utc_now)
    doors = Doors(id_tokens_of(provider, utc_now) if provider else None, {})
    return Chat(
        settings,
        LexBot(lex_client(settings), settings, languages),
        keys,
        utc_now,
        random_id,
        doors,
        TableRates(_client("dynamodb"), table),
        TableEnded(_client("dynamodb"), table),
    )


def utc_now() -> datetime:
    """The time on AWS."""
    return datetime.now(UTC)


@cache
def _client(service: str) -> Any:
    return boto3.client(service)


def dynamodb() -> Any:
    """The one client of DynamoDB."""
    return _client("dynamodb")
