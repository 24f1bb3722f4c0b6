"""Events to test handlers with, as Lex V2 sends them; nothing here is needed to run a bot."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fulfillment.lex.router import Hook

Json = dict[str, Any]
SlotGiven = str | list[str] | Mapping[str, str] | None
"""A value, several for a list, parts for a composite, or None for an empty slot."""


def lex_event(
    intent: str,
    slots: Mapping[str, SlotGiven] | None = None,
    *,
    source: Hook = "DialogCodeHook",
    transcript: str = "",
    label: str | None = None,
    session: Mapping[str, str] | None = None,
    attributes: Mapping[str, str] | None = None,
    confirmation: str = "None",
    proposes: str | None = None,
    locale: str = "en_US",
) -> Json:
    """A whole code-hook event. `proposes` is the slot that Lex would ask for next.

    >>> lex_event("OrderCoffee", {"size": "large"})["sessionState"]["intent"]["name"]
    'OrderCoffee'
    """
    said: Json = {
        "name": intent,
        "slots": {name: slot_given(value) for name, value in (slots or {}).items()},
        "state": "InProgress" if source == "DialogCodeHook" else "ReadyForFulfillment",
        "confirmationState": confirmation,
    }
    event: Json = {
        "messageVersion": "1.0",
        "invocationSource": source,
        "inputMode": "Text",
        "responseContentType": "text/plain; charset=utf-8",
        "sessionId": "test-session",
        "inputTranscript": transcript,
        "bot": {
            "id": "TESTBOT001",
            "name": "TestBot",
            "aliasId": "TSTALIASID",
            "aliasName": "TestBotAlias",
            "localeId": locale,
            "version": "DRAFT",
        },
        "interpretations": [
            {"intent": said, "nluConfidence": 0.9, "interpretationSource": "Lex"},
            {"intent": {"name": "FallbackIntent", "slots": {}}, "interpretationSource": "Lex"},
        ],
        "requestAttributes": dict(attributes or {}),
        "sessionState": {
            "activeContexts": [],
            "sessionAttributes": dict(session or {}),
            "runtimeHints": {},
            "intent": said,
            "originatingRequestId": "test-request",
        },
        "transcriptions": [
            {
                "transcription": transcript,
                "transcriptionConfidence": 1.0,
                "resolvedContext": {"intent": intent},
                "resolvedSlots": {},
            }
        ],
    }
    if label is not None:
        event["invocationLabel"] = label
    if proposes is not None:
        action = {"type": "ElicitSlot", "slotToElicit": proposes}
        event["proposedNextState"] = {
            "dialogAction": action,
            "intent": said,
            "prompt": {"attempt": "Initial"},
        }
    return event


def slot_given(value: SlotGiven) -> Json | None:
    """A slot on Lex's wire format."""
    if value is None:
        return None
    if isinstance(value, str):
        return {"shape": "Scalar", "value": _value(value)}
    if isinstance(value, Mapping):
        parts = {name: slot_given(part) for name, part in value.items()}
        return {"shape": "Composite", "subSlots": parts}
    parts_of_list = [{"shape": "Scalar", "value": _value(part)} for part in value]
    return {"shape": "List", "value": _value(", ".join(value)), "values": parts_of_list}


def _value(text: str) -> Json:
    return {"originalValue": text, "interpretedValue": text, "resolvedValues": [text]}
