"""The answers of the Runtime API, in the shapes of AWS's model."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.engine.effects import Interpretation, Message, TurnResult
from bot.engine.session import Session
from bot.runtime.session_store import SessionKey
from bot.runtime.turn_log import without_private

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class KeptSession:
    """What is stored between turns: the session, and what the last turn said and understood."""

    session: Session
    request_id: str
    messages: tuple[Message, ...] = ()
    interpretations: tuple[Interpretation, ...] = ()


def recognised(result: TurnResult, request_id: str, now: datetime) -> Json:
    """RecognizeText's answer. Request attributes come back only when the hook returned some."""
    answer: Json = {
        "messages": [message.to_wire() for message in result.messages],
        "sessionState": result.session.to_wire(now, request_id),
        "interpretations": [reading.to_wire() for reading in result.interpretations],
        "sessionId": result.session.session_id,
    }
    if result.request_attributes is not None:
        answer["requestAttributes"] = without_private(result.request_attributes)
    return answer


def stored(kept: KeptSession, now: datetime) -> Json:
    """GetSession's answer."""
    return {
        "sessionId": kept.session.session_id,
        "messages": [message.to_wire() for message in kept.messages],
        "interpretations": [reading.to_wire() for reading in kept.interpretations],
        "sessionState": kept.session.to_wire(now, kept.request_id),
    }


def put(kept: KeptSession, now: datetime) -> Json:
    """PutSession's answer, before it is packed into headers."""
    return {
        "sessionId": kept.session.session_id,
        "messages": [message.to_wire() for message in kept.messages],
        "sessionState": kept.session.to_wire(now, kept.request_id),
    }


def deleted(key: SessionKey) -> Json:
    """DeleteSession's answer."""
    return {
        "botId": key.bot_id,
        "botAliasId": key.alias_id,
        "localeId": key.locale_id,
        "sessionId": key.session_id,
    }
