"""Reads a message on Lex's wire format and keeps its limits.

Source: Lex Runtime V2 API reference, Message and ImageResponseCard.
"""

from __future__ import annotations

from typing import Any

from bot.engine.effects import Message
from bot.engine.lengths import utf16_length

TEXT_TYPES = ("PlainText", "SSML", "CustomPayload")
MAX_CONTENT = 1024
MOST_MESSAGES = 10
CARD_LIMITS = {"title": 250, "subtitle": 250, "imageUrl": 250}
MAX_BUTTON = 50
_MAX_BUTTONS = 5


def messages_of_wire(wire: Any) -> tuple[Message, ...]:
    """The messages in `wire`, none when it is null. Raises ValueError as below.

    A card may stand alone: real Lex answers so (seen, in text conversations).
    """
    if wire is None:
        return ()
    if not isinstance(wire, list):
        raise ValueError("messages must be a list")
    if len(wire) > MOST_MESSAGES:
        raise ValueError(f"messages has more than {MOST_MESSAGES} members")
    return tuple(message_of_wire(item) for item in wire)


def message_of_wire(wire: Any) -> Message:
    """The message in `wire`. Raises ValueError that names what Lex refuses."""
    if not isinstance(wire, dict):
        raise ValueError("a message must be an object")
    kind = wire.get("contentType")
    if kind == "ImageResponseCard":
        return Message(kind, card=_card(wire.get("imageResponseCard")))
    if kind not in TEXT_TYPES:
        raise ValueError("messages.contentType is not one that Lex knows")
    content = wire.get("content")
    if not _is_text(content, MAX_CONTENT):
        raise ValueError(f"messages.content must have 1 to {MAX_CONTENT} characters")
    return Message(kind, content)


def _card(raw: Any) -> dict[str, Any]:
    if not isinstance(raw, dict) or not raw.get("title"):
        raise ValueError("messages.imageResponseCard needs a title")
    for key, limit in CARD_LIMITS.items():
        if raw.get(key) is not None and not _is_text(raw[key], limit):
            raise ValueError(f"messages.imageResponseCard.{key} must have 1 to {limit} characters")
    buttons = raw.get("buttons") or []
    if not isinstance(buttons, list) or len(buttons) > _MAX_BUTTONS:
        raise ValueError(f"messages.imageResponseCard has more than {_MAX_BUTTONS} buttons")
    for button in buttons:
        for key in ("text", "value"):
            shown = button.get(key) if isinstance(button, dict) else None
            if not _is_text(shown, MAX_BUTTON):
                raise ValueError(f"a button's {key} must have 1 to {MAX_BUTTON} characters")
    return {key: raw[key] for key in (*CARD_LIMITS, "buttons") if raw.get(key)}


def _is_text(value: Any, longest: int) -> bool:
    return isinstance(value, str) and 1 <= utf16_length(value) <= longest
