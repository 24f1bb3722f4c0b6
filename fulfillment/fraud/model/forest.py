"""Boosted trees as data, evaluated by the standard library alone, fast enough for any Lambda.

Walking two hundred trees node by node costs Python some forty microseconds. Here every tree owns
one byte of a long integer, a bit for each leaf. For each feature the thresholds of all trees are
sorted, and for each gap between two thresholds one mask is kept that strikes out every leaf which
a value in that gap cannot reach; a row is then one bisection and one AND a feature, and the lowest
bit left in a tree's byte is its leaf (the idea of QuickScorer, Lucchese et al., SIGIR 2015).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import getitem
from typing import Any, Final, cast

MAX_LEAVES: Final = 8
"""Of one tree: as many as a byte has bits."""

# For a byte, the number of its lowest bit that is set.
_LOWEST_BIT: Final = bytes(((byte & -byte).bit_length() - 1) if byte else 0 for byte in range(256))


class ForestError(ValueError):
    """The trees are not well formed; the message says which and how."""


@dataclass(frozen=True, slots=True)
class Tree:
    """One tree. A child that is not negative is a split, a negative one is leaf `~child`.

    At a split, a value up to and including the threshold goes left. `split_cover` and `leaf_cover`
    are how many training rows came by: the weights of exact contributions.
    """

    feature: tuple[int, ...]
    threshold: tuple[float, ...]
    left: tuple[int, ...]
    right: tuple[int, ...]
    value: tuple[float, ...]
    split_cover: tuple[int, ...]
    leaf_cover: tuple[int, ...]


def read_tree(raw: Mapping[str, Any], features: int) -> Tree:
    """A tree from its JSON object. Raises `ForestError` when it is not one."""
    try:
        tree = Tree(*(tuple(raw[name]) for name in Tree.__slots__))
    except (KeyError, TypeError) as fault:
        raise ForestError(f"a tree lacks {fault}") from fault
    splits, leaves = len(tree.feature), len(tree.value)
    sizes = {len(part) for part in (tree.threshold, tree.left, tree.right, tree.split_cover)}
    if splits != leaves - 1 or sizes - {splits} or len(tree.leaf_cover) != leaves:
        raise ForestError("a tree's lists are not as long as they must be")
    if leaves > MAX_LEAVES:
        raise ForestError(f"a tree has {leaves} leaves; {MAX_LEAVES} are the most")
    if any(not 0 <= feature < features for feature in tree.feature):
        raise ForestError("a tree splits on a feature that is not in the list")
    if sorted(leaves_below(tree, 0 if splits else ~0)) != list(range(leaves)):
        raise ForestError("a tree's splits do not lead to each of its leaves once")
    return tree


def tree_json(tree: Tree) -> dict[str, list[float]]:
    return {name: list(getattr(tree, name)) for name in Tree.__slots__}


def leaves_below(tree: Tree, child: int) -> Iterator[int]:
    """The leaves under a child, from left to right. Raises `ForestError` for a circle."""
    waiting, seen = [child], 0
    while waiting:
        node = waiting.pop()
        seen += 1
        if seen > 2 * MAX_LEAVES:
            raise ForestError("a tree's splits lead in a circle")
        if node < 0:
            yield ~node
        elif node < len(tree.feature):
            waiting += [tree.right[node], tree.left[node]]
        else:
            raise ForestError("a tree's split leads nowhere")


class Forest:
    """The sum of many trees' leaves: a margin in log odds."""

    def __init__(self, trees: Sequence[Tree], features: int) -> None:
        self.trees = tuple(trees)
        self.features = features
        self._whole = int.from_bytes(b"\xff" * len(trees), "little")
        self._tables = _tables(trees, self._whole)
        # A leaf's bit is its place from left to right; its value is kept at that place.
        self._values = [
            tuple(tree.value[leaf] for leaf in leaves_below(tree, 0 if tree.feature else ~0))
            for tree in trees
        ]

    def margin(self, row: Sequence[float]) -> float:
        """The log odds for one row of finite values, one for each feature."""
        alive = self._whole
        for feature, thresholds, masks in self._tables:
            alive &= masks[bisect_left(thresholds, row[feature])]
        leaves = alive.to_bytes(len(self.trees), "little").translate(_LOWEST_BIT)
        return sum(cast("Iterator[float]", map(getitem, self._values, leaves)), 0.0)


_Table = tuple[int, list[float], list[int]]


def _tables(trees: Sequence[Tree], whole: int) -> list[_Table]:
    """For each feature used: its thresholds in order, and a mask for each gap between them."""
    strikes: dict[int, dict[float, int]] = {}
    for number, tree in enumerate(trees):
        order = {
            leaf: place for place, leaf in enumerate(leaves_below(tree, 0 if tree.feature else ~0))
        }
        for split, feature in enumerate(tree.feature):
            struck = sum(1 << order[leaf] for leaf in leaves_below(tree, tree.left[split]))
            of_feature = strikes.setdefault(feature, {})
            threshold = tree.threshold[split]
            of_feature[threshold] = of_feature.get(threshold, 0) | struck << 8 * number
    tables: list[_Table] = []
    for feature, by_threshold in sorted(strikes.items()):
        thresholds, masks = sorted(by_threshold), [whole]
        for threshold in thresholds:
            # A value above the threshold goes right, and no leaf to the left can be reached.
            masks.append(masks[-1] & ~by_threshold[threshold])
        tables.append((feature, thresholds, masks))
    return tables
