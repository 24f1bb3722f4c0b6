"""Lex events for tests: from files in the documented shape, or the least that Lex would send."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[2] / "events" / "lex"


def event_of(name: str) -> dict[str, Any]:
    """The event in `tests/events/lex/<name>.json`."""
    content: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text())
    return content


def least_event(
    intent: str = "Greet", source: str = "DialogCodeHook", **changes: Any
) -> dict[str, Any]:
    """What every event has; `changes` replace whole top-level keys."""
    return {
        "sessionId": "s-1",
        "invocationSource": source,
        "inputTranscript": "hi",
        "bot": {"name": "Teller", "localeId": "en_US"},
        "sessionState": {"intent": {"name": intent, "state": "InProgress"}},
        **changes,
    }
