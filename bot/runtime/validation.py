"""Whether a request keeps the limits of AWS's model, told in the words AWS answers with."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from bot.engine.lengths import utf16_length
from bot.runtime.errors import ValidationError
from bot.runtime.wire_model import ListShape, MapShape, Shape, StringShape, StructureShape

MAX_REPORTED = 10
"""How many violations one answer lists; the count in its first words is of all of them."""
MOST_DEEP = 64
"""Objects and lists within one another in a request; what Lex has a name for needs a dozen. How
deep Python may go is no bound: any library of the process may raise it."""

_Violations = Iterator[str]


def validate(value: object, shape: Shape) -> None:
    """Raise `ValidationError` naming each part of `value` that breaks the limits of `shape`."""
    if _is_deeper(value, MOST_DEEP):
        raise ValidationError("The request is nested too deeply")
    violations = list(_violations(value, shape, ""))
    if not violations:
        return
    noun = "error" if len(violations) == 1 else "errors"
    listed = "; ".join(violations[:MAX_REPORTED])
    raise ValidationError(f"{len(violations)} validation {noun} detected: {listed}")


def _is_deeper(value: object, most: int) -> bool:
    level = [value]
    for _ in range(most + 1):
        level = [inner for one in level for inner in _within(one)]
        if not level:
            return False
    return True


def _within(value: object) -> Iterable[object]:
    if isinstance(value, Mapping):
        return value.values()
    return value if isinstance(value, list) else ()


def _violations(value: object, shape: Shape, path: str) -> _Violations:
    check = _CHECKS.get(shape.type_name)
    if check is not None:
        yield from check(value, shape, path)


def _failed(path: str, constraint: str) -> str:
    return f"Value at '{path}' failed to satisfy constraint: {constraint}"


def _bounds(size: int, shape: Shape, path: str, what: str) -> _Violations:
    minimum = shape.metadata.get("min")
    maximum = shape.metadata.get("max")
    if minimum is not None and size < minimum:
        yield _failed(path, f"Member must have {what} greater than or equal to {minimum}")
    if maximum is not None and size > maximum:
        yield _failed(path, f"Member must have {what} less than or equal to {maximum}")


@lru_cache(maxsize=64)
def _pattern(source: str) -> re.Pattern[str]:
    return re.compile(source)


def _string(value: object, shape: StringShape, path: str) -> _Violations:
    if not isinstance(value, str):
        yield _failed(path, "Member must be a string")
        return
    yield from _bounds(utf16_length(value), shape, path, "length")
    if shape.enum and value not in shape.enum:
        yield _failed(path, f"Member must satisfy enum value set: [{', '.join(shape.enum)}]")
    # A length that is wrong already is reported alone: a pattern over a huge text costs time.
    pattern = shape.metadata.get("pattern")
    too_long = len(value) > shape.metadata.get("max", len(value))
    if pattern and not too_long and not _pattern(pattern).fullmatch(value):
        yield _failed(path, f"Member must satisfy regular expression pattern: {pattern}")


def _integer(value: object, shape: Shape, path: str) -> _Violations:
    if isinstance(value, bool) or not isinstance(value, int):
        yield _failed(path, "Member must be an integer")
        return
    yield from _bounds(value, shape, path, "value")


def _number(value: object, _shape: Shape, path: str) -> _Violations:
    if isinstance(value, bool) or not isinstance(value, int | float):
        yield _failed(path, "Member must be a number")


def _list(value: object, shape: ListShape, path: str) -> _Violations:
    if not isinstance(value, list):
        yield _failed(path, "Member must be a list")
        return
    yield from _bounds(len(value), shape, path, "length")
    for number, member in enumerate(value, start=1):
        yield from _present(member, shape.member, f"{path}.{number}.member")


def _map(value: object, shape: MapShape, path: str) -> _Violations:
    if not isinstance(value, Mapping):
        yield _failed(path, "Member must be a map")
        return
    yield from _bounds(len(value), shape, path, "length")
    for key, member in value.items():
        yield from _violations(key, shape.key, f"{path}.key")
        # A slot that was never filled travels as null; every other map holds strings.
        if member is not None or shape.value.type_name != "structure":
            yield from _present(member, shape.value, f"{path}.value")


def _structure(value: object, shape: StructureShape, path: str) -> _Violations:
    if not isinstance(value, Mapping):
        yield _failed(path, "Member must be an object")
        return
    for name, member_shape in shape.members.items():
        member_path = f"{path}.{name}" if path else name
        member = value.get(name)
        if member is not None:
            yield from _violations(member, member_shape, member_path)
        elif name in shape.required_members:
            yield _failed(member_path, "Member must not be null")


def _present(value: object, shape: Shape, path: str) -> _Violations:
    if value is None:
        yield _failed(path, "Member must not be null")
        return
    yield from _violations(value, shape, path)


_CHECKS: dict[str, Callable[[Any, Any, str], _Violations]] = {
    "string": _string,
    "integer": _integer,
    "long": _integer,
    "double": _number,
    "float": _number,
    "list": _list,
    "map": _map,
    "structure": _structure,
}
