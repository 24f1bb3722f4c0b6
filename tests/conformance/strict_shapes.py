"""Holds answers against AWS's own model, strictly: limits, types, enums, and no key of our own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.runtime.errors import ValidationError
from bot.runtime.validation import validate
from bot.runtime.wire_model import ListShape, MapShape, Shape, StructureShape, operation


def shape_faults(answer: Mapping[str, Any], name: str) -> list[str]:
    """What in `answer` the output of the operation `name` does not have or allow."""
    shape = operation(name).output
    faults = [f"{place} is not in AWS's model" for place in _unknown(answer, shape, name)]
    try:
        validate(answer, shape)
    except ValidationError as fault:
        faults.append(fault.message)
    return faults


def _unknown(value: Any, shape: Shape, place: str) -> Iterator[str]:
    if isinstance(shape, StructureShape) and isinstance(value, Mapping):
        for key, part in value.items():
            member = shape.members.get(key)
            if member is None:
                yield f"{place}.{key}"
            elif part is not None:
                yield from _unknown(part, member, f"{place}.{key}")
    elif isinstance(shape, ListShape) and isinstance(value, list):
        for part in value:
            yield from _unknown(part, shape.member, f"{place}[]")
    elif isinstance(shape, MapShape) and isinstance(value, Mapping):
        for part in value.values():
            if part is not None:
                yield from _unknown(part, shape.value, f"{place}{{}}")
