"""Conditions and keys in words, and where in the bank's code a transaction was made."""

from __future__ import annotations

from collections.abc import Mapping
from types import FrameType
from typing import Any

from tests.simulation.dynamo import grammar

_STORE = "/fulfillment/store/"
_BOOKKEEPING = ("ver", "lt", "settled", "ending", "#ttl")
_SENDING = ("sending.py", "writes.py", "reading.py")


def in_words(node: grammar.Condition | grammar.Operand) -> str:
    """The text of a condition, as it might have been written."""
    match node:
        case grammar.Path(name) | grammar.Value(name):
            return name
        case grammar.All(terms):
            return " AND ".join(_grouped(term) for term in terms)
        case grammar.Either(terms):
            return " OR ".join(_grouped(term) for term in terms)
        case grammar.Not(term):
            return f"NOT {_grouped(term)}"
        case grammar.Call(function, path, None):
            return f"{function}({in_words(path)})"
        case grammar.Call(function, path, argument) if argument is not None:
            return f"{function}({in_words(path)}, {in_words(argument)})"
        case grammar.Comparison(left, sign, right):
            return f"{in_words(left)} {sign} {in_words(right)}"
        case grammar.Among(value, choices):
            return f"{in_words(value)} IN ({', '.join(map(in_words, choices))})"
        case grammar.Between(value, low, high):
            return f"{in_words(value)} BETWEEN {in_words(low)} AND {in_words(high)}"
        case _:
            raise TypeError(f"no condition: {node}")


def _worth(left: grammar.Operand | grammar.IfNotExists) -> str:
    if isinstance(left, grammar.IfNotExists):
        return f"if_not_exists({in_words(left.path)}, {in_words(left.other)})"
    return in_words(left)


def family(key: tuple[str, str]) -> str:
    """What kind of item a key is of: `C/A` for an account, `C.A/E` for a line on one."""
    partition, sort = key
    words = partition.split("#")
    if words[0] == "C" and len(words) > 2:
        words = ["C", words[2]]
    elif words[0] == "BANK":
        words = ["BANK"]
    else:
        words = words[:1]
    kind = sort.partition("#")[0]
    # What is kept by its time has no kind of its own.
    return f"{'.'.join(words)}/{'at' if kind[:1].isdigit() else kind}"


def written(action: str, request: Mapping[str, Any], key: tuple[str, str]) -> str:
    """A write in short: on what kind of item, and which figures it changes and how."""
    text = f"{action} {family(key)}"
    if action != "Update":
        return text
    change = grammar.update(request["UpdateExpression"])
    sums = [
        f"{_worth(sum_.left)} {sum_.sign} {in_words(sum_.right)}"
        if sum_.sign and sum_.right
        else f"{path.name} = {_worth(sum_.left)}"
        for path, sum_ in change.sets
        if path.name not in _BOOKKEEPING
    ]
    return f"{text}: {', '.join(sums)}" if sums else text


def origin_of(frame: FrameType | None) -> str:
    """The outermost function of the store that a call comes from: what is being done."""
    while frame is not None and _STORE not in frame.f_code.co_filename:
        frame = frame.f_back
    found = ""
    while frame is not None:
        name = frame.f_code.co_filename
        if _STORE not in name:
            if "/tests/simulation/operations" not in name:
                break
        elif not name.endswith(_SENDING):
            found = frame.f_code.co_qualname.removesuffix(".<lambda>")
        frame = frame.f_back
    return found


def _grouped(node: grammar.Condition) -> str:
    text = in_words(node)
    return f"({text})" if isinstance(node, grammar.All | grammar.Either) else text
