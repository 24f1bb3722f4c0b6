"""How much an utterance is like a sample: what a bot of a few utterances can be judged by.

A classifier learns what tells intents apart, so it says nothing where there is one intent, and
too little where each has a handful of samples. Likeness is the cosine of two term vectors: of few
words their letters tell more than their meaning.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bot.nlu.calibration import Scale
from bot.nlu.features import Terms
from bot.nlu.meaning import Floats

_SCALE = Scale(middle=0.27, width=0.12)
"""Inferred: in small public bots, paraphrases reach 0.25 and small talk stays below 0.20."""

_IN_SCOPE = 0.3


@dataclass(frozen=True, slots=True)
class Likeness:
    """The samples of a small bot: a row of term weights each, and its label."""

    samples: Floats
    labels: tuple[int, ...]

    @classmethod
    def of(cls, samples: Sequence[Terms], labels: Sequence[int], terms: int) -> Likeness:
        """The likeness to these samples, of a vocabulary of `terms`."""
        rows = np.zeros((len(samples), terms), np.float32)
        for at, sample in enumerate(samples):
            rows[at, sample.rows] = sample.values
        return cls(rows, tuple(labels))

    def weighed(self, chances: Sequence[float], said: Terms) -> list[float]:
        """A classifier's `chances` where something like it was said, the likeness itself if higher.

        What resembles no sample at all is out of scope, however sure the classifier is.
        """
        cosines = self.samples[:, said.rows] @ said.values
        alike = [0.0] * len(chances)
        for label, cosine in zip(self.labels, cosines, strict=True):
            if cosine > 0:
                alike[label] = max(alike[label], _SCALE.score(float(cosine)))
        scope = min(1.0, max(alike, default=0.0) / _IN_SCOPE)
        return [max(chance * scope, like) for chance, like in zip(chances, alike, strict=True)]
