"""A conversation's state between turns, as values, and its shape on the Runtime API."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

from bot.engine.recogniser import SlotMatch

ConfirmationState = Literal["None", "Confirmed", "Denied"]
Json = dict[str, Any]

LEAST_SECONDS = 5
"""The shortest life of a context that Lex's model knows."""


@dataclass(frozen=True, slots=True)
class SlotState:
    """A filled slot. `values` is set for a list, `sub_slots` for a composite."""

    value: SlotMatch | None
    shape: str = "Scalar"
    values: tuple[SlotState, ...] = ()
    sub_slots: Mapping[str, SlotState | None] = field(default_factory=dict)

    def to_wire(self) -> Json:
        wire: Json = {"shape": self.shape}
        if self.value is not None:
            wire["value"] = {
                "originalValue": self.value.original,
                "interpretedValue": self.value.interpreted,
                "resolvedValues": list(self.value.resolved),
            }
        if self.shape == "List":
            wire["values"] = [value.to_wire() for value in self.values]
        if self.shape == "Composite":
            wire["subSlots"] = {k: v.to_wire() if v else None for k, v in self.sub_slots.items()}
        return wire


@dataclass(frozen=True, slots=True)
class IntentState:
    """The intent in play, its slots (None when empty) and how far it has come."""

    name: str
    slots: Mapping[str, SlotState | None] = field(default_factory=dict)
    state: str = "InProgress"
    confirmation: ConfirmationState = "None"

    def with_slot(self, name: str, value: SlotState | None) -> IntentState:
        return replace(self, slots={**self.slots, name: value})

    def to_wire(self) -> Json:
        return {
            "name": self.name,
            "slots": {k: v.to_wire() if v else None for k, v in self.slots.items()},
            "state": self.state,
            "confirmationState": self.confirmation,
        }


@dataclass(frozen=True, slots=True)
class ActiveContext:
    """A context and what is left of its life: seconds until `expires_at`, and turns."""

    name: str
    expires_at: datetime
    turns: int
    attributes: Mapping[str, str] = field(default_factory=dict)

    def to_wire(self, now: datetime) -> Json:
        """On the wire a life has five seconds at least, also in its last ones (inferred).

        Source: service model, ActiveContextTimeToLive: an SDK that sends a context back would be
        refused with less.
        """
        seconds = max(LEAST_SECONDS, int((self.expires_at - now).total_seconds()))
        return {
            "name": self.name,
            "timeToLive": {"timeToLiveInSeconds": seconds, "turnsToLive": self.turns},
            "contextAttributes": dict(self.attributes),
        }


@dataclass(frozen=True, slots=True)
class DialogAction:
    """What the bot did last, and how often it has asked the same in a row (0 = asked once).

    `sub_slot` is the part of a composite `slot` that was asked for. `style` is how the reply may be
    spelt.
    """

    type: str
    slot: str | None = None
    attempt: int = 0
    sub_slot: str | None = None
    style: str | None = None

    def to_wire(self) -> Json:
        wire: Json = {"type": self.type}
        if self.slot:
            wire["slotToElicit"] = self.slot
        if self.sub_slot:
            wire["subSlotToElicit"] = {"name": self.sub_slot}
        if self.style:
            wire["slotElicitationStyle"] = self.style
        return wire


@dataclass(frozen=True, slots=True)
class Session:
    """One conversation; a new value each turn, so that a refused turn leaves the old one."""

    session_id: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    contexts: tuple[ActiveContext, ...] = ()
    intent: IntentState | None = None
    action: DialogAction | None = None
    runtime_hints: Mapping[str, Any] | None = None

    def live_contexts(self, now: datetime) -> tuple[ActiveContext, ...]:
        return tuple(c for c in self.contexts if c.expires_at > now and c.turns > 0)

    def to_wire(self, now: datetime, request_id: str) -> Json:
        """The `sessionState` of a Runtime API answer."""
        wire: Json = {
            "activeContexts": [c.to_wire(now) for c in self.live_contexts(now)],
            "sessionAttributes": dict(self.attributes),
            "originatingRequestId": request_id,
        }
        if self.action is not None:
            wire["dialogAction"] = self.action.to_wire()
        if self.intent is not None:
            wire["intent"] = self.intent.to_wire()
        if self.runtime_hints is not None:
            wire["runtimeHints"] = dict(self.runtime_hints)
        return wire
