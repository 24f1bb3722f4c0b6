"""Turns margins into scores that mean something, whatever the bot: 0.40 is where doubt begins.

Each intent has a score of its own (they do not sum to one, as Lex's do not). Of utterances that
were held out of learning, nearly all reach `IN_SCOPE_SCORE` with their best intent, so that Lex's
default threshold keeps good utterances; how steeply scores rise from there is fitted to how often
the best intent was right.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

IN_SCOPE_SCORE = 0.40
_LOST = 0.035
# Held-out samples are more like the rest than what customers say, and few samples tell little: so
# doubt begins neither above nor below these shares of the usual margin.
_LEAST, _MOST = 0.25, 0.46
FEW = 12
"""Fewer utterances held out than this say too little about a scale."""

_STEEPNESS = tuple(0.05 * 1.25**step for step in range(20))


@dataclass(frozen=True, slots=True)
class Scale:
    """A logistic curve over margins: `middle` scores one half, `width` is how slowly it rises."""

    middle: float = 0.5
    width: float = 0.25

    def score(self, margin: float) -> float:
        return 1 / (1 + math.exp(min(60.0, (self.middle - margin) / self.width)))


def fit_scale(held_out: Sequence[tuple[float, bool]]) -> Scale:
    """The scale for (best margin, whether the best intent was right) of utterances held out.

    Fewer than `FEW` give the usual scale.
    """
    if len(held_out) < FEW:
        return Scale()
    margins = sorted(margin for margin, _ in held_out)
    usual = margins[len(margins) // 2]
    doubt = min(max(margins[int(len(margins) * _LOST)], _LEAST * usual), _MOST * usual)
    scales = [_through(doubt, width) for width in _STEEPNESS]
    return min(scales, key=lambda scale: _surprise(held_out, scale))


def _through(doubt: float, width: float) -> Scale:
    """The curve of this width that gives `IN_SCOPE_SCORE` at the margin `doubt`."""
    return Scale(doubt - width * math.log(IN_SCOPE_SCORE / (1 - IN_SCOPE_SCORE)), width)


def _surprise(held_out: Sequence[tuple[float, bool]], scale: Scale) -> float:
    return -sum(
        math.log(max(1e-9, scale.score(margin) if right else 1 - scale.score(margin)))
        for margin, right in held_out
    )
