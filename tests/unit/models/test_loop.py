"""The feedback loop, lived through on a small world whose terminals are bad for ten days each."""

from __future__ import annotations

import random

import numpy as np
import pytest

from fulfillment.fraud.facts import DAY_S
from models.fraud.fitting import Hyperparameters
from models.fraud.history import History
from models.fraud.layouts import HANDBOOK
from models.fraud.loop import WAYS, Bank, live
from models.fraud.protocol import Window, seconds

pytest.importorskip("lightgbm", reason="training needs teller[models]")

FIRST = seconds("2018-04-01")


def small_world() -> History:
    """Eighty days of sixty payments; each ten days another three of forty terminals are bad."""
    dice = random.Random(5)
    at = sorted(FIRST + dice.randrange(80 * DAY_S) for _ in range(80 * 60))
    terminals = [dice.randrange(40) for _ in at]
    bad = [set(random.Random(period).sample(range(40), 3)) for period in range(8)]
    fraud = [
        int(terminal in bad[(moment - FIRST) // DAY_S // 10])
        for moment, terminal in zip(at, terminals, strict=True)
    ]
    empty = [""] * len(at)
    return History(
        HANDBOOK,
        np.array(at),
        [f"c{dice.randrange(2_000)}" for _ in at],
        [f"t{terminal}" for terminal in terminals],
        np.array([dice.randrange(500, 9_000) for _ in at]),
        np.array(fraud),
        empty,
        empty,
        empty,
    )


def test_verdicts_after_a_day_find_what_complaints_after_three_weeks_cannot() -> None:
    history = small_world()
    week = Window(FIRST + 70 * DAY_S, FIRST + 80 * DAY_S)
    how = Hyperparameters(rounds=40, min_data_in_leaf=10)
    told = {
        way.name: live(history, [week], Bank(way, FIRST + 5 * DAY_S, 40, how))["average_precision"]
        for way in (WAYS[0], WAYS[2], WAYS[3])
    }
    complaints, verdicts, chosen = told.values()
    # A terminal is bad for ten days: complaints tell of it when it no longer is.
    assert min(verdicts, chosen) > complaints + 0.2
