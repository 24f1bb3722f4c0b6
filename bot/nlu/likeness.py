"""How much an utterance is like a sample: what a bot of a few utterances can be judged by.

A classifier learns what tells intents apart, so it says nothing where there is one intent, and
too little where each has a handful of samples. Likeness is the cosine of two term vectors.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.nlu.calibration import Scale
from bot.nlu.features import VALUE_SCALE, Vector

_SCALE = Scale(middle=0.27, width=0.12)
"""Inferred: in small public bots, paraphrases reach 0.25 and small talk stays below 0.20."""

_IN_SCOPE = 0.3


@dataclass(frozen=True, slots=True)
class Likeness:
    """The samples of a small bot, each a vector and its intent; none for a bot of many."""

    samples: tuple[tuple[Vector, str], ...] = ()

    def weighed(self, chances: Mapping[str, float], vector: Vector) -> dict[str, float]:
        """A classifier's `chances` where something like it was said, the likeness itself if higher.

        What resembles no sample at all is out of scope, however sure the classifier is.
        """
        if not self.samples:
            return dict(chances)
        alike = self._scores(vector)
        scope = min(1.0, max(alike.values(), default=0.0) / _IN_SCOPE)
        return {
            intent: max(chance * scope, alike.get(intent, 0.0))
            for intent, chance in chances.items()
        }

    def _scores(self, vector: Vector) -> dict[str, float]:
        """The score of each intent by its most similar sample."""
        nearest: dict[str, float] = {}
        for sample, intent in self.samples:
            shared = sum(weight * sample.get(term, 0) for term, weight in vector.items())
            nearest[intent] = max(nearest.get(intent, 0.0), shared / VALUE_SCALE**2)
        return {intent: _SCALE.score(cosine) for intent, cosine in nearest.items() if cosine > 0}

    def to_json(self) -> list[Any]:
        return [[intent, dict(vector)] for vector, intent in self.samples]

    @classmethod
    def from_json(cls, stored: Sequence[tuple[str, Mapping[str, int]]]) -> Likeness:
        return cls(
            tuple((dict(zip(v, map(int, v.values()), strict=True)), str(i)) for i, v in stored)
        )
