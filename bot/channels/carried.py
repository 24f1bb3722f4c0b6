"""What of a session goes on in another language: Lex keeps one session a locale."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_CARRIED = ("sessionAttributes", "activeContexts", "intent", "dialogAction")


def carried_state(state: Mapping[str, Any]) -> dict[str, Any]:
    """Of a session's state as GetSession tells it, what RecognizeText in the other locale is given:
    the open question, the slots filled, what was shown last; nothing of Lex's own.
    """
    known = {name: state[name] for name in _CARRIED if state.get(name)}
    if "intent" in known:
        # An empty slot is null in Lex's answers, which boto3 refuses to send back.
        slots = known["intent"].get("slots") or {}
        filled = {name: slot for name, slot in slots.items() if slot is not None}
        known["intent"] = {**known["intent"], "slots": filled}
    return known
