"""Reads the parts of a session state from JSON, and keeps the limits of Lex's model.

Source: service model `lexv2-runtime`. Every function raises ValueError with the fault, never data.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.definition.model import BotLocale, Intent
from bot.engine.lengths import utf16_length
from bot.engine.recogniser import SlotMatch
from bot.engine.session import ActiveContext, SlotState

MOST_CONTEXTS = 20
MOST_CONTEXT_ATTRIBUTES = 10
MOST_SECONDS = 86_400
MOST_TURNS = 20
_LONGEST_NAME = 100
_LONGEST_TEXT = 1024
_MOST_HINTS = 100
_LONGEST_HINT = 140


def slot_of_wire(wire: Any) -> SlotState | None:
    """A slot from its JSON form, None when empty. Parts of a list or a composite are scalars."""
    if wire is None:
        return None
    values = _list(_object(wire, "a slot").get("values"), "a slot's values")
    subs = _object(wire.get("subSlots") or {}, "a slot's subSlots")
    shape = wire.get("shape") or ("Composite" if subs else "List" if values else "Scalar")
    if shape not in ("Scalar", "List", "Composite"):
        raise ValueError("a slot cannot have the shape that it is given")
    parts = [_scalar(value) for value in values] if shape == "List" else []
    sub_slots = {k: _scalar(v) for k, v in subs.items()} if shape == "Composite" else {}
    found = tuple(part for part in parts if part is not None)
    value = _value(wire.get("value"))
    if value is None and not found and not sub_slots:
        return None
    return SlotState(value, shape, found, sub_slots)


def _scalar(wire: Any) -> SlotState | None:
    value = None if wire is None else _value(_object(wire, "a slot").get("value"))
    return SlotState(value) if value else None


def _value(wire: Any) -> SlotMatch | None:
    """The value, None when it holds none. An empty text counts as none (inferred)."""
    if wire is None:
        return None
    interpreted = _object(wire, "a slot's value").get("interpretedValue") or None
    original = wire.get("originalValue") or interpreted
    if original is None:
        return None
    resolved = _list(wire.get("resolvedValues"), "a slot's resolvedValues")
    if not all(isinstance(item, str) for item in (original, interpreted or "", *resolved)):
        raise ValueError("a slot's values must be strings")
    given = tuple(item for item in resolved if item)
    return SlotMatch(original, interpreted, given or ((interpreted,) if interpreted else ()))


def contexts_of_wire(wire: Any, now: datetime) -> tuple[ActiveContext, ...]:
    """Active contexts. One that is over is taken, as a hook gives back what it was shown."""
    contexts = tuple(_context(item, now) for item in _list(wire, "activeContexts"))
    if len(contexts) > MOST_CONTEXTS:
        raise ValueError(f"activeContexts has more than {MOST_CONTEXTS} members")
    return contexts


def _context(wire: Any, now: datetime) -> ActiveContext:
    name: str = _object(wire, "a context").get("name") or ""
    if not _is_text(name, _LONGEST_NAME):
        raise ValueError(f"a context's name must have 1 to {_LONGEST_NAME} characters")
    life = _object(wire.get("timeToLive"), "a context's timeToLive")
    seconds = _count(life, "timeToLiveInSeconds", MOST_SECONDS)
    turns = _count(life, "turnsToLive", MOST_TURNS)
    raw = _object(wire.get("contextAttributes") or {}, "contextAttributes")
    attributes = {k: text_of_wire(v, f"contextAttributes.{k}") for k, v in raw.items()}
    if len(attributes) > MOST_CONTEXT_ATTRIBUTES:
        raise ValueError(f"contextAttributes has more than {MOST_CONTEXT_ATTRIBUTES} members")
    if not all(_is_text(value, _LONGEST_TEXT) for value in attributes.values()):
        raise ValueError(f"contextAttributes must be strings of 1 to {_LONGEST_TEXT} characters")
    return ActiveContext(name, now + timedelta(seconds=seconds), turns, attributes)


def _count(life: Mapping[str, Any], key: str, most: int) -> int:
    value = life.get(key)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise ValueError(f"a context's {key} must be a number up to {most}")
    return value


def still_running(
    given: tuple[ActiveContext, ...], known: tuple[ActiveContext, ...], now: datetime
) -> tuple[ActiveContext, ...]:
    """`given`, with the clocks of those that come back just as they were shown left running.

    What is shown is whole seconds, and five at least: to take them anew would lengthen a life.
    """
    shown = {context.name: (context.to_wire(now)["timeToLive"], context) for context in known}
    return tuple(
        replace(context, expires_at=shown[context.name][1].expires_at)
        if context.name in shown and shown[context.name][0] == context.to_wire(now)["timeToLive"]
        else context
        for context in given
    )


def text_of_wire(raw: Any, place: str) -> str:
    """A string; a plain number or boolean as its JSON text, which published hooks rely on.

    Inferred: Lex reads attributes into a map of strings, and turns scalars into them.
    """
    if isinstance(raw, str):
        return raw
    if isinstance(raw, bool | int | float):
        return json.dumps(raw)
    raise ValueError(f"{place} must be a string")


def hints_of_wire(wire: Any, locale: BotLocale) -> dict[str, Any]:
    """Runtime hints. "The intent name and slot name must exist.": API reference, RuntimeHints."""
    hints = _object(wire, "runtimeHints")
    intents = _object(hints.get("slotHints") or {}, "runtimeHints.slotHints")
    if len(intents) > _MOST_HINTS:
        raise ValueError(f"runtimeHints.slotHints has more than {_MOST_HINTS} intents")
    for name, slots in intents.items():
        intent = locale.intents.get(name)
        if intent is None:
            raise ValueError("runtimeHints names an intent that the bot does not have")
        _check_slot_hints(_object(slots, "runtimeHints.slotHints"), intent)
    return {"slotHints": dict(intents)} if hints.get("slotHints") is not None else {}


def _check_slot_hints(slots: Mapping[str, Any], intent: Intent) -> None:
    if len(slots) > _MOST_HINTS:
        raise ValueError(f"runtimeHints has more than {_MOST_HINTS} slots")
    for name, details in slots.items():
        slot = intent.slot(name)
        if slot is None:
            raise ValueError(f"runtimeHints names a slot that {intent.name} does not have")
        _check_phrases(details)
        parts = _object(details.get("subSlotHints") or {}, "runtimeHints.subSlotHints")
        known = {part.name for part in slot.composition.parts} if slot.composition else set()
        if not known.issuperset(parts):
            raise ValueError(f"runtimeHints names a part that {name} does not have")
        for part in parts.values():
            _check_phrases(part)


def _check_phrases(details: Any) -> None:
    raw = _object(details, "a slot's hints").get("runtimeHintValues")
    values = _list(raw, "runtimeHintValues")
    if raw is not None and not 1 <= len(values) <= _MOST_HINTS:
        raise ValueError(f"runtimeHintValues must have 1 to {_MOST_HINTS} members")
    if not all(_is_text(phrase, _LONGEST_HINT) for phrase in _phrases(values)):
        raise ValueError(f"a hint's phrase must have 1 to {_LONGEST_HINT} characters")


def _phrases(values: list[Any]) -> Iterator[Any]:
    for value in values:
        yield _object(value, "a hint").get("phrase")


def _is_text(value: Any, longest: int) -> bool:
    return isinstance(value, str) and 1 <= utf16_length(value) <= longest


def _object(raw: Any, what: str) -> Mapping[str, Any]:
    if not isinstance(raw, Mapping):
        raise ValueError(f"{what} must be an object")
    return raw


def _list(raw: Any, what: str) -> list[Any]:
    if raw is not None and not isinstance(raw, list):
        raise ValueError(f"{what} must be a list")
    return raw or []
