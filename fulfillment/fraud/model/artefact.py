"""The model as it is stored: one JSON file that says everything about itself, and its hash.

Nothing in it can run: trees, features, calibration and what the training data looked like are
numbers and names. A file whose hash is not its content's, or that was made for other features than
these, is refused.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp
from pathlib import Path
from typing import Any, Final

from fulfillment.fraud.features.vector import FEATURES, SCHEMA_VERSION
from fulfillment.fraud.model.forest import Forest, ForestError, read_tree

FORMAT: Final = 1
SHIPPED_MODEL: Final = Path(__file__).parents[1] / "shipped_model" / "model.json"
"""The file that the functions carry."""


class ModelError(ValueError):
    """The file holds no model that this code can use; the message says why."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """Platt's: the probability of a margin is the logistic of `slope * margin + intercept`."""

    slope: float = 1.0
    intercept: float = 0.0

    def probability(self, margin: float) -> float:
        return logistic(self.slope * margin + self.intercept)


@dataclass(frozen=True, slots=True)
class Model:
    """A fraud model. `version` names it in scores, `content_hash` is its file's own.

    `maturity` is the number of days after which labels are taken as known; `facts` is what else the
    file says (training period, statistics, metrics), for reports.
    """

    name: str
    version: str
    content_hash: str
    maturity: int
    forest: Forest
    calibration: Calibration
    facts: Mapping[str, Any]

    def probability(self, row: Sequence[float]) -> float:
        """That a payment with these features is fraud, 0 to 1."""
        return self.calibration.probability(self.forest.margin(row))


def logistic(value: float) -> float:
    if value < 0:
        grown = exp(max(value, -700.0))
        return grown / (1.0 + grown)
    return 1.0 / (1.0 + exp(-min(value, 700.0)))


def read_model(text: str | bytes) -> Model:
    """The model in a file. Raises `ModelError`."""
    try:
        raw = json.loads(text)
    except ValueError as fault:
        raise ModelError("the model is not JSON") from fault
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:
        raise ModelError(f"the model is not of format {FORMAT}")
    if not _has_its_hash(text, str(raw.get("hash", ""))):
        raise ModelError("the model's hash is not its content's: it was changed or cut short")
    if raw.get("schema_version") != SCHEMA_VERSION or tuple(raw.get("features", ())) != FEATURES:
        raise ModelError(
            f"the model was made for features of version {raw.get('schema_version')}, and these"
            f" are version {SCHEMA_VERSION}: train it again"
        )
    try:
        forest = Forest([read_tree(tree, len(FEATURES)) for tree in raw["trees"]], len(FEATURES))
        calibration = Calibration(**raw["calibration"])
    except (ForestError, KeyError, TypeError) as fault:
        raise ModelError(f"the model's trees or calibration cannot be read: {fault}") from fault
    facts = {key: value for key, value in raw.items() if key != "trees"}
    return Model(
        str(raw["name"]), str(raw["version"]), raw["hash"],
        int(raw["label_maturity_days"]), forest, calibration, facts,
    )  # fmt: skip


def write_model(raw: Mapping[str, Any]) -> str:
    """The file of a model's parts, with its hash. The same parts give the same bytes."""
    whole = {"format": FORMAT, **raw}
    return canonical({**whole, "hash": content_hash(whole)})


def content_hash(raw: Mapping[str, Any]) -> str:
    """SHA-256 of all but the hash itself."""
    return hashlib.sha256(canonical({**raw, "hash": ""}).encode()).hexdigest()


def _has_its_hash(text: str | bytes, said: str) -> bool:
    """On the file's own bytes: writing a model anew to check it would double a cold start."""
    whole = text if isinstance(text, bytes) else text.encode()
    blank = whole.replace(f'"hash":"{said}"'.encode(), b'"hash":""', 1)
    return hashlib.sha256(blank).hexdigest() == said


def canonical(value: object) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False)
