"""Finds the steps, conditions, messages and hooks of an intent, wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from bot.definition.lint.subject import IntentPart

Keys = tuple[str | int, ...]
_TEXTS = ("plainTextMessage", "ssmlMessage", "customPayload")
_SLOT = re.compile(r"\{([\w.-]+)\}")


@dataclass(frozen=True, slots=True)
class Node:
    """An object in a file, and the keys that lead to it."""

    place: PurePosixPath
    keys: Keys
    raw: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Step:
    """A next step. `starts` is the intent that it goes to, None for the current one."""

    node: Node
    action: str | None
    slot: str | None
    starts: str | None
    sets: tuple[str, ...]
    attributes: Mapping[str, Any]


def nodes_in(part: IntentPart, *, inactive: bool = False) -> Iterator[Node]:
    """Every object in the intent's files; what is switched off only where asked for."""
    for place, raw in part.files:
        yield from _walk(place, (), raw, inactive)


def _walk(place: PurePosixPath, keys: Keys, raw: Any, inactive: bool) -> Iterator[Node]:
    if isinstance(raw, Mapping):
        if raw.get("isActive") is False and not inactive:
            return
        yield Node(place, keys, raw)
        for key, value in raw.items():
            yield from _walk(place, (*keys, key), value, inactive)
    elif isinstance(raw, list):
        for index, item in enumerate(raw):
            yield from _walk(place, (*keys, index), item, inactive)


def steps_in(part: IntentPart) -> Iterator[Step]:
    for node in nodes_in(part):
        if "dialogAction" in node.raw:
            yield _step(node)


def _step(node: Node) -> Step:
    action, intent = _object(node.raw, "dialogAction"), _object(node.raw, "intent")
    return Step(
        node,
        action.get("type"),
        action.get("slotToElicit") or None,
        intent.get("name") or None,
        tuple(str(name) for name in _object(intent, "slots")),
        _object(node.raw, "sessionAttributes"),
    )


def _object(raw: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = raw.get(key)
    return value if isinstance(value, Mapping) else {}


def conditions_in(part: IntentPart) -> Iterator[tuple[Node, str]]:
    """Each condition's object and its expression, trimmed."""
    for node in nodes_in(part):
        expression = node.raw.get("expressionString")
        if isinstance(expression, str):
            yield node, expression.strip()


def texts_in(part: IntentPart) -> Iterator[tuple[Node, str]]:
    """Each message's text, with the object that holds it as `value`."""
    for node in nodes_in(part):
        if node.keys and node.keys[-1] in _TEXTS and isinstance(node.raw.get("value"), str):
            yield node, node.raw["value"]


def slots_named_in(text: str) -> list[str]:
    """The names in braces: `{amount}`, `{SendMoney.amount}`."""
    return _SLOT.findall(text)
