"""What people say to any assistant: weather, recipes, songs. It speaks against every intent.

A classifier that only knows a bot's own samples takes "how many onions do i have" for "how much
money do i have". Sentences that mean nearly what a sample does are left out: a bot that books
flights is asked about flights.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import resources

import numpy as np

from bot.nlu.meaning import Floats
from bot.nlu.words import normal

_NEARLY_THE_SAME = 0.5
_FILES = {"en": "everyday_en.txt", "es": "everyday_es.txt"}


@cache
def everyday(locale_id: str) -> tuple[tuple[str, ...], ...]:
    """The words of such sentences in the language of a locale; none where there is no list."""
    file = _FILES.get(locale_id[:2])
    if file is None:
        return ()
    text = (resources.files("bot.nlu") / file).read_text("utf-8")
    return tuple(tuple(normal(line).split()) for line in text.splitlines())


def strange_to(samples: Floats, sentences: Floats) -> Sequence[int]:
    """The rows of `sentences` whose meaning is that of no row of `samples`."""
    if not len(samples) or not len(sentences):
        return range(len(sentences))
    likeness = (sentences @ samples.T).max(axis=1)
    return [int(row) for row in np.flatnonzero(likeness < _NEARLY_THE_SAME)]
