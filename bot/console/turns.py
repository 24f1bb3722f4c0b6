"""One turn by a tester: the request checked as the Runtime API checks it, run, and found again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from bot.console.feed import Feed, Numbered
from bot.console.guard import RefusedError
from bot.runtime.errors import LexRuntimeError
from bot.runtime.lex_runtime import LexRuntime
from bot.runtime.session_store import SessionKey
from bot.runtime.turn_log import PRIVATE_PREFIX, TurnRecord
from bot.runtime.validation import validate
from bot.runtime.wire_model import operation


class TurnRequest(BaseModel):
    """What the tester sends; `session_attributes` replace the session's own when they are given."""

    model_config = ConfigDict(alias_generator=to_camel, extra="forbid")

    bot_id: str = Field(max_length=64)
    alias_id: str = Field(max_length=64)
    locale_id: str = Field(max_length=64)
    session_id: str = Field(max_length=200)
    text: str
    session_attributes: dict[str, str] | None = None
    request_attributes: dict[str, str] = {}
    customer: str | None = Field(default=None, max_length=64)

    @property
    def key(self) -> SessionKey:
        return SessionKey(self.bot_id, self.alias_id, self.locale_id, self.session_id)

    def members(self, private: Mapping[str, str]) -> dict[str, Any]:
        """The members of RecognizeText, with `private` attributes beside the tester's own."""
        state = self.session_attributes
        return {
            "botId": self.bot_id,
            "botAliasId": self.alias_id,
            "localeId": self.locale_id,
            "sessionId": self.session_id,
            "text": self.text,
            "sessionState": None if state is None else {"sessionAttributes": state},
            "requestAttributes": {**self.request_attributes, **private} or None,
        }


async def take(
    turn: TurnRequest, private: Mapping[str, str], runtime: LexRuntime, feed: Feed
) -> Numbered:
    """Run the turn; one that Lex refuses is a turn too, with AWS's name of the error.

    Raises `RefusedError` 400 for attributes that only a channel may set.
    """
    if any(name.lower().startswith(PRIVATE_PREFIX) for name in turn.request_attributes):
        raise RefusedError(400, f"Attributes that begin with {PRIVATE_PREFIX} are the channel's.")
    request_id = runtime.new_id()
    members = turn.members(private)
    try:
        validate(members, operation("RecognizeText").input)
        await runtime.recognise_text(turn.key, members, request_id)
    except LexRuntimeError as refused:
        if feed.find(request_id) is None:
            feed(_never_run(turn, request_id, refused))
    found = feed.find(request_id)
    if found is None:
        raise RefusedError(500, "The turn was answered, and its record is gone already.")
    return found


def _never_run(turn: TurnRequest, request_id: str, refused: LexRuntimeError) -> TurnRecord:
    return TurnRecord(
        request_id=request_id,
        operation="RecognizeText",
        session=turn.key,
        at=datetime.now(UTC),
        text=turn.text,
        request=turn.members({}),
        response=None,
        error=f"{refused.code}: {refused.message}",
        hooks=(),
        trace=(),
        duration_ms=0.0,
    )
