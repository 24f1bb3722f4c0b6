"""What goes into a turn and comes out of it; the engine performs nothing itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.engine.session import IntentState, Session

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class UserInput:
    """What the customer sent in this turn."""

    text: str
    request_attributes: Mapping[str, str] = field(default_factory=dict)
    content_type: str = "text/plain; charset=utf-8"
    request_id: str = ""


@dataclass(frozen=True, slots=True)
class BotIdentity:
    """How the host calls the bot: what a code hook sees under `bot`."""

    bot_id: str
    name: str
    alias_id: str
    alias_name: str
    locale_id: str
    version: str

    def to_wire(self) -> Json:
        return {
            "id": self.bot_id,
            "name": self.name,
            "aliasId": self.alias_id,
            "aliasName": self.alias_name,
            "localeId": self.locale_id,
            "version": self.version,
        }


@dataclass(frozen=True, slots=True)
class HookCall:
    """Effect: invoke the alias's function with `event` and send the outcome back in."""

    event: Json
    source: str
    label: str | None


@dataclass(frozen=True, slots=True)
class HookResult:
    """The function answered `response` (not yet known to be one that Lex accepts)."""

    response: Any


@dataclass(frozen=True, slots=True)
class HookFailed:
    """The function threw, could not be reached, or there is none."""

    reason: str


@dataclass(frozen=True, slots=True)
class HookTimedOut:
    """The function did not answer within Lex's 30 seconds."""


HookOutcome = HookResult | HookFailed | HookTimedOut


@dataclass(frozen=True, slots=True)
class Message:
    """A message in Lex's form: content, or a card for ImageResponseCard."""

    content_type: str
    content: str | None = None
    card: Mapping[str, Any] | None = None

    def to_wire(self) -> Json:
        wire: Json = {"contentType": self.content_type}
        if self.content is not None:
            wire["content"] = self.content
        if self.card is not None:
            wire["imageResponseCard"] = dict(self.card)
        return wire


@dataclass(frozen=True, slots=True)
class Interpretation:
    """One reading of the utterance. FallbackIntent has no score."""

    intent: IntentState
    score: float | None

    def to_event(self) -> Json:
        """As a code hook sees it: the confidence is a number."""
        wire: Json = {"intent": self.intent.to_wire(), "interpretationSource": "Lex"}
        if self.score is not None:
            wire["nluConfidence"] = round(self.score, 4)
        return wire

    def to_wire(self) -> Json:
        """As the Runtime API returns it: the confidence is an object."""
        wire: Json = {"intent": self.intent.to_wire(), "interpretationSource": "Lex"}
        if self.score is not None:
            wire["nluConfidence"] = {"score": round(self.score, 4)}
        return wire


@dataclass(frozen=True, slots=True)
class TurnResult:
    """The turn's end: what is said, the session from now on, and how it came to that."""

    messages: tuple[Message, ...]
    session: Session
    interpretations: tuple[Interpretation, ...]
    request_attributes: Mapping[str, str] | None
    trace: tuple[Json, ...]
