"""Few-leaved boosted trees by LightGBM, taken out of it as plain data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from fulfillment.fraud.features.vector import FEATURES
from fulfillment.fraud.model.forest import MAX_LEAVES, Tree
from models.fraud.metrics import average_precision

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

RISING = frozenset(
    {
        "counterparty_risk_1d", "counterparty_risk_7d", "counterparty_risk_30d",
        "counterparty_decayed_risk_1d", "counterparty_decayed_risk_7d",
        "counterparty_decayed_risk_30d", "counterparty_frauds_7d", "counterparty_frauds_30d",
        "customer_frauds_30d", "new_payee", "new_device",
    }
)  # fmt: skip
"""What can only speak against a payment, whatever the sample says."""
FALLING = frozenset({"counterparty_genuine_since_fraud"})
"""What can only speak for it."""


REPEATABLE = {
    "objective": "binary",
    "metric": "none",
    "bagging_freq": 1,
    "use_missing": False,
    "num_threads": 1,
    "deterministic": True,
    "force_col_wise": True,
    "verbose": -1,
}
"""LightGBM's parameters by which the same rows give the same trees of a yes or no."""


@dataclass(frozen=True, slots=True)
class Hyperparameters:
    """What a training job may be told. Few leaves, since a week has a few hundred frauds; no class
    weights, since they ruin calibration and gain nothing."""

    rounds: int = 300
    learning_rate: float = 0.05
    num_leaves: int = 7
    min_data_in_leaf: int = 50
    feature_fraction: float = 0.3
    bagging_fraction: float = 0.8
    lambda_l2: float = 1.0
    patience: int = 50
    seed: int = 2026

    def __post_init__(self) -> None:
        if not 2 <= self.num_leaves <= MAX_LEAVES:
            raise ValueError(f"num_leaves must be from 2 to {MAX_LEAVES}")
        if self.rounds < 1 or self.patience < 1:
            raise ValueError("rounds and patience must be at least 1")


@dataclass(frozen=True, slots=True)
class Fitted:
    """Trees and how many of them validation asked for."""

    trees: list[Tree]
    booster: Any
    rounds: int


def fit(
    rows: Floats,
    labels: Integers,
    how: Hyperparameters,
    validation: tuple[Floats, Integers] | None = None,
    tell: Callable[[int, float], None] = lambda _round, _score: None,
) -> Fitted:
    """Train on `rows`; with `validation`, stop when its average precision no longer rises.

    The same input gives the same trees: one thread, fixed seeds. `tell` hears every tenth round.
    """
    import lightgbm

    training = lightgbm.Dataset(rows, labels, feature_name=list(FEATURES), free_raw_data=True)
    sets = [lightgbm.Dataset(*validation, reference=training)] if validation else []

    def precision(scores: Floats, data: Any) -> tuple[str, float, bool]:
        return "average_precision", average_precision(data.get_label().astype(int), scores), True

    def progress(env: Any) -> None:
        if validation and (env.iteration + 1) % 10 == 0:
            tell(env.iteration + 1, env.evaluation_result_list[0][2])

    stopping = [lightgbm.early_stopping(how.patience, verbose=False)] if validation else []
    booster = lightgbm.train(
        _parameters(how),
        training,
        how.rounds,
        valid_sets=sets,
        feval=precision if validation else None,
        callbacks=[*stopping, progress],
    )
    rounds = booster.best_iteration if validation else how.rounds
    return Fitted(trees_of(booster, rounds), booster, rounds)


def _parameters(how: Hyperparameters) -> dict[str, Any]:
    monotone = [1 if name in RISING else -1 if name in FALLING else 0 for name in FEATURES]
    kept = asdict(how)
    for own in ("rounds", "patience"):
        del kept[own]
    return kept | REPEATABLE | {"monotone_constraints": monotone}


def trees_of(booster: Any, rounds: int | None = None) -> list[Tree]:
    """The booster's trees as plain data, all of them or the first `rounds`."""
    dumped = booster.dump_model(num_iteration=rounds)["tree_info"]
    return [tree_of(one["tree_structure"]) for one in dumped]


def tree_of(structure: Mapping[str, Any]) -> Tree:
    """A tree out of LightGBM's own description of it."""
    splits: dict[int, Mapping[str, Any]] = {}
    leaves: dict[int, Mapping[str, Any]] = {}

    def collect(node: Mapping[str, Any]) -> None:
        if "split_index" not in node:
            leaves[node.get("leaf_index", 0)] = node
            return
        splits[node["split_index"]] = node
        collect(node["left_child"])
        collect(node["right_child"])

    def child(node: Mapping[str, Any]) -> int:
        return int(node["split_index"]) if "split_index" in node else ~int(node["leaf_index"])

    collect(structure)
    ordered = [splits[number] for number in range(len(splits))]
    ends = [leaves[number] for number in range(len(leaves))]
    return Tree(
        tuple(int(node["split_feature"]) for node in ordered),
        tuple(float(node["threshold"]) for node in ordered),
        tuple(child(node["left_child"]) for node in ordered),
        tuple(child(node["right_child"]) for node in ordered),
        tuple(float(node["leaf_value"]) for node in ends),
        tuple(int(node["internal_count"]) for node in ordered),
        tuple(int(node.get("leaf_count", 0)) for node in ends),
    )
