"""Public data as it comes, where it is at hand beside the checkout."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.fraud.history import read_history
from models.fraud.protocol import (
    TEST_WEEKS,
    fraud_days,
    training_window,
    week_of,
    without_known_cards,
)

DATA = Path(__file__).resolve().parents[4] / "shared" / "data" / "fraud"
pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason=f"SKIPPED: the public fraud data is not in {DATA}"
)


def test_the_first_fold_has_the_handbooks_payments_and_frauds() -> None:
    """67,240 payments with 598 frauds to train on, 58,264 with 385 to test on."""
    history = read_history(DATA, "handbook")
    week = week_of(TEST_WEEKS[0])
    learnt = training_window(week, 7).rows(history)
    assert (len(learnt), int(history.fraud[learnt].sum())) == (67_240, 598)
    kept = without_known_cards(history, week, fraud_days(history))
    assert (len(kept), int(history.fraud[kept].sum())) == (58_264, 385)


def test_card_payments_with_categories_are_read_too() -> None:
    history = read_history(DATA, "sparkov")
    assert (len(history), int(history.fraud.sum())) == (845_067, 6_228)
    assert len(set(history.category)) == 14
