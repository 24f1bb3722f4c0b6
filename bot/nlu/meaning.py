"""What an engine adds to the letters of an utterance: a vector that says what it means."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float32]


class Meaning(Protocol):
    """Turns words into vectors of length one (or zero, when it knows none of the words).

    `name` changes whenever the vectors do, so that what was learned with others is not reused.
    `is_coarse`: from a few samples its vectors do not tell what is out of scope.
    """

    name: str
    size: int
    is_coarse: bool

    def vectors(self, utterances: Sequence[Sequence[str]]) -> Floats:
        """One row of `size` numbers for each utterance's normalised words."""
        ...


def of_length_one(rows: Floats) -> Floats:
    lengths = np.sqrt((rows * rows).sum(axis=1, keepdims=True))
    scaled: Floats = rows / np.maximum(lengths, np.float32(1e-9))
    return scaled
