"""The table a model is trained on: every payment since a moment, with its features as they were."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from fulfillment.fraud.facts import DAY_S
from fulfillment.fraud.features.vector import FEATURES
from models.fraud.history import History
from models.fraud.protocol import Window
from models.fraud.replay import Lived, replay

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
_TELL_EVERY = 0.05


@dataclass(frozen=True, slots=True)
class Table:
    """`rows[i]` are the features of the i-th payment of `history`."""

    history: History
    rows: Floats

    def window(self, window: Window) -> tuple[Floats, Integers]:
        """Features and labels of a window's payments."""
        chosen = window.rows(self.history)
        return self.rows[chosen], self.history.fraud[chosen]


def build_table(
    world: Lived,
    history: History,
    since: int,
    delay_days: int,
    tell: Callable[[float], None] = lambda _share: None,
) -> Table:
    """Live through `history` in `world` and keep the features of the payments from `since` on.

    `world` is left as it is after the last payment. `tell` hears the share done, now and then.
    """
    wanted = history.since(since)
    rows = np.empty((len(wanted), len(FEATURES)))
    span = max(1, int(history.at[-1] - history.at[0])) if len(history) else 1
    told = 0.0
    lived = replay(world, history.payments(), lambda facts: facts.at >= since, delay_days * DAY_S)
    for number, row in enumerate(lived):
        rows[number] = row
        share = (world.now - int(history.at[0])) / span
        if share - told >= _TELL_EVERY:
            told = share
            tell(share)
    return Table(wanted, rows)
