"""Reads prompts, responses and messages from an export's JSON."""

from __future__ import annotations

from typing import Any

from bot.definition.keys import flag
from bot.definition.speech import Attempt, Message, MessageGroup, Prompt, Response

Json = dict[str, Any]
_TEXT_KINDS = {
    "plainTextMessage": "PlainText",
    "ssmlMessage": "SSML",
    "customPayload": "CustomPayload",
}


def parse_prompt(raw: Json | None) -> Prompt | None:
    """A prompt; None when nothing is asked."""
    groups = parse_response(raw)
    if raw is None or not groups:
        return None
    ordered = raw.get("messageSelectionStrategy") == "Ordered"
    attempts = raw.get("promptAttemptsSpecification") or {}
    return Prompt(
        groups,
        int(raw.get("maxRetries") or 0),
        ordered,
        flag(raw, "allowInterrupt") is not False,
        {str(name): _attempt(item or {}) for name, item in attempts.items()},
    )


def _attempt(raw: Json) -> Attempt:
    inputs = raw.get("allowedInputTypes") or {}
    return Attempt(
        flag(raw, "allowInterrupt") is not False,
        flag(inputs, "allowAudioInput") is not False,
        flag(inputs, "allowDTMFInput") is not False,
        _start_timeout(raw.get("audioAndDTMFInputSpecification")),
        _start_timeout(raw.get("textInputSpecification")),
    )


def _start_timeout(raw: Json | None) -> int | None:
    value = (raw or {}).get("startTimeoutMs")
    return None if value is None else int(value)


def parse_response(raw: Json | None) -> Response:
    """A response; empty when nothing is said. The key differs between the dialects of exports."""
    if not raw:
        return ()
    keys = ("messageGroupsList", "messageGroupList", "messageGroups")
    groups: list[Json] = next((raw[key] for key in keys if raw.get(key)), [])
    return tuple(_group(group) for group in groups)


def _group(raw: Json) -> MessageGroup:
    return MessageGroup(
        (_message(raw["message"]), *(_message(item) for item in raw.get("variations") or []))
    )


def _message(raw: Json) -> Message:
    for key, content_type in _TEXT_KINDS.items():
        if raw.get(key):
            return Message(content_type, str(raw[key]["value"]))
    card = raw.get("imageResponseCard")
    if not card:
        raise ValueError("a message is empty")
    shown = {k: str(card[k]) for k in ("title", "subtitle", "imageUrl") if card.get(k)}
    listed = card.get("buttonsList") or card.get("buttons") or []
    buttons = [{"text": str(b["text"]), "value": str(b["value"])} for b in listed]
    return Message("ImageResponseCard", card={**shown, "buttons": buttons} if buttons else shown)
