"""Hides the values of obfuscated slots, for logs alone: answers and hooks keep them.

Source: developer guide, "Obscuring slot values in logs". A value gives way to its slot's name in
braces; braces of the customer's own are escaped with two backslashes. While an obfuscated slot is
asked for, a reply in which no value was recognised is hidden whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bot.definition.model import BotLocale

Json = Mapping[str, Any]
"""Values in the Runtime API's shapes."""

_BRACE = re.compile(r"[{}]")


def hidden_slots(locale: BotLocale, intent: str) -> frozenset[str]:
    """The names of the intent's slots that are obfuscated."""
    definition = locale.intents.get(intent)
    slots = definition.slots if definition else ()
    return frozenset(slot.name for slot in slots if slot.obfuscated)


def obfuscated_intent(
    locale: BotLocale, intent: Json, also: frozenset[str] = frozenset()
) -> dict[str, Any]:
    """The intent of a session state or interpretation, its obfuscated values hidden, and those of
    the slots named in `also`.
    """
    hidden = hidden_slots(locale, intent["name"]) | also
    slots: Json = intent.get("slots") or {}
    shown = {
        name: _hidden(slot, f"{{{name}}}") if slot and name in hidden else slot
        for name, slot in slots.items()
    }
    return {**intent, "slots": shown}


def taken_out(text: str, shown: str, intent: Json) -> frozenset[str]:
    """The slots of `intent` with words of `text` that `shown`, the same as it is logged, has not:
    what is a secret to one intent may be an amount to another that it might have been.
    """
    slots: Json = intent.get("slots") or {}
    return frozenset(
        name
        for name, slot in slots.items()
        if slot and any(value in text and value not in shown for value in _originals(slot))
    )


def obfuscated_text(
    locale: BotLocale, text: str, intent: Json | None, asked: str | None, heard: Json | None = None
) -> str:
    """What the customer said, as it may be logged.

    `intent` is the one in play after the turn, with its values; `asked` the slot that had been
    asked for, None when none was. `heard` is the intent as it was before any code hook: one that
    goes on with another intent takes the slots away in which the words were.
    """
    if intent is None:
        return text
    hidden: set[str] = set()
    values: list[tuple[str, str]] = []
    for one in (intent, heard or intent):
        named, slots = hidden_slots(locale, one["name"]), one.get("slots") or {}
        hidden |= named
        filled = [(slots[name], name) for name in sorted(named) if slots.get(name)]
        values += [
            (value, name) for slot, name in filled for value in _originals(slot) if value in text
        ]
    if not values:
        return f"{{{asked}}}" if asked in hidden else text
    # The longest first: a value may stand inside another.
    values.sort(key=lambda pair: -len(pair[0]))
    pattern = re.compile("|".join([*(re.escape(value) for value, _ in values), _BRACE.pattern]))
    names = dict(reversed(values))
    return pattern.sub(
        lambda found: f"{{{names[found[0]]}}}" if found[0] in names else f"\\\\{found[0]}", text
    )


def _hidden(slot: Json, name: str) -> dict[str, Any]:
    """The slot with its value, its values and its parts replaced by `name`."""
    shown = dict(slot)
    if slot.get("value"):
        value: Json = slot["value"]
        shown["value"] = {
            "originalValue": name,
            "interpretedValue": name if value.get("interpretedValue") is not None else None,
            "resolvedValues": [name for _ in value.get("resolvedValues") or ()],
        }
    if slot.get("values"):
        shown["values"] = [_hidden(part, name) for part in slot["values"]]
    if slot.get("subSlots"):
        shown["subSlots"] = {
            key: _hidden(part, name) if part else None for key, part in slot["subSlots"].items()
        }
    return shown


def _originals(slot: Json) -> Iterator[str]:
    """The customer's own words for the slot: the parts of a list or a composite first."""
    for part in [*(slot.get("values") or ()), *(slot.get("subSlots") or {}).values()]:
        if part:
            yield from _originals(part)
    value: Json = slot.get("value") or {}
    if value.get("originalValue"):
        yield value["originalValue"]
