"""Reads the settings beside the dialog from an export's JSON."""

from __future__ import annotations

from typing import Any

from bot.definition.keys import text_or_none
from bot.definition.parse_flow import is_active
from bot.definition.parse_speech import parse_response
from bot.definition.settings import FulfillmentUpdates, Voice, WaitAndContinue

Json = dict[str, Any]


def parse_voice(raw: Json | None) -> Voice | None:
    """The voice of a locale; None for a bot that only writes."""
    voice_id = text_or_none(raw or {}, "voiceId")
    if raw is None or voice_id is None:
        return None
    return Voice(voice_id, text_or_none(raw, "engine"))


def parse_updates(raw: Json | None) -> FulfillmentUpdates | None:
    """Active fulfilment updates; None where there are none."""
    if not raw or not is_active(raw):
        return None
    start, update = raw.get("startResponse") or {}, raw.get("updateResponse") or {}
    return FulfillmentUpdates(
        parse_response(start),
        _seconds(start, "delayInSeconds"),
        parse_response(update),
        _seconds(update, "frequencyInSeconds"),
        _seconds(raw, "timeoutInSeconds"),
    )


def parse_wait(raw: Json | None) -> WaitAndContinue | None:
    """Active wait-and-continue settings; None where there are none."""
    if not raw or not is_active(raw):
        return None
    still = raw.get("stillWaitingResponse") or {}
    return WaitAndContinue(
        parse_response(raw.get("waitingResponse")),
        parse_response(still),
        _seconds(still, "frequencyInSeconds"),
        _seconds(still, "timeoutInSeconds"),
        parse_response(raw.get("continueResponse")),
    )


def _seconds(raw: Json, name: str) -> int | None:
    value = raw.get(name)
    return None if value is None else int(value)
