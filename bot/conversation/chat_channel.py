"""A conversation held through the bank's channel API, as the web chat holds it."""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from bot.conversation.lex_channel import reply_from_lex
from bot.conversation.reply import DialogState, Reply

_SHOWN = frozenset({"intent", "state"})

TIMEOUT_S = 40.0
"""Longer than Lex waits for a code hook, so that its answer to a slow one still arrives."""


class BankNotRunningError(Exception):
    """Nobody answers at the endpoint."""


class ChatRefusedError(Exception):
    """The channel refused a request: `code` is for programs, `message` for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message


class ChatChannel:
    """One conversation of one customer, or of somebody who has not signed in.

    Speaks HTTP to `endpoint`, such as `http://127.0.0.1:8700`. Of the dialog's state the channel
    shows the intent and how far it has come. `locale` may be changed in the middle; None leaves it
    to the bank. Raises `ValueError` for an endpoint that is no URL.
    """

    def __init__(self, endpoint: str, locale: str | None = None) -> None:
        parts = urlsplit(endpoint)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"an endpoint is a URL like http://127.0.0.1:8700, not {endpoint}")
        self._endpoint = endpoint
        self.locale = locale
        self._secure = parts.scheme == "https"
        self._host, self._port, self._prefix = parts.hostname, parts.port, parts.path.rstrip("/")
        self._token: str | None = None

    def sign_in(self, customer: str | None) -> str | None:
        """Become `customer`, or nobody in particular; returns the customer's name, if any.

        Raises `BankNotRunningError`, `ChatRefusedError`.
        """
        who = {"anonymous": True} if customer is None else {"customer": customer}
        answer = self._post("/chat/sign-in", who)
        self._token = str(answer.get("access_token", ""))
        told = answer.get("customer") or {}
        return str(told["name"]) if told.get("name") else None

    def speak(self, locale_id: str) -> None:
        """See `LanguageChanger.speak`; the bank carries over what the chat knows."""
        self.locale = locale_id

    def say(self, text: str) -> Reply:
        """See `ConversationChannel.say`. Raises `BankNotRunningError`."""
        try:
            said = {"text": text, **({"locale": self.locale} if self.locale else {})}
            answer = self._post("/chat/messages", said)
        except ChatRefusedError as refused:
            return Reply(error=str(refused))
        dialog = DialogState(
            intent=answer.get("intent"), intent_state=answer.get("state"), shows=_SHOWN
        )
        return replace(reply_from_lex(answer), dialog=dialog)

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
    if 200 <= status < 300 and told:
        return told
    error = told.get("error")
    error = error if isinstance(error, Mapping) else {}
    raise ChatRefusedError(
        str(error.get("code") or f"http_{status}"), str(error.get("message") or reason)
    )
