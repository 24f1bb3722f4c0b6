"""Says whether a condition holds.

A comparison with something unset is invalid: neither true nor false, and a branch whose condition
is invalid is not taken. AND and OR decide where the other side decides already. Text compares
ignoring case, numbers as numbers, dates and times by time, durations by length. Source: developer
guide, "Add conditions to branch conversations"; how invalid parts combine is inferred.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from bot.definition.model import Intent
from bot.engine.condition_syntax import (
    Both,
    Call,
    Comparison,
    Either,
    Expression,
    Literal,
    Not,
    Operand,
    Reference,
    parse,
)
from bot.engine.references import Scope, values_of

_NUMERIC_TYPES = {"AMAZON.Number", "AMAZON.Percentage", "AMAZON.Currency"}
_DURATION = re.compile(
    r"P(?:(\d{1,9})Y)?(?:(\d{1,9})M)?(?:(\d{1,9})W)?(?:(\d{1,9})D)?"
    r"(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})S)?)?"
)
_SECONDS = (31_557_600, 2_629_800, 604_800, 86_400, 3_600, 60, 1)


def holds(expression: str, scope: Scope, intent: Intent | None) -> bool:
    """Whether `expression` is true; slot types are those of `intent`. Raises `ConditionError`."""
    return _Evaluation(scope, intent).truth(parse(expression)) is True


class _Evaluation:
    def __init__(self, scope: Scope, intent: Intent | None) -> None:
        self._scope = scope
        self._intent = intent

    def truth(self, tree: Expression) -> bool | None:
        """True, False, or None when the expression is invalid."""
        match tree:
            case Not(of):
                inner = self.truth(of)
                return None if inner is None else not inner
            case Both(left, right):
                return _both(self.truth(left), self.truth(right))
            case Either(left, right):
                return _either(self.truth(left), self.truth(right))
            case Comparison():
                return self._compare(tree)
        # A reference, constant or function on its own is true when it says so.
        value = self._value(tree)
        return None if value is None else value.casefold() == "true"

    def _compare(self, tree: Comparison) -> bool | None:
        if tree.operator == "CONTAINS":
            return self._contains(tree.left, tree.right)
        left, right = self._value(tree.left), self._value(tree.right)
        if tree.right == Literal(None):
            return {"=": left is None, "!=": left is not None}.get(tree.operator)
        if left is None or right is None:
            return None
        return _ordered(tree.operator, *self._alike(left, right, tree))

    def _alike(self, left: str, right: str, tree: Comparison) -> tuple[object, object]:
        """Both sides as values of one kind."""
        numeric = self._is_numeric(tree.left) or (
            isinstance(tree.right, Literal) and tree.right.is_number
        )
        numbers = _number(left), _number(right)
        orders = tree.operator not in ("=", "!=")
        if None not in numbers and (numeric or (orders and not self._is_slot(tree.left))):
            return numbers
        durations = _duration(left), _duration(right)
        if None not in durations:
            return durations
        return _folded(left), _folded(right)

    def _is_slot(self, operand: Operand) -> bool:
        return isinstance(operand, Reference) and operand.text.startswith("{")

    def _is_numeric(self, operand: Operand) -> bool:
        if isinstance(operand, Call):
            return operand.function in ("COUNT", "LENGTH")
        if not self._is_slot(operand) or not isinstance(operand, Reference) or not self._intent:
            return False
        slot = self._intent.slot(operand.text[1:-1].rpartition(".")[2])
        return slot is not None and slot.type_name in _NUMERIC_TYPES

    def _contains(self, left: Operand, right: Operand) -> bool | None:
        """A list has the value, or a text has the words in it (inferred)."""
        wanted = self._value(right)
        values = self._values(left)
        if wanted is None or not values:
            return None
        if self._is_list(left):
            return _folded(wanted) in {_folded(value) for value in values}
        return _folded(wanted) in _folded(",".join(values))

    def _is_list(self, operand: Operand) -> bool:
        if not isinstance(operand, Reference) or not self._is_slot(operand):
            return False
        state = self._scope.slot(operand.text[1:-1])
        return state is not None and state.shape == "List"

    def _values(self, operand: Operand) -> tuple[str, ...]:
        if isinstance(operand, Reference) and self._is_slot(operand):
            state = self._scope.slot(operand.text[1:-1])
            return values_of(state) if state else ()
        value = self._value(operand)
        return () if value is None else tuple(item.strip() for item in value.split(","))

    def _value(self, operand: Operand) -> str | None:
        match operand:
            case Literal(value):
                return value
            case Call(function, arguments):
                return self._call(function, arguments)
            case Reference(text) if text.startswith("{"):
                # A list compares as its values with commas between them.
                return ",".join(self._values(operand)) or None
        return self._scope.value(operand.text)

    def _call(self, function: str, arguments: tuple[Operand, ...]) -> str | None:
        if function in ("IS_NULL", "IS_SET"):
            unset = self._value(arguments[0]) is None
            return str(unset is (function == "IS_NULL")).lower()
        if function == "COUNT":
            return str(len(self._values(arguments[0])))
        if function == "CONTAINS":
            found = self._contains(arguments[0], arguments[1])
            return None if found is None else str(found).lower()
        value = self._value(arguments[0])
        return None if value is None else str(len(value))


def _both(left: bool | None, right: bool | None) -> bool | None:
    if left is False or right is False:
        return False
    return None if left is None or right is None else True


def _either(left: bool | None, right: bool | None) -> bool | None:
    if left or right:
        return True
    return None if left is None or right is None else False


def _ordered(operator: str, left: object, right: object) -> bool:
    if operator in ("=", "!="):
        return (left == right) is (operator == "=")
    less: bool = left < right  # type: ignore[operator]
    if operator in ("<", ">="):
        return less is (operator == "<")
    return (less or left == right) is (operator == "<=")


def _folded(text: str) -> str:
    return re.sub(r"\s*,\s*", ",", text.strip()).casefold()


def _number(text: str) -> Decimal | None:
    """`50%` and `USD 3.00` count as their numbers."""
    bare = re.sub(r"^[A-Z]{3} |%$", "", text.strip())
    try:
        number = Decimal(bare)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _duration(text: str) -> int | None:
    match = _DURATION.fullmatch(text)
    if match is None or not any(match.groups()):
        return None
    amounts = (int(amount or 0) for amount in match.groups())
    return sum(amount * unit for amount, unit in zip(amounts, _SECONDS, strict=True))
