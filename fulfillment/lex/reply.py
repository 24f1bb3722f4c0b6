"""What a hook answers: one dialog action, the intent as it now stands, and messages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from fulfillment.lex.messages import Message, to_lex_messages

Action = Literal["ElicitSlot", "ElicitIntent", "ConfirmIntent", "Delegate", "Close"]


@dataclass(frozen=True, slots=True)
class Reply:
    """A decision about the dialog. `intent_state` is set by Close (Fulfilled or Failed) only."""

    action: Action
    messages: tuple[Message, ...] = ()
    slot_to_elicit: str | None = None
    intent_state: str | None = None

    @property
    def outcome(self) -> str:
        """A word for logs and metrics."""
        return f"{self.action}:{self.intent_state}" if self.intent_state else self.action

    def to_lex(
        self, intent: dict[str, Any], attributes: dict[str, str], contexts: list[dict[str, Any]]
    ) -> dict[str, Any]:
        """The response body. Request attributes are never returned: one of them is the token.

        Raises ValueError for an ElicitIntent that says nothing: Lex refuses one.
        """
        action: dict[str, Any] = {"type": self.action}
        if self.slot_to_elicit:
            action["slotToElicit"] = self.slot_to_elicit
        state: dict[str, Any] = {
            "dialogAction": action,
            "sessionAttributes": attributes,
            "activeContexts": contexts,
        }
        if self.action != "ElicitIntent":
            state["intent"] = {**intent, "state": self.intent_state or intent["state"]}
        response: dict[str, Any] = {"sessionState": state}
        said = to_lex_messages(self.messages)
        if said:
            response["messages"] = said
        elif self.action == "ElicitIntent":
            raise ValueError("an ElicitIntent must say something")
        return response
