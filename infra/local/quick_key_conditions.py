"""Lets the embedded DynamoDB hold an ordinary key condition against an item without walking it.

A query of the emulator goes through its key condition token by token for each item of the
partition, 11 microseconds an item: of a customer with thousands of lines that was half of what a
turn took. The shapes that key conditions have are read once here. Whatever is otherwise, in shape
or in type, the emulator answers itself.
"""

from __future__ import annotations

import importlib
import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

_REMEMBERED = 2048
_SLOT = "KeyConditionExpression"
_SHAPE = re.compile(
    r"\s*(?P<hash>\w+)\s*=\s*(?P<value>:\w+)(?:\s+AND\s+(?:"
    r"(?P<compared>\w+)\s*(?P<sign>=|<=|<|>=|>)\s*(?P<bound>:\w+)"
    r"|(?P<within>\w+)\s+BETWEEN\s+(?P<low>:\w+)\s+AND\s+(?P<high>:\w+)"
    r"|begins_with\s*\(\s*(?P<begins>\w+)\s*,\s*(?P<prefix>:\w+)\s*\)))?\s*"
)
_SIGNS: Mapping[str, Callable[[str, str], bool]] = {
    "=": operator.eq, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
Attributes = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class KeyCondition:
    """`hash` equals `value`, and `sort`, if any, passes `test` with each bound: all strings."""

    hash: str
    value: str
    sort: str | None = None
    tests: tuple[tuple[Callable[[str, str], bool], str], ...] = ()
    ordered: tuple[str, str] | None = None
    """Bounds of a range that must not be the wrong way round."""

    def holds(self, item: Attributes, values: Attributes) -> bool | None:
        """None for what is not strings throughout, or would be refused."""
        try:
            if self.ordered is not None:
                low, high = self.ordered
                if values[low]["S"] > values[high]["S"]:
                    return None
            equal = item[self.hash]["S"] == values[self.value]["S"]
            if self.sort is None:
                return equal
            found = item[self.sort]["S"]
            passed = [test(found, values[bound]["S"]) for test, bound in self.tests]
        except (KeyError, TypeError):
            return None
        return equal and all(passed)


def read_key_condition(expression: str) -> KeyCondition | None:
    """None for any but the ordinary shapes, without aliases of names."""
    found = _SHAPE.fullmatch(expression)
    if found is None:
        return None
    of = found.groupdict()
    if of["compared"]:
        return KeyCondition(
            of["hash"], of["value"], of["compared"], ((_SIGNS[of["sign"]], of["bound"]),)
        )
    if of["within"]:
        tests = ((operator.ge, of["low"]), (operator.le, of["high"]))
        return KeyCondition(of["hash"], of["value"], of["within"], tests, (of["low"], of["high"]))
    if of["begins"]:
        return KeyCondition(
            of["hash"], of["value"], of["begins"], ((str.startswith, of["prefix"]),)
        )
    return KeyCondition(of["hash"], of["value"])


def hold_key_conditions_quickly() -> Any:
    """Has the emulator's DynamoDB answer so; returns its module. Harmless when twice.

    Raises `AttributeError` when the emulator has no such part any more.
    """
    dynamodb: Any = importlib.import_module("ministack.services.dynamodb")
    evaluate = dynamodb._evaluate_condition

    @lru_cache(_REMEMBERED)
    def known(expression: str) -> KeyCondition | None:
        read = read_key_condition(expression)
        if read is None:
            return None
        try:
            evaluate(expression, {}, {}, {}, slot=_SLOT)
        except ValueError:  # a word that is reserved: what it is told is the emulator's to say
            return None
        return read

    def quickly(
        expression: str, item: Any, values: Any, names: Any, slot: str = "ConditionExpression"
    ) -> Any:
        condition = known(expression) if slot == _SLOT else None
        holds = condition.holds(item, values) if condition is not None else None
        return evaluate(expression, item, values, names, slot=slot) if holds is None else holds

    dynamodb._evaluate_condition = quickly
    return dynamodb
