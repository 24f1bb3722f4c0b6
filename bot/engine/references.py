"""Resolves what messages, conditions and set values refer to.

`{Slot}`, `{Slot.Part}` and `{Intent.Slot}`, `[sessionAttribute]`, `((requestAttribute))`,
`#context.attribute`, and `$.` paths into the turn. Source: developer guide, "Add conditions to
branch conversations"; the paths beyond `$.inputMode` and `$.inputTranscript` are inferred.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.engine.session import ActiveContext, IntentState, SlotState

REFERENCE = re.compile(
    r"\{(?P<slot>[\w.-]+)\}"
    r"|\[(?P<attribute>[\w.:-]+)\]"
    r"|\(\((?P<request>[\w.:-]+)\)\)"
    r"|#(?P<context>[\w-]+\.[\w-]+)"
    r"|(?P<path>\$\.[\w.-]+)"
)
_IN_TEXT = re.compile(REFERENCE.pattern.partition("|#")[0])


@dataclass(frozen=True, slots=True)
class Scope:
    """What can be referred to at one moment of a turn."""

    intent: IntentState | None
    attributes: Mapping[str, str] = field(default_factory=dict)
    contexts: Sequence[ActiveContext] = ()
    request_attributes: Mapping[str, str] = field(default_factory=dict)
    transcript: str = ""

    def slot(self, name: str) -> SlotState | None:
        """The slot by `Slot`, `Slot.Part` or `Intent.Slot` of the intent in play."""
        if self.intent is None:
            return None
        first, _, rest = name.partition(".")
        if rest and first == self.intent.name and first not in self.intent.slots:
            first, _, rest = rest.partition(".")
        state = self.intent.slots.get(first)
        return state.sub_slots.get(rest) if state and rest else state

    def value(self, reference: str) -> str | None:
        """The value of a reference; None when it is unset or no reference at all."""
        match = REFERENCE.fullmatch(reference.strip())
        return self._value(match) if match else None

    def fill(self, text: str) -> str:
        """`text` with its references to slots and attributes replaced; unset ones stay."""
        return _IN_TEXT.sub(lambda m: self._value(m) or m.group(), text)

    def _value(self, match: re.Match[str]) -> str | None:
        named = match.groupdict()
        if named["slot"]:
            state = self.slot(named["slot"])
            return said(state) if state else None
        if named["attribute"]:
            return self.attributes.get(named["attribute"])
        if named["request"]:
            return self.request_attributes.get(named["request"])
        if named.get("context"):
            return self._of_context(str(named["context"]))
        return self._of_path(str(named["path"])[2:])

    def _of_context(self, name: str) -> str | None:
        context, _, attribute = name.partition(".")
        return next((c.attributes.get(attribute) for c in self.contexts if c.name == context), None)

    def _of_path(self, path: str) -> str | None:
        intent = self.intent.to_wire() if self.intent else None
        place: Any = {
            "inputMode": "Text",
            "inputTranscript": self.transcript,
            "intent": intent,
            "requestAttributes": dict(self.request_attributes),
            "sessionAttributes": dict(self.attributes),
            "sessionState": {"intent": intent, "sessionAttributes": dict(self.attributes)},
        }
        for key in path.split("."):
            place = place.get(key) if isinstance(place, dict) else None
        return None if place is None or isinstance(place, dict | list) else str(place)


def said(state: SlotState) -> str | None:
    """A slot as a message repeats it: Lex's reading, of a list the customer's whole span."""
    if state.value is not None:
        return state.value.interpreted or state.value.original
    parts = [said(part) for part in (*state.values, *state.sub_slots.values()) if part]
    return " ".join(part for part in parts if part) or None


def values_of(state: SlotState) -> tuple[str, ...]:
    """Every single value of a slot: of a list all of them, else the one."""
    parts = state.values if state.shape == "List" else (state,)
    return tuple(text for part in parts if (text := said(part)) is not None)
