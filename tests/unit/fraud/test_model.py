"""The trees of a model, its reasons and its file."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from fulfillment.fraud.features.vector import FEATURES, SCHEMA_VERSION
from fulfillment.fraud.model.artefact import (
    Calibration,
    ModelError,
    canonical,
    content_hash,
    logistic,
    read_model,
    write_model,
)
from fulfillment.fraud.model.causes import KIND_OF, causes
from fulfillment.fraud.model.contributions import Contributions, Explainer
from fulfillment.fraud.model.forest import Forest, ForestError, Tree, read_tree, tree_json
from fulfillment.fraud.policy.deciding import decide
from fulfillment.fraud.policy.model import shipped_policy
from tests.unit.fraud.forests import random_tree, shapley, walk
from tests.unit.fraud.payments import payment

STUMP: dict[str, Any] = {
    "feature": [0], "threshold": [0.5], "left": [-1], "right": [-2], "value": [-1.0, 1.0],
    "split_cover": [10], "leaf_cover": [6, 4],
}  # fmt: skip


def model_parts(**changes: Any) -> dict[str, Any]:
    """What the file of a small model says, but for its hash."""
    parts: dict[str, Any] = {
        "name": "small",
        "version": "1",
        "schema_version": SCHEMA_VERSION,
        "features": list(FEATURES),
        "label_maturity_days": 7,
        "calibration": {"slope": 1.0, "intercept": 0.0},
        "trees": [STUMP],
    }
    return parts | changes


@pytest.mark.parametrize("seed", range(20))
def test_the_forest_gives_what_walking_its_trees_gives(seed: int) -> None:
    dice = random.Random(seed)
    trees = [random_tree(dice, 5, dice.randint(1, 8)) for _ in range(dice.randint(1, 30))]
    forest = Forest(trees, 5)
    for _ in range(50):
        # Thresholds themselves are among the values: the edge belongs to the left.
        row = [dice.choice([-1.0, -0.5, 0.0, 0.1, 0.25, 0.5, 1.5, 2.0]) for _ in range(5)]
        assert forest.margin(row) == sum((walk(tree, row) for tree in trees), 0.0)


@pytest.mark.parametrize("seed", range(10))
def test_contributions_are_shapley_values_and_add_up_to_the_margin(seed: int) -> None:
    dice = random.Random(seed)
    trees = [random_tree(dice, 5, dice.randint(1, 8)) for _ in range(6)]
    forest = Forest(trees, 5)
    explainer = Explainer(forest)
    for _ in range(5):
        row = [dice.uniform(-1, 2) for _ in range(5)]
        told = explainer.explain(row)
        assert told.by_feature == pytest.approx(shapley(trees, row), abs=1e-9)
        assert told.base + sum(told.by_feature) == pytest.approx(forest.margin(row), abs=1e-9)


def test_a_tree_comes_back_from_its_json() -> None:
    tree = random_tree(random.Random(3), len(FEATURES), 7)
    assert read_tree(json.loads(json.dumps(tree_json(tree))), len(FEATURES)) == tree


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ({"feature": [99]}, "not in the list"),
        ({"left": [0]}, "circle|each of its leaves"),
        ({"right": [-1]}, "each of its leaves"),
        ({"right": [5]}, "nowhere"),
        ({"value": [1.0]}, "not as long"),
        ({"leaf_cover": [1]}, "not as long"),
    ],
)
def test_a_tree_that_is_not_well_formed_is_refused(fault: dict[str, Any], words: str) -> None:
    with pytest.raises(ForestError, match=words):
        read_tree(STUMP | fault, len(FEATURES))


def test_a_tree_of_more_leaves_than_a_byte_has_bits_is_refused() -> None:
    tree = random_tree(random.Random(1), 3, 9)
    with pytest.raises(ForestError, match="9 leaves"):
        read_tree(tree_json(tree), 3)


def test_a_model_comes_back_from_its_file_and_scores() -> None:
    model = read_model(write_model(model_parts()))
    row = [0.0] * len(FEATURES)
    assert model.probability(row) == pytest.approx(logistic(-1.0))
    row[0] = 0.6
    assert model.probability(row) == pytest.approx(logistic(1.0))
    assert (model.name, model.version, model.maturity) == ("small", "1", 7)


def test_the_same_parts_give_the_same_bytes() -> None:
    parts = model_parts()
    assert write_model(parts) == write_model(dict(reversed(parts.items())))


def test_a_file_that_was_changed_is_refused() -> None:
    with pytest.raises(ModelError, match="hash"):
        read_model(write_model(model_parts()).replace('"value":[-1.0,1.0]', '"value":[-9.0,1.0]'))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"schema_version": SCHEMA_VERSION + 1}, "train it again"),
        ({"features": ["amount"]}, "train it again"),
        ({"trees": [STUMP | {"feature": [99]}]}, "trees"),
        ({"calibration": {"curve": 2}}, "calibration"),
    ],
)
def test_a_model_for_other_features_or_without_whole_trees_is_refused(
    changes: dict[str, Any], words: str
) -> None:
    with pytest.raises(ModelError, match=words):
        read_model(write_model(model_parts(**changes)))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 7}'])
def test_what_is_no_model_is_refused(text: str) -> None:
    with pytest.raises(ModelError):
        read_model(text)


def test_a_hash_is_of_everything_but_itself() -> None:
    parts = json.loads(write_model(model_parts()))
    assert content_hash(parts) == parts["hash"]
    assert content_hash(parts | {"version": "2"}) != parts["hash"]
    assert canonical({"b": 1, "a": 2}) == '{"a":2,"b":1}'


def test_the_logistic_function_survives_any_margin() -> None:
    assert logistic(-1e6) == pytest.approx(0.0, abs=1e-300)
    assert logistic(1e6) == 1.0
    assert Calibration(2.0, -1.0).probability(0.5) == 0.5


def test_every_feature_belongs_to_one_cause() -> None:
    assert set(KIND_OF) == set(FEATURES)


def test_causes_gather_the_windows_of_one_thing_and_tell_only_what_raised_the_score() -> None:
    row = [0.0] * len(FEATURES)
    row[FEATURES.index("counterparty_frauds_30d")] = 3.0
    row[FEATURES.index("counterparty_known_30d")] = 12.0
    row[FEATURES.index("counterparty_days_since_fraud")] = 8.0
    shares = {
        "counterparty_risk_1d": 0.4,
        "counterparty_risk_7d": 0.5,
        "amount_to_mean_30d": 0.6,
        "hour": -2.0,
    }
    told = causes(row, Contributions(-5.0, tuple(shares.get(name, 0.0) for name in FEATURES)))
    assert [cause.code for cause in told] == ["counterparty_fraud", "amount_unusual"]
    assert told[0].share == pytest.approx(0.9)
    assert told[0].full == (
        "3 confirmed frauds among 12 judged payments to the same counterparty, the last 8 days ago"
    )


def test_a_payee_never_paid_before_is_told_in_the_same_words_by_the_rule_and_by_the_model() -> None:
    figures = {"new_payee": 1.0, "category_count": 2.0, "customer_payments": 40.0}
    row = [figures.get(name, 0.0) for name in FEATURES]
    shares = tuple(0.5 if name == "new_payee" else 0.0 for name in FEATURES)
    [cause] = causes(row, Contributions(-5.0, shares))
    ruled = decide(shipped_policy(), payment(minor=60_100), row, 0.001, 2)
    assert [cause.full] == [one.full for one in ruled.reasons]
    assert cause.full == "first payment to this payee; 2 in this category, of 40 in all"


def test_a_forest_without_splits_is_a_constant() -> None:
    leaf = Tree((), (), (), (), (0.25,), (), (10,))
    assert Forest([leaf, leaf], 3).margin([1.0, 2.0, 3.0]) == 0.5
    assert Explainer(Forest([leaf], 1)).explain([0.0]) == Contributions(0.25, (0.0,))
