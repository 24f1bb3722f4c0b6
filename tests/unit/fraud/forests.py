"""Small random trees, and the slow, plain way to evaluate and to explain them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import combinations
from math import factorial

from fulfillment.fraud.model.forest import Tree


def random_tree(dice: random.Random, features: int, leaves: int) -> Tree:
    """A tree grown leaf by leaf, as LightGBM does, with covers that add up."""
    feature: list[int] = []
    threshold: list[float] = []
    left: list[int] = []
    right: list[int] = []
    cover = [1000]
    value = [dice.gauss(0, 1)]
    while len(value) < leaves:
        grown = dice.randrange(len(value))
        if cover[grown] < 4:
            continue
        split = len(feature)
        for children in (left, right):
            if ~grown in children:
                children[children.index(~grown)] = split
        feature.append(dice.randrange(features))
        threshold.append(dice.choice([-0.5, 0.0, 0.25, 0.5, 1.5]))
        left.append(~grown)
        right.append(~len(value))
        goes_right = dice.randrange(1, cover[grown])
        cover[grown] -= goes_right
        cover.append(goes_right)
        value.append(dice.gauss(0, 1))
    covers = [_below(child, left, right, cover) for child in range(len(feature))]
    return Tree(
        tuple(feature), tuple(threshold), tuple(left), tuple(right), tuple(value),
        tuple(covers), tuple(cover),
    )  # fmt: skip


def _below(child: int, left: Sequence[int], right: Sequence[int], cover: Sequence[int]) -> int:
    if child < 0:
        return cover[~child]
    return _below(left[child], left, right, cover) + _below(right[child], left, right, cover)


def walk(tree: Tree, row: Sequence[float]) -> float:
    """The leaf's value, node by node."""
    node = 0 if tree.feature else ~0
    while node >= 0:
        goes_left = row[tree.feature[node]] <= tree.threshold[node]
        node = tree.left[node] if goes_left else tree.right[node]
    return tree.value[~node]


def expected(tree: Tree, row: Sequence[float], known: frozenset[int]) -> float:
    """The mean value when only the features in `known` are: the others go both ways by cover."""

    def at(node: int) -> float:
        if node < 0:
            return tree.value[~node]
        if tree.feature[node] in known:
            goes_left = row[tree.feature[node]] <= tree.threshold[node]
            return at(tree.left[node] if goes_left else tree.right[node])
        covers = [
            tree.leaf_cover[~child] if child < 0 else tree.split_cover[child]
            for child in (tree.left[node], tree.right[node])
        ]
        parts = [at(tree.left[node]), at(tree.right[node])]
        return sum(c * p for c, p in zip(covers, parts, strict=True)) / sum(covers)

    return at(0 if tree.feature else ~0)


def shapley(trees: Sequence[Tree], row: Sequence[float]) -> list[float]:
    """Shapley's formula as it stands in the books: over every set of the other features."""
    everyone = range(len(row))
    values = []
    for feature in everyone:
        others = [one for one in everyone if one != feature]
        total = 0.0
        for size in range(len(others) + 1):
            weight = factorial(size) * factorial(len(others) - size) / factorial(len(row))
            for chosen in combinations(others, size):
                known = frozenset(chosen)
                total += weight * sum(
                    expected(t, row, known | {feature}) - expected(t, row, known) for t in trees
                )
        values.append(total)
    return values
