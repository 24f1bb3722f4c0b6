"""Reads single keys of an export's JSON, where absent and null mean the same."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


def text_or_none(raw: Json, *names: str) -> str | None:
    """The first of `names` that is there. Raises ValueError when it is no text."""
    value = next((raw[name] for name in names if raw.get(name) not in (None, "")), None)
    if value is not None and not isinstance(value, str):
        raise ValueError(f"{names[0]} must be a string")
    return value


def flag(raw: Json, name: str) -> bool | None:
    """A switch, None when it is not there. Raises ValueError when it is no switch."""
    value = raw.get(name)
    if value is not None and not isinstance(value, bool):
        raise ValueError(f"{name} must be true or false")
    return value
