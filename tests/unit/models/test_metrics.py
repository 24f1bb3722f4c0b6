"""The measures, on figures that were worked out by hand."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest

from fulfillment.fraud.drift import drift_of as plain_drift_of
from fulfillment.fraud.facts import DAY_S
from models.fraud.calibrating import fit_platt
from models.fraud.costs import best_threshold, by_expected_loss, compare_rules
from models.fraud.drift import drift_of, statistics
from models.fraud.history import History
from models.fraud.layouts import HANDBOOK, layout_of
from models.fraud.metrics import (
    auc_roc,
    average_precision,
    calibration_error,
    card_precision,
    roc_curve,
)
from models.fraud.protocol import (
    Window,
    fraud_days,
    seconds,
    training_window,
    week_of,
    without_known_cards,
)

LABELS = np.array([0, 0, 1, 1])
SCORES = np.array([0.1, 0.4, 0.35, 0.8])


def test_auc_counts_pairs_in_order_and_a_tie_as_half() -> None:
    assert auc_roc(LABELS, SCORES) == 0.75
    assert auc_roc(np.array([0, 1]), np.array([0.5, 0.5])) == 0.5
    assert np.isnan(auc_roc(np.array([0, 0]), np.array([0.1, 0.2])))


def test_average_precision_is_not_interpolated_and_ties_stand_together() -> None:
    assert average_precision(LABELS, SCORES) == pytest.approx(0.5 * 1 + 0.5 * 2 / 3)
    tied = average_precision(np.array([1, 0, 0, 0]), np.array([0.5, 0.5, 0.5, 0.5]))
    assert tied == pytest.approx(0.25)


def test_the_roc_curve_goes_from_corner_to_corner() -> None:
    false, true = roc_curve(LABELS, SCORES)
    assert false.tolist() == [0, 0, 0.5, 0.5, 1]
    assert true.tolist() == [0, 0.5, 0.5, 1, 1]


def test_calibration_error_weighs_each_bin_by_its_payments() -> None:
    labels = np.array([0, 0, 0, 1, 1])
    said = np.array([0.05, 0.05, 0.05, 0.05, 0.95])
    assert calibration_error(labels, said) == pytest.approx(0.8 * 0.2 + 0.2 * 0.05)


def test_card_precision_checks_each_card_once_it_is_found() -> None:
    days = np.array([1, 1, 1, 2, 2])
    cards = ["a", "a", "b", "a", "c"]
    labels = np.array([1, 0, 0, 1, 1])
    scores = np.array([0.9, 0.1, 0.5, 0.99, 0.3])
    # Day 1: a (fraud) and b; day 2: a is known by then, c is fraud.
    assert card_precision(days, cards, labels, scores, top=2) == pytest.approx((0.5 + 0.5) / 2)


def test_expected_loss_chooses_by_amount_and_costs_are_counted() -> None:
    scores = np.array([0.5, 0.5, 0.01])
    minor = np.array([2_000, 500, 100_000])
    labels = np.array([1, 0, 0])
    assert by_expected_loss(scores, minor, 500).tolist() == [True, False, True]
    told = compare_rules(scores, labels, minor, 500, 1, 50_000)
    assert told["expected_loss"]["saving"] == pytest.approx((2_000 - 1_000) / 2_000)
    assert told["amount_rule"]["saving"] == pytest.approx(-0.25)
    assert best_threshold(scores, labels, minor, 100) == 0.5
    assert best_threshold(scores, labels, minor, 5_000) == 1.0


def test_platt_is_kept_only_where_it_helps() -> None:
    dice = np.random.default_rng(1)
    margins = dice.normal(-2, 1.5, 20_000)
    honest = (dice.random(20_000) < 1 / (1 + np.exp(-margins))).astype(np.int64)
    assert fit_platt(margins, honest).slope == 1.0
    twisted = (dice.random(20_000) < 1 / (1 + np.exp(-(0.5 * margins - 1)))).astype(np.int64)
    found = fit_platt(margins, twisted)
    assert found.slope == pytest.approx(0.5, abs=0.05)
    assert found.intercept == pytest.approx(-1, abs=0.1)


def test_drift_is_steady_on_the_same_payments_loud_on_others_and_silent_on_few() -> None:
    dice = np.random.default_rng(2)
    trained = statistics(dice.lognormal(3, 1, 50_000))
    same = drift_of("amount", trained, dice.lognormal(3, 1, 10_000))
    moved = drift_of("amount", trained, 2 * dice.lognormal(3, 1, 10_000))
    few = drift_of("amount", trained, 2 * dice.lognormal(3, 1, 200))
    assert (same.level, moved.level, few.level) == ("steady", "alarm", "too few")
    assert same.psi < 4 * same.by_chance
    assert few.by_chance == pytest.approx(9 / 200)


def test_a_feature_that_is_nearly_always_zero_can_drift_too() -> None:
    trained = statistics(np.array([0.0] * 9_900 + [1.0] * 100))
    assert drift_of("new", trained, np.array([0.0] * 9_900 + [1.0] * 100)).psi == 0.0
    assert drift_of("new", trained, np.array([0.0] * 5_000 + [1.0] * 5_000)).level == "alarm"


def test_a_training_window_ends_before_labels_would_be_missing() -> None:
    test = week_of("2018-08-08")
    window = training_window(test, 7)
    days = [datetime.fromtimestamp(s, UTC).date().isoformat() for s in (window.start, window.end)]
    assert days == ["2018-07-25", "2018-08-01"]


def handbook(*rows: tuple[int, str, int]) -> History:
    """Payments as (day of August 2018, customer, is fraud)."""
    first = seconds("2018-07-31")
    at = np.array([first + day * DAY_S for day, _, _ in rows], dtype=np.int64)
    who = [name for _, name, _ in rows]
    empty = [""] * len(rows)
    ones = np.ones(len(rows), dtype=np.int64)
    fraud = np.array([fraud for *_, fraud in rows], dtype=np.int64)
    return History(HANDBOOK, at, who, empty, ones, fraud, empty, empty, empty)


def test_a_card_is_left_out_from_the_eighth_day_after_its_fraud_and_not_before() -> None:
    history = handbook((1, "ana", 1), (8, "ana", 0), (9, "ana", 0), (9, "ben", 1))
    test = Window(seconds("2018-08-08"), seconds("2018-08-15"))
    assert without_known_cards(history, test, fraud_days(history)).tolist() == [1, 3]


def test_what_is_protected_is_in_no_layout_and_files_are_known_by_their_columns() -> None:
    assert (
        layout_of(["TX_DATETIME", "Customer_ID", "terminal_id", "amount", "is_fraud"]) == HANDBOOK
    )
    assert layout_of(["amount", "is_fraud"]) is None
    assert "fraud_scenario" not in HANDBOOK.needed


@pytest.mark.parametrize("moved", [0.0, 0.4, 3.0])
def test_the_function_on_aws_finds_the_drift_that_numpy_finds(moved: float) -> None:
    rng = np.random.default_rng(7)
    for trained in (rng.normal(size=4_000), rng.integers(0, 3, size=4_000).astype(float)):
        known = statistics(trained)
        now = rng.normal(moved, 1.0, size=6_000)
        there, here = drift_of("x", known, now), plain_drift_of("x", known, list(now))
        assert here.psi == pytest.approx(there.psi)
        assert (here.rows, here.by_chance, here.level) == (there.rows, there.by_chance, there.level)
