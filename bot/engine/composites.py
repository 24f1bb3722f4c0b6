"""Decides which part of a composite slot is asked for next, and when the slot is whole.

The expression names the parts: `(city AND state) OR zip`. The branch that has most parts filled is
followed, the leftmost among equals (inferred).
"""

from __future__ import annotations

import itertools
import re
from functools import lru_cache

from bot.definition.model import Composition
from bot.engine.session import SlotState

_TOKEN = re.compile(r"\(|\)|[\w-]+")
_MOST_BRANCHES = 64

Branches = tuple[tuple[str, ...], ...]


def missing_part(composition: Composition, state: SlotState | None) -> str | None:
    """The part to ask for next, None when the slot is whole."""
    has = {name for name, part in (state.sub_slots if state else {}).items() if part is not None}
    parts = tuple(part.name for part in composition.parts)
    named = [set(branch).issubset(parts) for branch in branches_of(composition.expression)]
    # An expression that names what is no part cannot be met: then every part is needed.
    branches = branches_of(composition.expression) if named and all(named) else (parts,)
    best = max(branches, key=lambda branch: len(has.intersection(branch)))
    whole = any(has.issuperset(branch) for branch in branches)
    return None if whole else next(part for part in best if part not in has)


@lru_cache(maxsize=256)
def branches_of(expression: str) -> Branches:
    """The sets of parts that each make the slot whole, left to right; none if it does not parse."""
    try:
        found, rest = _either(_TOKEN.findall(expression))
    except (IndexError, RecursionError):
        return ()
    return () if rest else found


def _either(tokens: list[str]) -> tuple[Branches, list[str]]:
    left, tokens = _both(tokens)
    while tokens and tokens[0].upper() == "OR":
        right, tokens = _both(tokens[1:])
        left = (*left, *right)[:_MOST_BRANCHES]
    return left, tokens


def _both(tokens: list[str]) -> tuple[Branches, list[str]]:
    left, tokens = _part(tokens)
    while tokens and tokens[0].upper() == "AND":
        right, tokens = _part(tokens[1:])
        pairs = itertools.islice(itertools.product(left, right), _MOST_BRANCHES)
        left = tuple(tuple(dict.fromkeys((*a, *b))) for a, b in pairs)
    return left, tokens


def _part(tokens: list[str]) -> tuple[Branches, list[str]]:
    if tokens[0] != "(":
        return ((tokens[0],),), tokens[1:]
    inner, rest = _either(tokens[1:])
    return inner, rest[1:]
