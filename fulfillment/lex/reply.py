"""What a hook answers: one dialog action, the intent as it now stands, and messages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from fulfillment.lex.messages import Message, to_lex_messages
from fulfillment.lex.session import require_room

Action = Literal["ElicitSlot", "ElicitIntent", "ConfirmIntent", "Delegate", "Close"]
Style = Literal["Default", "SpellByLetter", "SpellByWord"]


@dataclass(frozen=True, slots=True)
class Switch:
    """Another intent of the bot to go on with, and the slots that it begins with."""

    intent: str
    slots: Mapping[str, str] = field(default_factory=dict)

    def to_lex(self) -> dict[str, Any]:
        """The intent at its beginning, on Lex's wire format."""
        return {
            "name": self.intent,
            "slots": {name: _slot(value) for name, value in self.slots.items()},
            "state": "InProgress",
            "confirmationState": "None",
        }


@dataclass(frozen=True, slots=True)
class Reply:
    """A decision about the dialog. `intent_state` is set by Close (Fulfilled or Failed) only.

    `request_attributes` go back to the client; those of the event never do by themselves, since
    a channel may keep secrets there.
    """

    action: Action
    messages: tuple[Message, ...] = ()
    slot_to_elicit: str | None = None
    intent_state: str | None = None
    part_to_elicit: str | None = None
    style: Style | None = None
    switch: Switch | None = None
    request_attributes: Mapping[str, str] = field(default_factory=dict)

    @property
    def outcome(self) -> str:
        """A word for logs and metrics."""
        return f"{self.action}:{self.intent_state}" if self.intent_state else self.action

    @property
    def said(self) -> tuple[Message, ...]:
        """The messages without cards."""
        return tuple(message for message in self.messages if not message.is_card)

    @property
    def shown(self) -> tuple[Message, ...]:
        """The cards."""
        return tuple(message for message in self.messages if message.is_card)

    def for_intent(self, intent: str, **slots: str) -> Reply:
        """The same action for another intent, which begins with `slots`."""
        return replace(self, switch=Switch(intent, slots))

    def with_request_attributes(self, **attributes: str) -> Reply:
        """The same reply, with attributes for the client."""
        return replace(self, request_attributes={**self.request_attributes, **attributes})

    def to_lex(
        self,
        intent: dict[str, Any],
        attributes: dict[str, str],
        contexts: list[dict[str, Any]],
        hints: Mapping[str, Any],
    ) -> dict[str, Any]:
        """The response body.

        Raises ValueError for what Lex refuses: an ElicitIntent that says nothing, more session
        attributes than its quota, an attribute that is no string (its key is named, never its
        value).
        """
        _refuse_all_but_strings("session", attributes)
        require_room(attributes)
        _refuse_all_but_strings("request", self.request_attributes)
        state: dict[str, Any] = {
            "dialogAction": self._action(),
            "sessionAttributes": attributes,
            "activeContexts": contexts,
        }
        if hints:
            state["runtimeHints"] = dict(hints)
        if self.action != "ElicitIntent":
            state["intent"] = {**intent, "state": self.intent_state or intent["state"]}
        response: dict[str, Any] = {"sessionState": state}
        if self.request_attributes:
            response["requestAttributes"] = dict(self.request_attributes)
        said = to_lex_messages(self.messages)
        if said:
            response["messages"] = said
        elif self.action == "ElicitIntent":
            raise ValueError("an ElicitIntent must say something")
        return response

    def _action(self) -> dict[str, Any]:
        action: dict[str, Any] = {"type": self.action}
        if self.slot_to_elicit:
            action["slotToElicit"] = self.slot_to_elicit
        if self.part_to_elicit:
            action["subSlotToElicit"] = {"name": self.part_to_elicit}
        if self.style:
            action["slotElicitationStyle"] = self.style
        return action


def _refuse_all_but_strings(kind: str, attributes: Mapping[str, Any]) -> None:
    for key, value in attributes.items():
        if not isinstance(value, str):
            raise ValueError(f"the {kind} attribute {key} is not a string")


def _slot(value: str) -> dict[str, Any]:
    content = {"originalValue": value, "interpretedValue": value, "resolvedValues": [value]}
    return {"shape": "Scalar", "value": content}
