"""Builds the event that a code hook receives.

Source: Lex V2 developer guide, "AWS Lambda input event format".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.engine.effects import BotIdentity, Interpretation, UserInput
from bot.engine.session import ActiveContext, IntentState, Session

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the dialog would do next by itself. `attempt` counts questions repeated in a row."""

    action: str
    slot: str | None = None
    attempt: int = 0

    @property
    def attempt_name(self) -> str:
        return "Initial" if self.attempt == 0 else f"Retry{self.attempt}"

    def to_wire(self, intent: IntentState) -> Json:
        action: Json = {"type": self.action}
        if self.slot:
            action["slotToElicit"] = self.slot
        return {
            "dialogAction": action,
            "intent": intent.to_wire(),
            "prompt": {"attempt": self.attempt_name},
        }


def hook_event(
    source: str,
    session: Session,
    bot: BotIdentity,
    user: UserInput,
    intent: IntentState,
    attributes: Mapping[str, str],
    contexts: Sequence[ActiveContext],
    interpretations: Sequence[Interpretation],
    proposal: Proposal | None,
    label: str | None,
    now: datetime,
) -> Json:
    """The event of one invocation."""
    event: Json = {
        "messageVersion": "1.0",
        "invocationSource": source,
        "inputMode": "Text",
        "responseContentType": user.content_type,
        "sessionId": session.session_id,
        "inputTranscript": user.text,
        "bot": bot.to_wire(),
        "interpretations": [item.to_event() for item in interpretations],
        "requestAttributes": dict(user.request_attributes),
        "sessionState": {
            "activeContexts": [c.to_wire(now) for c in contexts if c.turns > 0],
            "sessionAttributes": dict(attributes),
            "runtimeHints": dict(session.runtime_hints or {}),
            "intent": intent.to_wire(),
            "originatingRequestId": user.request_id,
        },
        "transcriptions": [
            {
                "transcription": user.text,
                "transcriptionConfidence": 1.0,
                "resolvedContext": {"intent": intent.name},
                "resolvedSlots": {},
            }
        ],
    }
    if session.action is not None:
        event["sessionState"]["dialogAction"] = session.action.to_wire()
    if label is not None:
        event["invocationLabel"] = label
    if proposal is not None:
        event["proposedNextState"] = proposal.to_wire(intent)
    return event
