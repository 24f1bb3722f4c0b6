"""What a session has the ears expect: runtime hints, the style of the reply, the clock's zone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.engine.recogniser import Attention
from bot.engine.session import Session

TIME_ZONE = "x-amz-lex:time-zone"
"""The request attribute that names the customer's zone, such as `America/New_York`."""


def attention_of(session: Session) -> Attention:
    """How to hear the reply to what the bot said last."""
    style = session.action.style if session.action else None
    return Attention(style, dict(_hints(session.runtime_hints or {})))


def _hints(wire: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str], tuple[str, ...]]]:
    """Phrases by intent and slot; what has not the form of the API is passed over.

    Source: `RuntimeHints` of the service model `lexv2-runtime`.
    """
    for intent, slots in _items(wire.get("slotHints")):
        for slot, details in _items(slots):
            yield (intent, slot), _phrases(details)
            for part, inner in _items(_get(details, "subSlotHints")):
                yield (intent, f"{slot}.{part}"), _phrases(inner)


def _phrases(details: Any) -> tuple[str, ...]:
    values = _get(details, "runtimeHintValues")
    found = (_get(value, "phrase") for value in values) if isinstance(values, list) else ()
    return tuple(phrase for phrase in found if isinstance(phrase, str) and phrase)


def _items(value: Any) -> list[tuple[str, Any]]:
    return list(value.items()) if isinstance(value, Mapping) else []


def _get(value: Any, key: str) -> Any:
    return value.get(key) if isinstance(value, Mapping) else None


def local_time(now: datetime, request_attributes: Mapping[str, str]) -> datetime:
    """The clock that "tomorrow" is read by: in the zone that the request names, if it names one.

    Inferred: a zone that does not exist is passed over, as an attribute that nothing reads is.
    """
    zone = request_attributes.get(TIME_ZONE)
    if not zone:
        return now
    try:
        return now.astimezone(ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return now
