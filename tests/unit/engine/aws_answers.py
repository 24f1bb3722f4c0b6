"""Whether an answer has the shape that AWS's model gives it, strictly."""

from __future__ import annotations

from typing import Any

from bot.runtime.validation import validate
from bot.runtime.wire_model import operation


def check_answer(answer: dict[str, Any], name: str) -> None:
    """Raises `ValidationError` when the operation called `name` could not have answered so."""
    validate(_interpreted(answer), operation(name).output)


def _interpreted(wire: Any) -> Any:
    """AWS's model knows no null; Lex sends it for the reading of an ambiguous value."""
    if isinstance(wire, dict):
        return {
            key: "null" if key == "interpretedValue" and value is None else _interpreted(value)
            for key, value in wire.items()
        }
    return [_interpreted(item) for item in wire] if isinstance(wire, list) else wire
