"""What Slack refuses as `invalid_blocks`, as far as the desk could get it wrong.

Source: Slack, "Block Kit reference".
"""

from __future__ import annotations

from typing import Any

MOST_BLOCKS = 50
_LONGEST = {"header": 150, "section": 3000, "context": 3000}


def wrong_with(blocks: Any) -> str | None:
    """The first rule that is broken, or None."""
    if not isinstance(blocks, list) or len(blocks) > MOST_BLOCKS:
        return f"a message has at most {MOST_BLOCKS} blocks"
    for block in blocks:
        wrong = _wrong(block)
        if wrong:
            return f"{block.get('type')}: {wrong}"
    return None


def _wrong(block: dict[str, Any]) -> str | None:
    kind = block.get("type")
    match kind:
        case "header":
            return _text(block.get("text"), _LONGEST["header"], "plain_text")
        case "section":
            return _section(block)
        case "context":
            elements = block.get("elements", [])
            if not 1 <= len(elements) <= 10:
                return "1 to 10 elements"
            return next(filter(None, (_text(one, 3000) for one in elements)), None)
        case "actions":
            return _actions(block)
        case "divider":
            return None
        case _:
            return "an unknown block"


def _section(block: dict[str, Any]) -> str | None:
    fields = block.get("fields", [])
    if "text" not in block and not fields:
        return "text or fields"
    if len(fields) > 10:
        return "at most 10 fields"
    texts = [_text(one, 2000) for one in fields]
    if "text" in block:
        texts.append(_text(block["text"], 3000))
    accessory = block.get("accessory")
    if accessory is not None:
        texts.append(_button(accessory))
    return next(filter(None, texts), None)


def _actions(block: dict[str, Any]) -> str | None:
    buttons = block.get("elements", [])
    if not 1 <= len(buttons) <= 25:
        return "1 to 25 elements"
    ids = [button.get("action_id") for button in buttons]
    if len(set(ids)) != len(ids):
        return "an action_id twice"
    return next(filter(None, map(_button, buttons)), None)


def _button(button: dict[str, Any]) -> str | None:
    if button.get("type") != "button":
        return "only buttons"
    if not button.get("action_id") or len(button["action_id"]) > 255:
        return "an action_id of 1 to 255 characters"
    if len(button.get("value", "")) > 2000:
        return "a value of at most 2000 characters"
    if button.get("style", "primary") not in ("primary", "danger"):
        return "style is primary or danger"
    return _text(button.get("text"), 75, "plain_text")


def _text(text: Any, most: int, kind: str | None = None) -> str | None:
    if not isinstance(text, dict) or text.get("type") not in ("plain_text", "mrkdwn"):
        return "a text object"
    if kind and text["type"] != kind:
        return f"a {kind} text"
    if not 1 <= len(text.get("text", "")) <= most:
        return f"text of 1 to {most} characters"
    return None
