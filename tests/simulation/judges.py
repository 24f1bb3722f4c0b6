"""Who judges payments: the production policy, over scores that the seed draws.

The same payment may be scored otherwise when it is asked about again, as when the endpoint is away
and the copy judges. What counts is what was written.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from random import Random

from fulfillment.fraud.assessing import Assessor
from fulfillment.fraud.model.artefact import Model
from fulfillment.fraud.policy.model import shipped_policy
from fulfillment.fraud.scoring.chain import JudgedBy, Score

_BANDS = (0.001, 0.3, 0.7, 0.99)
"""Allowed, challenged, held, blocked."""


class Theme(Enum):
    """What a story is about, in the weights of the bands: small amounts pass anyway."""

    EVERYTHING = (10, 1, 8, 1)
    CODES = (1, 30, 1, 1)
    """Most payments need a code."""
    DESK = (3, 1, 14, 2)
    """Most payments wait for analysts."""

    @classmethod
    def of(cls, seed: int) -> Theme:
        return list(cls)[seed % len(cls)]


@dataclass
class DrawnScorer:
    """Scores that have nothing to do with the payment."""

    rng: Random
    theme: Theme = Theme.EVERYTHING
    copy: Model | None = None

    def score(self, _row: list[float]) -> Score:
        away = self.rng.random() < 0.1
        if away:
            return Score(None, JudgedBy.RULES, None, "away")
        return Score(self.rng.choices(_BANDS, self.theme.value)[0], JudgedBy.ENDPOINT, "m-1")


def assessor(rng: Random, seed: int) -> Assessor:
    """As the functions have it in the story of `seed`, but for the scorer."""
    return Assessor(DrawnScorer(rng, Theme.of(seed)), shipped_policy)
