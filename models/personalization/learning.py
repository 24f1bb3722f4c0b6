"""Learns one propensity: a ridge line, few-leaved trees, or both, by what holds on later rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from fulfillment.fraud.model.forest import Forest, Tree, tree_json
from fulfillment.personalization.model.artefact import Propensity
from fulfillment.personalization.model.inputs import Head, Kind, vector
from models.fraud.fitting import REPEATABLE, trees_of
from models.personalization.data import Table

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

_STEPS = 60
_FOLDS = (0.84, 0.92)
"""Where rolling validation cuts the rows: each cut is judged on what comes up to the next."""
_RANDOM = 2026


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to learn. `ridge` pulls the line's weights to zero; a row `half_life` rows older counts
    half as much (0: all count alike); `share` is of the trees in the mix."""

    ridge: float = 30.0
    half_life: int = 0
    share: float = 0.0
    trees: int = 200
    leaves: int = 7
    least: int = 20
    rate: float = 0.05


_STRAIGHT = Recipe(ridge=1000.0, half_life=8000)
RECIPES = {
    True: (
        _STRAIGHT,
        Recipe(ridge=1000.0, half_life=8000, share=0.25, least=80, trees=150),
        Recipe(ridge=30.0, share=0.5, least=80, trees=150),
        Recipe(ridge=30.0, share=1.0, least=80, trees=150),
    ),
    False: (Recipe(), Recipe(share=0.5), Recipe(share=1.0)),
}
"""What is tried for rows in time, where old rows may mislead, and for rows without an order."""


@dataclass(frozen=True, slots=True)
class Learnt:
    """A propensity with the recipe that was chosen and the log loss of each that was tried."""

    propensity: Propensity
    trees: Sequence[Tree]
    recipe: Recipe
    tried: Sequence[tuple[Recipe, float]]

    def as_json(self) -> dict[str, Any]:
        """Its part of the model's file."""
        one = self.propensity
        return {
            "inputs": [needed.name for needed in one.head.inputs],
            "target": one.head.target,
            "words": {name: list(values) for name, values in one.words.items()},
            "weights": list(one.weights),
            "bias": one.bias,
            "share": one.share,
            "trees": [tree_json(tree) for tree in self.trees],
            "recipe": asdict(self.recipe),
        }


def learn(table: Table, recipe: Recipe | None = None) -> Learnt:
    """The propensity of `table`, by `recipe` or by whichever was best on rows held back."""
    words = words_in(table)
    rows = columns(table, words)
    tried: list[tuple[Recipe, float]] = []
    if recipe is None:
        tried = [
            (one, _held_back(table.head, rows, table.labels, one))
            for one in RECIPES[table.head.in_time]
        ]
        recipe = min(tried, key=lambda pair: pair[1])[0]
    weights, bias = _line(rows, table.labels, recipe)
    trees = _trees(rows, table.labels, recipe)
    forest = Forest(trees, rows.shape[1]) if trees else None
    made = Propensity(table.head, words, weights.tolist(), bias, forest, recipe.share)
    return Learnt(made, trees, recipe, tried)


def words_in(table: Table) -> dict[str, tuple[str, ...]]:
    """The values of each kind that the rows have, in order."""
    kinds = [one for one in table.head.inputs if isinstance(one, Kind)]
    return {one.name: tuple(sorted({one.read(row) for row in table.rows})) for one in kinds}


def columns(table: Table, words: Mapping[str, Sequence[str]]) -> Floats:
    """What the rows become."""
    return np.array([vector(table.head, words, row) for row in table.rows], dtype=np.float64)


def margins(one: Propensity, table: Table) -> Floats:
    """The log odds of each row, as serving computes them."""
    return np.array([one.margin(row) for row in columns(table, one.words).tolist()])


def sigmoid(values: Floats) -> Floats:
    said: Floats = 1.0 / (1.0 + np.exp(-np.clip(values, -500, 500)))
    return said


def _held_back(head: Head, rows: Floats, labels: Integers, recipe: Recipe) -> float:
    """Mean log loss on rows that come after those learnt from, or on every fifth of a shuffle."""
    losses = []
    for learnt_from, judged in _folds(head, len(labels)):
        weights, bias = _line(rows[learnt_from], labels[learnt_from], recipe)
        said = (1 - recipe.share) * (rows[judged] @ weights + bias)
        trees = _trees(rows[learnt_from], labels[learnt_from], recipe)
        if trees:
            forest = Forest(trees, rows.shape[1])
            grown = np.array([forest.margin(row) for row in rows[judged].tolist()])
            said = said + recipe.share * grown
        chance = np.clip(sigmoid(said), 1e-9, 1 - 1e-9)
        losses.append(-np.mean(np.where(labels[judged] == 1, np.log(chance), np.log(1 - chance))))
    return float(np.mean(losses))


def _folds(head: Head, count: int) -> list[tuple[Integers, Integers]]:
    if head.in_time:
        ends = [int(share * count) for share in (*_FOLDS, 1.0)]
        return [(np.arange(cut), np.arange(cut, end)) for cut, end in pairwise(ends)]
    shuffled = np.random.default_rng(_RANDOM).permutation(count)
    parts = np.array_split(shuffled, 5)
    return [(np.concatenate([*parts[:n], *parts[n + 1 :]]), parts[n]) for n in range(3)]


def _line(rows: Floats, labels: Integers, recipe: Recipe) -> tuple[Floats, float]:
    """Weights and bias of a logistic ridge line, by Newton's method on standardised columns."""
    age = np.arange(len(labels))[::-1]
    counts = 0.5 ** (age / recipe.half_life) if recipe.half_life else np.ones(len(labels))
    counts = counts * len(counts) / counts.sum()
    middle = np.average(rows, axis=0, weights=counts)
    width = np.sqrt(np.average((rows - middle) ** 2, axis=0, weights=counts))
    width[width < 1e-3] = 1.0
    design = np.column_stack([(rows - middle) / width, np.ones(len(rows))])
    pull = np.r_[np.full(rows.shape[1], recipe.ridge), 1e-9]
    weights = np.zeros(design.shape[1])
    for _ in range(_STEPS):
        said = sigmoid(design @ weights)
        slope = design.T @ (counts * (said - labels)) + pull * weights
        curve = (design * (counts * said * (1 - said))[:, None]).T @ design + np.diag(pull)
        step = np.linalg.solve(curve, slope)
        weights = weights - step
        if np.abs(step).max() < 1e-9:
            break
    plain = weights[:-1] / width
    return plain, float(weights[-1] - plain @ middle)


def _trees(rows: Floats, labels: Integers, recipe: Recipe) -> list[Tree]:
    if not recipe.share:
        return []
    import lightgbm

    data = lightgbm.Dataset(rows, labels, free_raw_data=True)
    how = REPEATABLE | {
        "num_leaves": recipe.leaves, "learning_rate": recipe.rate,
        "min_data_in_leaf": recipe.least, "feature_fraction": 0.7, "bagging_fraction": 0.8,
        "lambda_l2": 1.0, "seed": _RANDOM,
    }  # fmt: skip
    return trees_of(lightgbm.train(how, data, recipe.trees))
