"""The channel's way to Lex: one turn of one session, and the end of a session."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Mapping
from threading import Lock
from typing import Any, Protocol

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from bot.channels.carried import carried_state
from bot.channels.errors import ChannelError
from bot.channels.settings import ChannelSettings
from bot.channels.tokens import IDENTITY_ATTRIBUTE

_LOG = logging.getLogger("teller.channel")
_ANSWER_WITHIN_S = 35
"""Lex gives a code hook 30 seconds; a little more than that is Lex's own time."""

_REMEMBERED = 10_000

_BUSY = {"ThrottlingException", "ConflictException", "TooManyRequestsException"}
_MISCONFIGURED = {"ValidationException", "AccessDeniedException", "ResourceNotFoundException"}


class LexClient(Protocol):
    """The three calls of boto3's `lexv2-runtime` client that a channel makes."""

    def recognize_text(self, **request: Any) -> Mapping[str, Any]:
        """RecognizeText, in botocore's shapes."""
        ...

    def get_session(self, **request: Any) -> Mapping[str, Any]:
        """GetSession, in botocore's shapes."""
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
    """One alias of one bot, spoken to in sessions that the channel names. It blocks.

    Lex keeps a session a locale. When a chat changes its language, what the old session knows goes
    with it: the open question, the slots filled, what was shown last.
    """

    def __init__(
        self,
        client: LexClient,
        settings: ChannelSettings,
        languages: SpokenLanguages | None = None,
    ) -> None:
        self._client = client
        self._bot = {
            "botId": settings.bot_id,
            "botAliasId": settings.bot_alias_id,
        }
        self._first = settings.locale_id
        self._languages = Languages() if languages is None else languages

    def say(
        self, session_id: str, text: str, identity: str | None, locale_id: str | None = None
    ) -> Mapping[str, Any]:
        """Lex's answer to `text`; `identity` is the only attribute that ever travels with it.

        Without a `locale_id` the session's last language is spoken. Raises `ChannelError` (502 or
        503) for whatever goes wrong on the way.
        """
        before = self._languages.last(session_id)
        spoken = locale_id or before or self._first
        request = {**self._session(session_id, spoken), "text": text}
        if before not in (None, spoken):
            request["sessionState"] = self._known(session_id, str(before))
        if identity is not None:
            request["requestAttributes"] = {IDENTITY_ATTRIBUTE: identity}
        try:
            answer = self._client.recognize_text(**request)
        except (ClientError, BotoCoreError) as error:
            raise _refusal(error) from None
        if before != spoken:
            self._languages.note(session_id, spoken)
        if before not in (None, spoken):
            self._delete(session_id, str(before))
        return answer

    def locale_of(self, session_id: str) -> str:
        """The language that a session speaks now."""
        return self._languages.last(session_id) or self._first

    def forget(self, session_id: str) -> None:
        """End the session in Lex. One that Lex does not know, or cannot end now, is let be."""
        self._delete(session_id, self.locale_of(session_id))

    def _session(self, session_id: str, locale_id: str) -> dict[str, Any]:
        return {**self._bot, "localeId": locale_id, "sessionId": session_id}

    def _delete(self, session_id: str, locale_id: str) -> None:
        try:
            self._client.delete_session(**self._session(session_id, locale_id))
        except (ClientError, BotoCoreError) as error:
            _LOG.info("session not deleted: %s", _name(error))

    def _known(self, session_id: str, locale_id: str) -> dict[str, Any]:
        """What a session knows; nothing where Lex does not know it, or cannot tell now."""
        try:
            state = self._client.get_session(**self._session(session_id, locale_id))["sessionState"]
        except (ClientError, BotoCoreError) as error:
            _LOG.info("session not read: %s", _name(error))
            return {}
        return carried_state(state)


class SpokenLanguages(Protocol):
    """Which language each session spoke last. May block and raise its store's errors."""

    def last(self, session_id: str) -> str | None:
        """The locale; None for a session that has said nothing yet."""
        ...

    def note(self, session_id: str, locale_id: str) -> None:
        """The session speaks that language from now on."""
        ...


class Languages:
    """See `SpokenLanguages`: of the latest sessions, remembered by this process alone."""

    def __init__(self) -> None:
        self._last: OrderedDict[str, str] = OrderedDict()
        self._lock = Lock()

    def last(self, session_id: str) -> str | None:
        """See `SpokenLanguages`."""
        return self._last.get(session_id)

    def note(self, session_id: str, locale_id: str) -> None:
        """See `SpokenLanguages`."""
        with self._lock:
            self._last[session_id] = locale_id
            self._last.move_to_end(session_id)
            if len(self._last) > _REMEMBERED:
                self._last.popitem(last=False)


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
