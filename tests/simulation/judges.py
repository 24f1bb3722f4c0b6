"""Who judges payments: the production policy, over scores that the seed draws.

The same payment may be scored otherwise when it is asked about again, as when the endpoint is away
and the copy judges. What counts is what was written.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from fulfillment.fraud.assessing import Assessor
from fulfillment.fraud.model.artefact import Model
from fulfillment.fraud.policy.model import shipped_policy
from fulfillment.fraud.scoring.chain import JudgedBy, Score

_BANDS = (0.001, 0.3, 0.7, 0.99)
_WEIGHTS = (10, 1, 8, 1)
"""Allowed, challenged, held, blocked, by the bands of the policy; small amounts pass anyway."""


@dataclass
class DrawnScorer:
    """Scores that have nothing to do with the payment."""

    rng: Random
    copy: Model | None = None

    def score(self, _row: list[float]) -> Score:
        away = self.rng.random() < 0.1
        if away:
            return Score(None, JudgedBy.RULES, None, "away")
        return Score(self.rng.choices(_BANDS, _WEIGHTS)[0], JudgedBy.ENDPOINT, "m-1")


def assessor(rng: Random) -> Assessor:
    """As the functions have it, but for the scorer."""
    return Assessor(DrawnScorer(rng), shipped_policy)
