"""Real Lex V2 as the cases speak to it, for whoever has an account and has imported the bots."""

from __future__ import annotations

import base64
import gzip
import json
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from tests.conformance.playing import Json

if TYPE_CHECKING:
    from mypy_boto3_lexv2_runtime import LexRuntimeV2Client


class RealLex:
    """One session of a bot's alias. What the hook saw is in its own log, not here."""

    def __init__(
        self, client: LexRuntimeV2Client, bot: str, alias: str, locale: str, session: str
    ) -> None:
        self._client = client
        self._where: Any = {
            "botId": bot,
            "botAliasId": alias,
            "localeId": locale,
            "sessionId": session,
        }

    def recognise(self, text: str, state: Json | None, attributes: Mapping[str, str]) -> Json:
        request: Any = {"text": text, "requestAttributes": dict(attributes)}
        if state is not None:
            request["sessionState"] = state
        return _answered(lambda: self._client.recognize_text(**self._where, **request))

    def put(self, request: Json, attributes: Mapping[str, str]) -> Json:
        given: Any = {**request, "requestAttributes": dict(attributes)}
        answer = _answered(lambda: self._client.put_session(**self._where, **given))
        return {
            key: _unpacked(value) if key in ("messages", "sessionState") else value
            for key, value in answer.items()
        }

    def get(self) -> Json:
        return _answered(lambda: self._client.get_session(**self._where))

    def delete(self) -> Json:
        return _answered(lambda: self._client.delete_session(**self._where))

    def wait(self, seconds: int) -> None:
        """Real time passes: cases that wait take as long as they say."""
        time.sleep(seconds)

    def events(self) -> None:
        """Unknown from here."""


def _answered(call: Any) -> Json:
    try:
        return dict(call())
    except ClientError as refused:
        error = refused.response["Error"]
        return {"error": error["Code"], "message": error["Message"]}


def _unpacked(header: str) -> Any:
    return json.loads(gzip.decompress(base64.b64decode(header)))
