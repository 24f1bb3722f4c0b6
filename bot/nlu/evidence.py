"""Why an utterance scored as it did: each intent's closest sample, the words for and against it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.definition.model import BotLocale, Intent
from bot.engine.recogniser import EXACT
from bot.nlu.intent_model import IntentModel
from bot.nlu.utterance import Utterance
from bot.nlu.words import normal

_SLOT = re.compile(r"\{(\w+)\}")
_PATTERN_FROM = 0.95
# A word is left out and the whole is judged again; beyond this many words nobody reads the answer.
_LONGEST = 60

Basis = Literal["sample", "pattern", "classifier"]
"""A sample word for word; a sample whose slots were filled by sure values; the learned weights."""


@dataclass(frozen=True, slots=True)
class Heard:
    """An utterance, its words with misspellings put right, and the kinds of values in it."""

    utterance: Utterance
    tokens: tuple[str, ...]
    kinds: Sequence[str]


@dataclass(frozen=True, slots=True)
class WordWeight:
    """A word as it was said, and how much weaker (negative: stronger) the case is without it."""

    word: str
    weight: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for one intent. `sample` is its closest utterance, `likeness` from 0 to 1."""

    intent: str
    score: float
    basis: Basis
    sample: str | None
    likeness: float
    words: tuple[WordWeight, ...]


def explain(
    heard: Heard, scores: Mapping[str, float], locale: BotLocale, model: IntentModel
) -> list[Evidence]:
    """The evidence for every intent in `scores`, in that order."""
    weights = _weights(heard, model)
    explained = []
    for name, score in scores.items():
        sample, likeness = _closest(heard, locale.intents[name], model)
        words = tuple(weights.get(name, ()))
        explained.append(Evidence(name, score, _basis(score), sample, likeness, words))
    return explained


def _basis(score: float) -> Basis:
    if score >= EXACT:
        return "sample"
    return "pattern" if score > _PATTERN_FROM else "classifier"


def _weights(heard: Heard, model: IntentModel) -> dict[str, list[WordWeight]]:
    """What each word adds to the margin of each intent: the margin with it less that without."""
    tokens = heard.tokens
    if not tokens or len(tokens) > _LONGEST:
        return {}
    whole = model.margins(tokens, heard.kinds)
    weights: dict[str, list[WordWeight]] = {name: [] for name in whole}
    for index in range(len(tokens)):
        without = model.margins(tokens[:index] + tokens[index + 1 :], heard.kinds)
        said = heard.utterance.said(index, index + 1)
        for name, margin in whole.items():
            weights[name].append(WordWeight(said, margin - without[name]))
    return weights


def _closest(heard: Heard, intent: Intent, model: IntentModel) -> tuple[str | None, float]:
    """The sample that shares most with the utterance, rare words counting more than common ones."""
    said = set(heard.tokens)
    best: tuple[float, int, str] | None = None
    for sample in intent.utterances:
        words = set(normal(_SLOT.sub(" ", sample)).split())
        likeness = _shared(said, words, model)
        if best is None or (likeness, -len(sample)) > best[:2]:
            best = (likeness, -len(sample), sample)
    return (best[2], best[0]) if best and best[0] > 0 else (None, 0.0)


def _shared(said: set[str], words: set[str], model: IntentModel) -> float:
    """Twice the weight of the words in common over the weight of all (Dice's coefficient)."""
    both = _weight(said, model) + _weight(words, model)
    return 2 * _weight(said & words, model) / both if both else 0.0


def _weight(words: set[str], model: IntentModel) -> float:
    return sum(model.judge.tfidf.weight(f"w:{word}") for word in words)
