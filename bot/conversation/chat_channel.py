"""A conversation held through the bank's channel API, as the web chat holds it."""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from bot.conversation.lex_channel import reply_from_lex
from bot.conversation.reply import Reply

TIMEOUT_S = 40.0
"""Longer than Lex waits for a code hook, so that its answer to a slow one still arrives."""


class BankNotRunningError(Exception):
    """Nobody answers at the endpoint."""


class ChatRefusedError(Exception):
    """The channel refused a request: `status` is the HTTP status, `reason` its own words."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(f"{reason} (HTTP {status})")
        self.status = status
        self.reason = reason


class ChatChannel:
    """One conversation of one customer, or of somebody who has not signed in.

    Speaks HTTP to `endpoint`, such as `http://127.0.0.1:8700`. Raises `ValueError` for an
    endpoint that is no HTTP URL.
    """

    def __init__(self, endpoint: str, *, locale: str | None = None) -> None:
        parts = urlsplit(endpoint)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"an endpoint is a URL like http://127.0.0.1:8700, not {endpoint}")
        self._endpoint = endpoint
        self._secure = parts.scheme == "https"
        self._host, self._port, self._prefix = parts.hostname, parts.port, parts.path.rstrip("/")
        self._locale = locale
        self._token: str | None = None
        self._session_id: str | None = None

    def sign_in(self, customer: str) -> Mapping[str, Any]:
        """Become `customer`; returns what the channel tells of them.

        Raises `BankNotRunningError`, `ChatRefusedError`.
        """
        answer = self._post("/chat/sign-in", {"customer": customer})
        self._token = str(answer["access_token"])
        told: Mapping[str, Any] = answer.get("customer") or {}
        return told

    def say(self, text: str) -> Reply:
        """See `ConversationChannel.say`. Raises `BankNotRunningError`."""
        message: dict[str, Any] = {"text": text}
        if self._locale is not None:
            message["locale"] = self._locale
        if self._token is None and self._session_id is not None:
            message["session_id"] = self._session_id
        try:
            answer = self._post("/chat/messages", message)
        except ChatRefusedError as refused:
            return Reply(error=str(refused))
        self._session_id = answer.get("session_id")
        return reply_from_lex(answer)

    def _post(self, path: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
        kind = http.client.HTTPSConnection if self._secure else http.client.HTTPConnection
        connection = kind(self._host, self._port, timeout=TIMEOUT_S)
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self._token is not None:
            headers["Authorization"] = f"Bearer {self._token}"
        try:
            connection.request("POST", self._prefix + path, json.dumps(body).encode(), headers)
            response = connection.getresponse()
            return _answer(response.status, response.reason, response.read())
        except (OSError, http.client.HTTPException) as fault:
            raise BankNotRunningError(f"nobody answers at {self._endpoint}") from fault
        finally:
            connection.close()


def _answer(status: int, reason: str, body: bytes) -> Mapping[str, Any]:
    try:
        answer = json.loads(body)
    except ValueError:
        answer = None
    told = answer if isinstance(answer, Mapping) else {}
    if 200 <= status < 300 and answer is not None:
        return told
    words = told.get("message") or told.get("error") or reason
    raise ChatRefusedError(status, str(words))
