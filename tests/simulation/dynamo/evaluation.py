"""What a tree of an expression says of an item, and what an update makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.simulation.dynamo import grammar
from tests.simulation.dynamo.errors import invalid

Item = Mapping[str, Mapping[str, Any]]
_DIGITS = 38


@dataclass
class Placeholders:
    """A request's names and values; each must be used and each that is used must be there."""

    names: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @classmethod
    def of(cls, request: Mapping[str, Any], *expressions: str | None) -> Placeholders:
        """Those of a request. Raises a ValidationException for one too many or too few."""
        names = request.get("ExpressionAttributeNames", {})
        values = request.get("ExpressionAttributeValues", {})
        used: frozenset[str] = frozenset()
        for expression in expressions:
            if expression:
                used |= grammar.placeholders(expression)
        given = names.keys() | values.keys()
        if used != given:
            unused, unknown = sorted(given - used), sorted(used - given)
            raise invalid(f"placeholders unused: {unused}, not defined: {unknown}")
        return cls(names, values)

    def name(self, path: grammar.Path) -> str:
        return self.names[path.name] if path.name.startswith("#") else path.name

    def read(self, operand: grammar.Operand, item: Item) -> Mapping[str, Any] | None:
        """The attribute value that an operand stands for, None when the item has none."""
        if isinstance(operand, grammar.Value):
            return self.values[operand.name]
        return item.get(self.name(operand))


def holds(condition: grammar.Condition, item: Item, given: Placeholders) -> bool:
    """Whether `condition` is true of `item` (an empty one where there is none)."""
    match condition:
        case grammar.All(terms):
            return all(holds(term, item, given) for term in terms)
        case grammar.Either(terms):
            return any(holds(term, item, given) for term in terms)
        case grammar.Not(term):
            return not holds(term, item, given)
        case grammar.Call("attribute_exists", path):
            return given.name(path) in item
        case grammar.Call("attribute_not_exists", path):
            return given.name(path) not in item
        case grammar.Call("begins_with", path, grammar.Path() | grammar.Value() as argument):
            whole, start = given.read(path, item), given.read(argument, item)
            return bool(whole and start and str(whole["S"]).startswith(str(start["S"])))
        case grammar.Comparison(left, sign, right):
            return _compare(given.read(left, item), sign, given.read(right, item))
        case grammar.Among(value, choices):
            found = given.read(value, item)
            return any(_compare(found, "=", given.read(one, item)) for one in choices)
        case grammar.Between(value, low, high):
            found = given.read(value, item)
            return _compare(found, ">=", given.read(low, item)) and _compare(
                found, "<=", given.read(high, item)
            )
        case _:
            raise invalid(f"no condition: {condition}")


def _compare(left: Mapping[str, Any] | None, sign: str, right: Mapping[str, Any] | None) -> bool:
    """An attribute that is not there is equal to nothing, less and greater than nothing."""
    if left is None or right is None:
        return sign == "<>" and (left is not None or right is not None)
    (kind, one), (other_kind, other) = *left.items(), *right.items()
    if kind != other_kind:
        return sign == "<>"
    if kind == "N":
        one, other = int(one), int(other)
    match sign:
        case "=":
            return bool(one == other)
        case "<>":
            return bool(one != other)
    if kind not in ("S", "N"):
        raise invalid(f"an operand of type {kind} has no order")
    match sign:
        case "<":
            return bool(one < other)
        case "<=":
            return bool(one <= other)
        case ">":
            return bool(one > other)
        case _:
            return bool(one >= other)


def changed(item: Item, change: grammar.Update, given: Placeholders) -> dict[str, Any]:
    """The item after `change`. Every right side is read from the item as it was before."""
    after = dict(item)
    paths = [given.name(path) for path, _ in change.sets]
    paths += [given.name(path) for path, _ in change.adds]
    paths += [given.name(path) for path in change.removes]
    if len(paths) != len(set(paths)):
        raise invalid("two document paths overlap")
    for path, sum_ in change.sets:
        after[given.name(path)] = _sum(sum_, item, given)
    for path, value in change.adds:
        name = given.name(path)
        after[name] = _added(item.get(name), given.values[value.name])
    for path in change.removes:
        after.pop(given.name(path), None)
    return after


def _added(before: Mapping[str, Any] | None, value: Mapping[str, Any]) -> Mapping[str, Any]:
    """A number goes on a number, and texts into a set of texts; what is not there is nothing."""
    if "SS" in value:
        if before is not None and "SS" not in before:
            raise invalid("an operand of ADD is no set of texts")
        return {"SS": sorted({*value["SS"], *(before or value)["SS"]})}
    return _stored(_number(value, "ADD") + (_number(before, "ADD") if before is not None else 0))


def _sum(sum_: grammar.Sum, item: Item, given: Placeholders) -> Mapping[str, Any]:
    if isinstance(sum_.left, grammar.IfNotExists):
        left = given.read(sum_.left.path, item) or given.read(sum_.left.other, item)
    else:
        left = given.read(sum_.left, item)
    if left is None:
        raise invalid("an attribute of the update expression does not exist in the item")
    if sum_.right is None:
        return left
    right = given.read(sum_.right, item)
    if right is None:
        raise invalid("an attribute of the update expression does not exist in the item")
    one, other = _number(left, "an operator"), _number(right, "an operator")
    return _stored(one + other if sum_.sign == "+" else one - other)


def _number(value: Mapping[str, Any], what: str) -> int:
    if "N" not in value:
        raise invalid(f"an operand of {what} is no number")
    return int(value["N"])


def _stored(number: int) -> dict[str, str]:
    text = str(number)
    if len(text.lstrip("-")) > _DIGITS:
        raise invalid(f"a number of more than {_DIGITS} digits")
    return {"N": text}
