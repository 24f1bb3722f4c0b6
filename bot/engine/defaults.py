"""A slot's default: the first literal, session attribute or context attribute that has a value.

Source: Lex V2 developer guide, "Using default slot values".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.definition.model import Slot
from bot.engine.session import ActiveContext


def default_for(
    slot: Slot, attributes: Mapping[str, str], contexts: Sequence[ActiveContext]
) -> str | None:
    """`#context.attribute`, `[attribute]` or a literal, in the definition's order."""
    for default in slot.defaults:
        value = _resolve(default, attributes, contexts)
        if value:
            return value
    return None


def _resolve(
    default: str, attributes: Mapping[str, str], contexts: Sequence[ActiveContext]
) -> str | None:
    if default.startswith("[") and default.endswith("]"):
        return attributes.get(default[1:-1])
    if not default.startswith("#"):
        return default
    name, _, attribute = default[1:].partition(".")
    return next((c.attributes.get(attribute) for c in contexts if c.name == name), None)
