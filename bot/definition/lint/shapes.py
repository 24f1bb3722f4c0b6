"""Compares an export's JSON with the shapes of the `lexv2-models` API: kinds, lengths, words.

Botocore's own validator knows required members and kinds only; maxima, patterns and enumerations
are in its model all the same, and this reads them there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from botocore.model import ListShape, MapShape, Shape, StringShape, StructureShape

from bot.definition.dialect import enum_value, key_in, keys_of, member_of
from bot.definition.translating import TYPE_REFERENCE

Keys = tuple[str | int, ...]

_KINDS: dict[str, type | tuple[type, ...]] = {
    "structure": Mapping,
    "list": list,
    "map": Mapping,
    "string": str,
    "boolean": bool,
    "integer": int,
    "double": (int, float),
}
_WORDS = {
    "structure": "an object",
    "list": "a list",
    "map": "an object",
    "string": "text",
    "boolean": "true or false",
    "integer": "a whole number",
    "double": "a number",
}
_MESSAGES = ("plainTextMessage", "ssmlMessage", "customPayload", "imageResponseCard")


@dataclass(frozen=True, slots=True)
class Violation:
    """A value that its shape does not allow; `kind` is the code of the rule."""

    kind: str
    keys: Keys
    message: str


def violations(shape: Shape, raw: Any, keys: Keys = ()) -> Iterator[Violation]:
    """Everything in `raw` that Lex would refuse by its shape, and the keys that it does not know.

    Null means absent. An empty list is absent too where the API wants at least one item.
    """
    kind = shape.type_name
    if not isinstance(raw, _KINDS[kind]) or (isinstance(raw, bool) and kind != "boolean"):
        yield Violation("shape.kind", keys, f"This must be {_WORDS[kind]}.")
        return
    value: Any = raw
    if isinstance(shape, StructureShape):
        yield from _structure(shape, value, keys)
    elif isinstance(shape, ListShape):
        yield from _list(shape, value, keys)
    elif isinstance(shape, MapShape):
        yield from _map(shape, value, keys)
    elif isinstance(shape, StringShape):
        yield from _text(shape, value, keys)
    else:
        yield from _range(shape, value, keys)


def _structure(shape: StructureShape, raw: Mapping[str, Any], keys: Keys) -> Iterator[Violation]:
    yield from member_violations(shape, raw, keys, tuple(shape.members))
    known = known_keys(shape)
    yield from (unknown_key(keys, key) for key in raw if key not in known)
    if shape.name == "Message":
        yield from _message(raw, keys)


def member_violations(
    shape: StructureShape, raw: Mapping[str, Any], keys: Keys, members: Iterable[str]
) -> Iterator[Violation]:
    """What is wrong with these members of an object."""
    for name in members:
        key = key_in(raw, name)
        if raw.get(key) is not None:
            yield from violations(shape.members[name], raw[key], (*keys, key))
        elif name in shape.required_members and not _can_lack(shape, name, raw):
            yield Violation("shape.missing", keys, f"{key} is missing.")


def _can_lack(shape: StructureShape, name: str, raw: Mapping[str, Any]) -> bool:
    # What is switched off may be unfinished.
    return raw.get("isActive") is False or member_of(shape, name, raw) is not None


def unknown_key(keys: Keys, key: str) -> Violation:
    return Violation("key.unknown", (*keys, key), f"Lex knows no {key!r} here.")


@cache
def known_keys(shape: StructureShape) -> frozenset[str]:
    """The keys that an export's object of this shape may have."""
    extra = _EXPORT_ONLY.get(shape.name, frozenset())
    return extra.union(*(keys_of(name) for name in shape.members))


_EXPORT_ONLY: dict[str, frozenset[str]] = {
    # The exporter writes an output context's members into input contexts, as null.
    "InputContext": frozenset({"timeToLiveInSeconds", "turnsToLive"}),
    "FulfillmentCodeHookSettings": frozenset({"isActive"}),
    "DialogAction": frozenset({"intentsInScope"}),
    "SlotValueOverride": frozenset({"subSlots"}),
}


def _message(raw: Mapping[str, Any], keys: Keys) -> Iterator[Violation]:
    given = [name for name in _MESSAGES if raw.get(name) is not None]
    if not given:
        yield Violation("message.empty", keys, "The message says nothing.")
    elif len(given) > 1:
        yield Violation(
            "message.several", keys, f"A message is one of {' and '.join(given)}, not both."
        )


def _list(shape: ListShape, raw: list[Any], keys: Keys) -> Iterator[Violation]:
    most, least = shape.metadata.get("max"), shape.metadata.get("min") or 0
    if most is not None and len(raw) > most:
        yield Violation("limits.count", keys, f"{len(raw)} entries; {most} is the most.")
    if len(raw) < least and shape.name == "MessageGroupsList":
        yield Violation("message.none", keys, "There is no message here.")
    for index, item in enumerate(raw):
        yield from violations(shape.member, item, (*keys, index))


def _map(shape: MapShape, raw: Mapping[str, Any], keys: Keys) -> Iterator[Violation]:
    most = shape.metadata.get("max")
    if most is not None and len(raw) > most:
        yield Violation("limits.count", keys, f"{len(raw)} entries; {most} is the most.")
    for key, item in raw.items():
        yield from violations(shape.key, str(key), (*keys, key))
        if item is not None:
            yield from violations(shape.value, item, (*keys, key))


def _text(shape: StringShape, raw: str, keys: Keys) -> Iterator[Violation]:
    if shape.enum and enum_value(shape, raw) not in shape.enum:
        yield Violation("shape.enum", keys, f"{raw!r} is none of {', '.join(shape.enum)}.")
        return
    if shape.enum or shape.name == TYPE_REFERENCE:
        return
    size, most = code_units(raw), shape.metadata.get("max")
    if size < (shape.metadata.get("min") or 0):
        yield Violation("limits.length", keys, "This text must not be empty.")
    elif most is not None and size > most and shape.name not in UNBOUNDED:
        yield Violation("limits.length", keys, f"{size} characters; {most} is the most.")
    elif not _matches(shape, raw):
        code = "name.pattern" if shape.name == "Name" else "limits.pattern"
        yield Violation(code, keys, f"{raw!r} does not match {shape.metadata['pattern']}.")


def code_units(text: str) -> int:
    """The length of a text as Lex counts it, in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


UNBOUNDED = {"Value"}
"""Shapes whose length the developer guide and the model disagree on: rules of their own."""

_NAME = re.compile(r"(?:[0-9a-zA-Z][_-]?)+")


def _matches(shape: StringShape, text: str) -> bool:
    if shape.name == "Name":
        return _NAME.fullmatch(text) is not None
    pattern = shape.metadata.get("pattern")
    return pattern is None or re.search(pattern, text) is not None


def _range(shape: Shape, raw: float, keys: Keys) -> Iterator[Violation]:
    least, most = shape.metadata.get("min"), shape.metadata.get("max")
    if least is not None and raw < least:
        yield Violation("limits.range", keys, f"{raw} is less than {least}.")
    elif most is not None and raw > most:
        yield Violation("limits.range", keys, f"{raw} is more than {most}.")
