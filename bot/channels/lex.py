"""The channel's way to Lex: one turn of one session, and the end of a session."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any, Protocol

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from bot.channels.errors import ChannelError
from bot.channels.settings import ChannelSettings
from bot.channels.tokens import IDENTITY_ATTRIBUTE

_LOG = logging.getLogger("teller.channel")
_ANSWER_WITHIN_S = 35
"""Lex gives a code hook 30 seconds; a little more than that is Lex's own time."""

_BUSY = {"ThrottlingException", "ConflictException", "TooManyRequestsException"}
_MISCONFIGURED = {"ValidationException", "AccessDeniedException", "ResourceNotFoundException"}


class LexClient(Protocol):
    """The two calls of boto3's `lexv2-runtime` client that a channel makes."""

    def recognize_text(self, **request: Any) -> Mapping[str, Any]:
        """RecognizeText, in botocore's shapes."""
        ...

    def delete_session(self, **request: Any) -> Mapping[str, Any]:
        """DeleteSession, in botocore's shapes."""
        ...


def lex_client(settings: ChannelSettings) -> LexClient:
    """boto3's own client. It never repeats a call: "yes" said twice is not the same as once."""
    client: LexClient = boto3.client(
        "lexv2-runtime",
        region_name=settings.region,
        endpoint_url=settings.lex_endpoint_url,
        config=Config(
            connect_timeout=3,
            read_timeout=_ANSWER_WITHIN_S,
            retries={"total_max_attempts": 1},
            max_pool_connections=settings.turns_at_once,
        ),
    )
    return client


class LexBot:
    """One alias and locale of one bot, spoken to in sessions that the channel names. It blocks."""

    def __init__(self, client: LexClient, settings: ChannelSettings) -> None:
        self._client = client
        self._bot = {
            "botId": settings.bot_id,
            "botAliasId": settings.bot_alias_id,
            "localeId": settings.locale_id,
        }

    def say(self, session_id: str, text: str, identity: str | None) -> Mapping[str, Any]:
        """Lex's answer to `text`; `identity` is the only attribute that ever travels with it.

        Raises `ChannelError` (502 or 503) for whatever goes wrong on the way.
        """
        request: dict[str, Any] = {**self._bot, "sessionId": session_id, "text": text}
        if identity is not None:
            request["requestAttributes"] = {IDENTITY_ATTRIBUTE: identity}
        try:
            return self._client.recognize_text(**request)
        except (ClientError, BotoCoreError) as error:
            raise _refusal(error) from None

    def forget(self, session_id: str) -> None:
        """End the session in Lex. One that Lex does not know, or cannot end now, is let be."""
        try:
            self._client.delete_session(**self._bot, sessionId=session_id)
        except (ClientError, BotoCoreError) as error:
            _LOG.info("session not deleted: %s", _name(error))


def _name(error: ClientError | BotoCoreError) -> str:
    if isinstance(error, ClientError):
        return str(error.response.get("Error", {}).get("Code", "Unknown"))
    return type(error).__name__


def _refusal(error: ClientError | BotoCoreError) -> ChannelError:
    name = _name(error)
    _LOG.warning("turn failed: %s", name)
    if name in _MISCONFIGURED:
        return ChannelError(
            502, "assistant_error", "I can't answer that right now. Our team needs to look at it."
        )
    if name in _BUSY:
        return ChannelError(
            503, "assistant_busy", "I'm a little busy. Please try again.", retryable=True
        )
    if isinstance(error, BotoCoreError):
        return ChannelError(
            503,
            "assistant_unreachable",
            "I can't be reached just now. Please try again in a moment.",
            retryable=True,
        )
    return ChannelError(
        502,
        "assistant_failed",
        "Something went wrong on our side. Please try again.",
        retryable=True,
    )
