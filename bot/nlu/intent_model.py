"""Learns intents from sample utterances: term weights, a classifier, the scale of its scores."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.nlu.calibration import FEW, Scale, fit_scale
from bot.nlu.classifier import Linear, Row
from bot.nlu.features import TfIdf, Vector, terms, without_figures
from bot.nlu.likeness import Likeness

_HELD_OUT = 3
_WORK = 9000
_PASSES = range(4, 10)


@dataclass(frozen=True, slots=True)
class Sample:
    """An utterance to learn: its normalised words, the kinds of values in it, and its intent.

    Samples of one `group` are one utterance filled with different values.
    """

    words: tuple[str, ...]
    kinds: tuple[str, ...]
    intent: str
    group: int


@dataclass(frozen=True, slots=True)
class IntentModel:
    """What was learned. `figures` are the words with digits that utterances spell out."""

    linear: Linear
    tfidf: TfIdf
    scale: Scale
    figures: frozenset[str]
    likeness: Likeness

    def scores(self, words: Sequence[str], kinds: Iterable[str] = ()) -> dict[str, float]:
        """Every intent's score from 0 to 1; see `bot.nlu.calibration` for what 0.40 means."""
        vector = self._vector(words, kinds)
        if not vector:
            return dict.fromkeys(self.linear.labels, 0.0)
        margins = self.linear.margins(vector)
        chances = {
            label: self.scale.score(margin)
            for label, margin in zip(self.linear.labels, margins, strict=True)
        }
        return self.likeness.weighed(chances, vector)

    def _vector(self, words: Sequence[str], kinds: Iterable[str]) -> Vector:
        return self.tfidf.vector(terms(without_figures(words, self.figures), kinds))

    def to_json(self) -> dict[str, Any]:
        return {
            "labels": self.linear.labels,
            "weights": {term: format(w, "x") for term, w in self.linear.weights.items()},
            "idf": self.tfidf.idf,
            "unseen": self.tfidf.unseen,
            "scale": [self.scale.middle, self.scale.width],
            "figures": sorted(self.figures),
            "likeness": self.likeness.to_json(),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> IntentModel:
        """Raises KeyError, TypeError or ValueError when `stored` is not what `to_json` gave."""
        weights = {term: int(packed, 16) for term, packed in stored["weights"].items()}
        return cls(
            Linear(tuple(stored["labels"]), weights),
            TfIdf(stored["idf"], float(stored["unseen"])),
            Scale(*map(float, stored["scale"])),
            frozenset(stored["figures"]),
            Likeness.from_json(stored["likeness"]),
        )


def learn(samples: Sequence[Sample], figures: Collection[str] = ()) -> IntentModel:
    """The model of `samples`. The same samples always give the same model.

    It learns two thirds first, is scaled by what it says of the rest, then learns everything.
    """
    kept = frozenset(figures)
    documents = [terms(without_figures(s.words, kept), s.kinds) for s in samples]
    linear = Linear(tuple(sorted({sample.intent for sample in samples})))
    if not samples:
        return IntentModel(linear, TfIdf({}, 1.0), Scale(), kept, Likeness())
    intents = [linear.labels.index(sample.intent) for sample in samples]
    held = _held_out(samples)
    is_small = len({samples[index].group for index in held}) < FEW
    passes = min(max(_WORK // len(samples), _PASSES.start), _PASSES.stop)
    scale = Scale()
    if not is_small:
        scale = _scale(linear, documents, intents, held, passes)
    tfidf = TfIdf.learn(documents)
    rows = _rows(tfidf, documents, intents)
    linear.learn(rows, passes)
    alike = ((vector, linear.labels[label]) for vector, label in rows)
    return IntentModel(
        linear, tfidf, scale, kept, Likeness(tuple(alike)) if is_small else Likeness()
    )


def _scale(
    linear: Linear,
    documents: Sequence[Sequence[str]],
    intents: Sequence[int],
    held: set[int],
    passes: int,
) -> Scale:
    shown = [index for index in range(len(documents)) if index not in held]
    tfidf = TfIdf.learn([documents[index] for index in shown])
    linear.learn(_rows(tfidf, [documents[i] for i in shown], [intents[i] for i in shown]), passes)
    outcomes = []
    for index in sorted(held):
        margins = linear.margins(tfidf.vector(documents[index]))
        best = max(range(len(margins)), key=margins.__getitem__)
        outcomes.append((margins[best], best == intents[index]))
    return fit_scale(outcomes)


def _held_out(samples: Sequence[Sample]) -> set[int]:
    """Every third utterance of each intent, with all its fillings."""
    order: dict[str, dict[int, int]] = {}
    for sample in samples:
        groups = order.setdefault(sample.intent, {})
        groups.setdefault(sample.group, len(groups))
    sizes = Counter({intent: len(groups) for intent, groups in order.items()})
    return {
        index
        for index, sample in enumerate(samples)
        if order[sample.intent][sample.group] % _HELD_OUT == _HELD_OUT - 1
        and sizes[sample.intent] >= _HELD_OUT
    }


def _rows(tfidf: TfIdf, documents: Sequence[Sequence[str]], intents: Sequence[int]) -> list[Row]:
    return [
        (tfidf.vector(document), intent)
        for document, intent in zip(documents, intents, strict=True)
    ]
