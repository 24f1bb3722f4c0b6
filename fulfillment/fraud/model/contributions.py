"""Exactly how much each feature moved a score: Shapley values of the trees, without a library.

Path-dependent TreeSHAP (Lundberg, Erion, Lee 2018): a feature that is "not known" sends a row down
both ways, weighted by how many training rows went there. Trees this small allow it leaf by leaf,
since a path has few features. What a tree adds depends only on which way each of its splits sends
the row, so those sums are remembered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import factorial
from operator import mul

from fulfillment.fraud.model.forest import Forest, Tree

_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class Contributions:
    """`base` is the margin of an average row; with `by_feature` it adds up to the row's margin."""

    base: float
    by_feature: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Step:
    """One feature on the way to a leaf: the splits it must pass, and the share that would anyway.

    `splits` are (split, goes left) pairs, `share` the product of their covers' ratios.
    """

    feature: int
    splits: tuple[tuple[int, bool], ...]
    share: float


@dataclass(frozen=True, slots=True)
class _Leaf:
    value: float
    steps: tuple[_Step, ...]


class Explainer:
    """Contributions to the margins of one forest."""

    def __init__(self, forest: Forest) -> None:
        self._forest = forest
        self._paths = [_paths(tree) for tree in forest.trees]
        self._base = sum(_expected(leaves) for leaves in self._paths)
        self._of_tree = lru_cache(maxsize=_REMEMBERED)(self._tree)

    def explain(self, row: Sequence[float]) -> Contributions:
        """The contributions for one row of finite values."""
        totals = [0.0] * self._forest.features
        for number, tree in enumerate(self._forest.trees):
            ways = tuple(
                [
                    row[feature] <= threshold
                    for feature, threshold in zip(tree.feature, tree.threshold, strict=True)
                ]
            )
            for feature, share in self._of_tree(number, ways):
                totals[feature] += share
        return Contributions(self._base, tuple(totals))

    def forget(self) -> None:
        """Let go of what is remembered of earlier rows."""
        self._of_tree.cache_clear()

    def _tree(self, number: int, ways: tuple[bool, ...]) -> tuple[tuple[int, float], ...]:
        totals: dict[int, float] = {}
        for leaf in self._paths[number]:
            for feature, share in _leaf_shares(leaf, ways):
                totals[feature] = totals.get(feature, 0.0) + share
        return tuple(totals.items())


def _paths(tree: Tree) -> list[_Leaf]:
    found: list[_Leaf] = []

    def go(child: int, cover: int, way: list[tuple[int, bool, float]]) -> None:
        if child < 0:
            found.append(_Leaf(tree.value[~child], _steps(tree, way)))
            return
        for goes_left, below in ((True, tree.left[child]), (False, tree.right[child])):
            of_child = tree.leaf_cover[~below] if below < 0 else tree.split_cover[below]
            go(below, of_child, [*way, (child, goes_left, of_child / cover)])

    if tree.feature:
        go(0, tree.split_cover[0], [])
    else:
        found.append(_Leaf(tree.value[0], ()))
    return found


def _steps(tree: Tree, way: Sequence[tuple[int, bool, float]]) -> tuple[_Step, ...]:
    """The way to a leaf by feature: one that is asked twice must pass both, and counts once."""
    steps: dict[int, _Step] = {}
    for split, goes_left, share in way:
        feature = tree.feature[split]
        before = steps.get(feature, _Step(feature, (), 1.0))
        steps[feature] = _Step(feature, (*before.splits, (split, goes_left)), before.share * share)
    return tuple(steps.values())


def _expected(leaves: Sequence[_Leaf]) -> float:
    total = 0.0
    for leaf in leaves:
        weight = leaf.value
        for step in leaf.steps:
            weight *= step.share
        total += weight
    return total


def _leaf_shares(leaf: _Leaf, ways: tuple[bool, ...]) -> list[tuple[int, float]]:
    """What the leaf's value adds for each feature on its way.

    The value counts for a set of known features as the product, over the path, of 1 or 0 for a
    known one (it passes or not) and of its share for an unknown one. A set that knows a feature
    that does not pass is worth nothing, so only those that pass are drawn.
    """
    passing: list[_Step] = []
    failing: list[int] = []
    without = leaf.value
    for step in leaf.steps:
        for split, left in step.splits:
            if ways[split] is not left:
                failing.append(step.feature)
                without *= step.share
                break
        else:
            passing.append(step)
    if without == 0.0:
        return []
    weights = _weights(len(leaf.steps)) if leaf.steps else ()
    shares = [step.share for step in passing]
    told = []
    for place, step in enumerate(passing):
        others = shares[:place] + shares[place + 1 :]
        told.append((step.feature, without * _weighed(others, weights) * (1.0 - step.share)))
    if failing:
        every = -without * _weighed(shares, weights)
        told += [(feature, every) for feature in failing]
    return told


def _weighed(shares: Sequence[float], weights: Sequence[float]) -> float:
    """Over every set of the features with these shares: its Shapley weight times its product."""
    # By hand for the few features that most paths have, since this is where the time goes.
    if not shares:
        return weights[0]
    if len(shares) == 1:
        return shares[0] * weights[0] + weights[1]
    if len(shares) == 2:
        one, two = shares
        return one * two * weights[0] + (one + two) * weights[1] + weights[2]
    by_size = [1.0]  # by_size[k]: the sum over the sets of k known ones of the others' shares
    for share in shares:
        grown = [*(term * share for term in by_size), 0.0]
        for size, term in enumerate(by_size, start=1):
            grown[size] += term
        by_size = grown
    return float(sum(map(mul, by_size, weights)))


@cache
def _weights(players: int) -> tuple[float, ...]:
    """Shapley's weight of a set by its size, for one player joining among `players`."""
    whole = factorial(players)
    return tuple(factorial(k) * factorial(players - k - 1) / whole for k in range(players))
