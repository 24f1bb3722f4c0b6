"""Turns an export's JSON into parameters of the `lexv2-models` API, led by the API's shapes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from botocore.model import ListShape, MapShape, Shape, StringShape, StructureShape

from bot.definition.built_ins import is_built_in
from bot.definition.dialect import enum_value, member_of

TYPE_REFERENCE = "BuiltInOrCustomSlotTypeId"
"""The shape of a slot's type: a built-in by name, one's own by an id that only Lex can give."""

SlotTypeId = Callable[[str], Any]


def translated(shape: Shape, raw: Any, slot_type_id: SlotTypeId) -> Any:
    """`raw` as the API takes it; None where it says nothing.

    Nulls, empty lists that the API would refuse and keys that it does not know are left out, and
    so is an object that lacks what it needs: a response without messages is no response.
    """
    if raw is None:
        return None
    if isinstance(shape, StructureShape):
        return _structure(shape, raw, slot_type_id) if isinstance(raw, Mapping) else None
    if isinstance(shape, ListShape):
        items = [translated(shape.member, item, slot_type_id) for item in _list(raw)]
        kept = [item for item in items if item is not None]
        return kept if kept or not shape.metadata.get("min") else None
    if isinstance(shape, MapShape):
        entries = raw if isinstance(raw, Mapping) else {}
        pairs = {str(k): translated(shape.value, v, slot_type_id) for k, v in entries.items()}
        return {key: value for key, value in pairs.items() if value is not None}
    return _scalar(shape, raw, slot_type_id)


def _structure(shape: StructureShape, raw: Mapping[str, Any], slot_type_id: SlotTypeId) -> Any:
    members = {
        name: translated(member, member_of(shape, name, raw), slot_type_id)
        for name, member in shape.members.items()
    }
    made = {name: value for name, value in members.items() if value is not None}
    if any(name not in made for name in shape.required_members):
        return None
    return made


def _list(raw: Any) -> list[Any]:
    return raw if isinstance(raw, list) else []


def _scalar(shape: Shape, raw: Any, slot_type_id: SlotTypeId) -> Any:
    if not isinstance(shape, StringShape):
        return raw
    text = str(raw)
    if not text and shape.metadata.get("min"):
        return None
    if shape.name == TYPE_REFERENCE and not is_built_in(text):
        return slot_type_id(text)
    return enum_value(shape, text) if shape.enum else text


def parameters(
    shape: Shape, raw: Mapping[str, Any], slot_type_id: SlotTypeId, given: Mapping[str, Any]
) -> dict[str, Any]:
    """An operation's parameters: what `raw` says of them, and `given` where the caller knows."""
    members = cast("StructureShape", shape).members
    made: dict[str, Any] = {}
    for name, member in members.items():
        if name in given:
            made[name] = given[name]
            continue
        value = translated(member, member_of(shape, name, raw), slot_type_id)
        if value is not None:
            made[name] = value
    return made
