"""The propensities as they are stored: one JSON file with its hash, numbers and names only.

A propensity is a straight line over its columns, or boosted trees, or both mixed: `share` of the
trees' margin and the rest of the line's. Training chooses, by what held on later rows.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import mul
from typing import Any, Final

from fulfillment.fraud.model.artefact import ModelError, canonical, content_hash, logistic
from fulfillment.fraud.model.forest import Forest, ForestError, read_tree
from fulfillment.personalization.model.inputs import (
    SCHEMA_VERSION,
    Head,
    InputError,
    Row,
    column_names,
    head_named,
    vector,
)

FORMAT: Final = 1
NAME: Final = "teller-personalization"


@dataclass(frozen=True, slots=True)
class Propensity:
    """One head, learnt. `words` are the values of its kinds that training saw."""

    head: Head
    words: Mapping[str, Sequence[str]]
    weights: Sequence[float]
    bias: float
    forest: Forest | None
    share: float

    def probability(self, row: Row) -> float:
        """That a customer with these inputs takes the product, 0 to 1. Raises `InputError`."""
        return logistic(self.margin(vector(self.head, self.words, row)))

    def margin(self, columns: Sequence[float]) -> float:
        """The log odds of a row's columns."""
        straight = sum(map(mul, self.weights, columns), self.bias) if self.share < 1 else 0.0
        grown = self.forest.margin(columns) if self.forest and self.share else 0.0
        return self.share * grown + (1.0 - self.share) * straight


@dataclass(frozen=True, slots=True)
class Propensities:
    """The model in a file; `facts` is what else it says of itself, for reports."""

    name: str
    version: str
    content_hash: str
    of: Mapping[str, Propensity]
    facts: Mapping[str, Any]

    def product_of(self, row: Row) -> str:
        """Of which served product a row tells enough: that which reads most of it, the first
        there is. Raises `InputError`."""
        known = {
            name: len(one.head.inputs)
            for name, one in self.of.items()
            if one.head.served and all(needed.name in row for needed in one.head.inputs)
        }
        if not known:
            raise InputError("the row has the inputs of no propensity; GET /ping lists them")
        return max(known, key=known.__getitem__)


def read_propensities(text: str | bytes) -> Propensities:
    """The model in a file. Raises `ModelError`."""
    try:
        raw = json.loads(text)
    except ValueError as fault:
        raise ModelError("the model is not JSON") from fault
    if not isinstance(raw, dict) or (raw.get("format"), raw.get("name")) != (FORMAT, NAME):
        raise ModelError(f"the file is no {NAME} of format {FORMAT}")
    if content_hash(raw) != raw.get("hash"):
        raise ModelError("the model's hash is not its content's: it was changed or cut short")
    if raw.get("schema_version") != SCHEMA_VERSION:
        raise ModelError("the model was made for other inputs than these: train it again")
    try:
        of = {name: _propensity(name, one) for name, one in raw["heads"].items()}
    except (ForestError, InputError, KeyError, TypeError) as fault:
        raise ModelError(f"a propensity cannot be read: {fault}") from fault
    facts = {key: value for key, value in raw.items() if key != "heads"}
    return Propensities(raw["name"], str(raw["version"]), raw["hash"], of, facts)


def write_propensities(raw: Mapping[str, Any]) -> str:
    """The file of a model's parts, with its hash. The same parts give the same bytes."""
    whole = {"format": FORMAT, "name": NAME, "schema_version": SCHEMA_VERSION, **raw}
    return canonical({**whole, "hash": content_hash(whole)})


def _propensity(name: str, raw: Mapping[str, Any]) -> Propensity:
    head = head_named(name)
    if raw["inputs"] != [needed.name for needed in head.inputs]:
        raise ModelError(f"{name} was trained on other inputs than these: train it again")
    words = {kind: tuple(values) for kind, values in raw["words"].items()}
    width = len(column_names(head, words))
    weights = tuple(float(weight) for weight in raw["weights"])
    if len(weights) != width:
        raise ModelError(f"{name} has {len(weights)} weights for {width} columns")
    trees = [read_tree(tree, width) for tree in raw["trees"]]
    forest = Forest(trees, width) if trees else None
    return Propensity(head, words, weights, float(raw["bias"]), forest, float(raw["share"]))
