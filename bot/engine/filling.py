"""Puts what was understood into slots: scalars, lists, the parts of a composite, defaults."""

from __future__ import annotations

from collections.abc import Mapping

from bot.definition.model import BotLocale, Intent, Slot
from bot.engine.recogniser import SlotMatch
from bot.engine.references import Scope
from bot.engine.session import IntentState, SlotState


def empty_intent(locale: BotLocale, name: str) -> IntentState:
    """The intent with every slot open."""
    return IntentState(name, {slot.name: None for slot in locale.intents[name].slots})


def filled(intent: Intent, matches: Mapping[str, SlotMatch]) -> dict[str, SlotState]:
    """The slots of `intent` that `matches` fill; parts of a composite go by `slot.part`."""
    slots: dict[str, SlotState] = {}
    for name, match in matches.items():
        whole, _, part = name.partition(".")
        slot = intent.slot(whole)
        if slot is None:
            continue
        if part:
            slots[whole] = with_part(slots.get(whole), slot, part, match)
        else:
            slots[whole] = slot_state(slot, match)
    return slots


def slot_state(slot: Slot, match: SlotMatch) -> SlotState:
    """`match` in the slot's shape. A multi-value slot holds a list even of one value.

    Source: developer guide, "Using multiple values in a slot".
    """
    if not slot.multiple:
        return SlotState(match)
    return SlotState(match, "List", tuple(SlotState(part) for part in match.parts or (match,)))


def with_part(so_far: SlotState | None, slot: Slot, part: str, match: SlotMatch) -> SlotState:
    """The composite `so_far` with one part more; a part it has already is replaced."""
    known = [item.name for item in slot.composition.parts] if slot.composition else []
    subs: dict[str, SlotState | None] = dict.fromkeys(known)
    subs.update(so_far.sub_slots if so_far else {})
    subs[part] = SlotState(match)
    return SlotState(None, "Composite", sub_slots=subs)


def is_settled(state: SlotState | None) -> bool:
    """Whether the slot has a value that Lex could read: an ambiguous time has none.

    Source: developer guide, "AMAZON.Time".
    """
    return state is not None and (state.value is None or state.value.interpreted is not None)


def default_for(slot: Slot, scope: Scope) -> SlotState | None:
    """The first that has a value: `#context.attribute`, `[session]`, `<request>` or a literal.

    Source: developer guide, "Using default slot values".
    """
    for default in slot.defaults:
        value = _default(default, scope)
        if value:
            return slot_state(slot, SlotMatch(value, value, (value,)))
    return None


def _default(default: str, scope: Scope) -> str | None:
    if default.startswith("[") and default.endswith("]"):
        return scope.attributes.get(default[1:-1])
    if default.startswith("<") and default.endswith(">"):
        return scope.request_attributes.get(default[1:-1])
    if not default.startswith("#"):
        return default
    name, _, attribute = default[1:].partition(".")
    return next((c.attributes.get(attribute) for c in scope.contexts if c.name == name), None)
