"""Event filtering as Lambda does it: a record that no pattern wants is passed over."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Pattern = Mapping[str, Any]
_MISSING = object()


class UnknownPatternError(ValueError):
    """A pattern uses an operator that is not known here."""


def read_patterns(texts: Sequence[str]) -> list[Pattern]:
    """Raises `UnknownPatternError` or `ValueError` for what is no pattern."""
    patterns = [json.loads(text) for text in texts]
    for pattern in patterns:
        _check(pattern)
    return patterns


def wanted(record: Mapping[str, Any], patterns: Sequence[Pattern]) -> bool:
    """Whether any of `patterns` wants the record; with no pattern, every record is wanted."""
    return not patterns or any(_matches(record, pattern) for pattern in patterns)


def _check(pattern: Any) -> None:
    if isinstance(pattern, dict):
        for inner in pattern.values():
            _check(inner)
        return
    if not isinstance(pattern, list):
        raise UnknownPatternError(f"{pattern!r} stands where a list of values should")
    for rule in pattern:
        if isinstance(rule, dict) and not set(rule) <= _OPERATORS.keys():
            raise UnknownPatternError(f"the operators {sorted(rule)} are not known")


def _matches(value: Any, pattern: Any) -> bool:
    if isinstance(pattern, dict):
        inside = value if isinstance(value, dict) else {}
        return all(_matches(inside.get(key, _MISSING), rule) for key, rule in pattern.items())
    return any(_meets(value, rule) for rule in pattern)


def _meets(value: Any, rule: Any) -> bool:
    if not isinstance(rule, dict):
        return value is not _MISSING and bool(value == rule)
    return all(_OPERATORS[name](value, wish) for name, wish in rule.items())


def _prefix(value: Any, wish: str) -> bool:
    return isinstance(value, str) and value.startswith(wish)


def _suffix(value: Any, wish: str) -> bool:
    return isinstance(value, str) and value.endswith(wish)


def _exists(value: Any, wish: bool) -> bool:
    return (value is not _MISSING) is wish


def _anything_but(value: Any, wish: Any) -> bool:
    refused = wish if isinstance(wish, list) else [wish]
    return value is not _MISSING and value not in refused


_OPERATORS: Mapping[str, Callable[[Any, Any], bool]] = {
    "prefix": _prefix,
    "suffix": _suffix,
    "exists": _exists,
    "anything-but": _anything_but,
}
