"""What the condition expressions of a definition refer to, by the grammar that the engine runs."""

from __future__ import annotations

from bot.engine.condition_syntax import (
    Both,
    Call,
    Comparison,
    ConditionError,
    Either,
    Expression,
    Not,
    Reference,
    parse,
)

__all__ = ["ConditionError", "contexts_in_condition", "slots_in_condition"]


def slots_in_condition(expression: str) -> list[str]:
    """The slots of a condition, as `Slot` or `Intent.Slot`. Raises `ConditionError`."""
    return [text[1:-1] for text in _references(parse(expression)) if text.startswith("{")]


def contexts_in_condition(expression: str) -> list[str]:
    """The contexts of a condition (`#context.attribute`). Raises `ConditionError`."""
    found = [text for text in _references(parse(expression)) if text.startswith("#")]
    return [text[1:].partition(".")[0] for text in found]


def _references(tree: Expression) -> list[str]:
    if isinstance(tree, Reference):
        return [tree.text]
    if isinstance(tree, Not):
        return _references(tree.of)
    if isinstance(tree, Call):
        return [text for argument in tree.arguments for text in _references(argument)]
    if isinstance(tree, Comparison | Both | Either):
        return [*_references(tree.left), *_references(tree.right)]
    return []
