"""Builds the event that a code hook receives.

Source: Lex V2 developer guide, "AWS Lambda input event format".
"""

from __future__ import annotations

from typing import Any

from bot.engine.dialog import Dialog
from bot.engine.places import Proposal

Json = dict[str, Any]


def hook_event(dialog: Dialog, source: str, proposal: Proposal | None, label: str | None) -> Json:
    """The event of one invocation at this moment of the dialog."""
    user = dialog.user
    event: Json = {
        "messageVersion": "1.0",
        "invocationSource": source,
        "inputMode": "Text",
        "responseContentType": user.content_type,
        "sessionId": dialog.before.session_id,
        "inputTranscript": user.text,
        "bot": dialog.stage.bot.to_wire(),
        "interpretations": [item.to_event() for item in dialog.interpretations()],
        "requestAttributes": dict(user.request_attributes),
        "sessionState": _session_state(dialog),
        "transcriptions": [_transcription(dialog)],
    }
    if label is not None:
        event["invocationLabel"] = label
    if proposal is not None:
        event["proposedNextState"] = _proposed(proposal, dialog)
    return event


def _session_state(dialog: Dialog) -> Json:
    state: Json = {
        "activeContexts": [c.to_wire(dialog.stage.now) for c in dialog.contexts if c.turns > 0],
        "sessionAttributes": dict(dialog.attributes),
        "runtimeHints": dict(dialog.before.runtime_hints or {}),
        "intent": dialog.intent.to_wire(),
        "originatingRequestId": dialog.user.request_id,
    }
    # `None` is an action of the Runtime API; the event's format does not know it.
    if dialog.before.action is not None and dialog.before.action.type != "None":
        state["dialogAction"] = dialog.before.action.to_wire()
    return state


def _transcription(dialog: Dialog) -> Json:
    """Text has one transcription, and it is certain."""
    return {
        "transcription": dialog.user.text,
        "transcriptionConfidence": 1.0,
        "resolvedContext": {"intent": dialog.intent.name},
        "resolvedSlots": {name: slot.to_wire() for name, slot in dialog.heard_slots.items()},
    }


def _proposed(proposal: Proposal, dialog: Dialog) -> Json:
    action: Json = {"type": proposal.action}
    if proposal.slot:
        action["slotToElicit"] = proposal.slot
    return {
        "dialogAction": action,
        "intent": dialog.intent.to_wire(),
        "prompt": {"attempt": proposal.attempt_name},
    }
