"""Learns intents from sample utterances: term weights, a classifier, the scale of its scores."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from bot.nlu.calibration import FEW, Scale, fit_scale
from bot.nlu.classifier import Linear
from bot.nlu.features import TfIdf, terms, without_figures
from bot.nlu.likeness import Likeness
from bot.nlu.meaning import Floats, Meaning
from bot.nlu.nearest import Nearest

_HELD_OUT = 3
_WORK = 20000
_PASSES = range(6, 20)
_WEIGHT_OF_NEAREST = np.float32(3.0)


@dataclass(frozen=True, slots=True)
class Sample:
    """An utterance to learn: its normalised words, the kinds of values in it, and its intent.

    Samples of one `group` are one utterance filled with different values.
    """

    words: tuple[str, ...]
    kinds: tuple[str, ...]
    intent: str
    group: int


class Lesson(NamedTuple):
    """A sample as it is learned: its terms, its meaning, the index of its intent."""

    document: Sequence[str]
    meaning: Floats
    label: int


@dataclass(frozen=True, slots=True)
class Judge:
    """Three witnesses to what an utterance asks for: its terms, its meaning, the nearest sample."""

    tfidf: TfIdf
    linear: Linear
    nearest: Nearest

    @classmethod
    def trained(cls, lessons: Sequence[Lesson], labels: tuple[str, ...], size: int) -> Judge:
        tfidf = TfIdf.learn([lesson.document for lesson in lessons])
        linear = Linear.blank(labels, len(tfidf.rows), size)
        if lessons:
            rows = [(tfidf.terms(one.document), one.meaning, one.label) for one in lessons]
            linear.learn(rows, _passes(len(rows)))
        meanings = np.array([one.meaning for one in lessons], np.float32).reshape(-1, size)
        return cls(tfidf, linear, Nearest.of(meanings, [o.label for o in lessons], len(labels)))

    def margins(self, document: Sequence[str], meaning: Floats) -> list[float]:
        """How much speaks for each label; nothing at all when neither word nor meaning is known."""
        known = self.tfidf.terms(document)
        margins = self.linear.margins(known, meaning)
        margins += _WEIGHT_OF_NEAREST * self.nearest.likeness(meaning)
        return [float(margin) for margin in margins]


@dataclass(frozen=True, slots=True)
class IntentModel:
    """What was learned. `figures` are the words with digits that utterances spell out."""

    judge: Judge
    scale: Scale
    figures: frozenset[str]
    meaning: Meaning
    likeness: Likeness | None = None
    """What a bot of few utterances is judged by besides."""

    def scores(self, words: Sequence[str], kinds: Iterable[str] = ()) -> dict[str, float]:
        """Every intent's score from 0 to 1; see `bot.nlu.calibration` for what 0.40 means."""
        document = terms(without_figures(words, self.figures), kinds)
        meaning = self.meaning.vectors([words])[0]
        if self.likeness is None:
            chances = [self.scale.score(m) for m in self.judge.margins(document, meaning)]
        else:
            chances = self._of_few(self.likeness, document, meaning)
        return dict(zip(self.judge.linear.labels, chances, strict=True))

    def margins(self, words: Sequence[str], kinds: Iterable[str] = ()) -> dict[str, float]:
        """How strongly the words speak for each intent, before any scale; for explanations."""
        document = terms(without_figures(words, self.figures), kinds)
        margins = self.judge.margins(document, self.meaning.vectors([words])[0])
        return dict(zip(self.judge.linear.labels, margins, strict=True))

    def _of_few(self, likeness: Likeness, document: Sequence[str], meaning: Floats) -> list[float]:
        """Scores where no scale could be fitted: a classifier's, within what is like a sample."""
        known = self.judge.tfidf.terms(document)
        # Of so few samples, what words mean says too much: it counts by half.
        margins = self.judge.linear.margins(known, meaning * np.float32(0.5))
        return likeness.weighed([self.scale.score(float(m)) for m in margins], known)


def learn(
    samples: Sequence[Sample], meaning: Meaning, figures: Collection[str] = ()
) -> IntentModel:
    """The model of `samples`. The same samples always give the same model.

    It learns two thirds first, is scaled by what it says of the rest, then learns everything.
    """
    kept = frozenset(figures)
    labels = tuple(sorted({sample.intent for sample in samples}))
    meanings = meaning.vectors([sample.words for sample in samples])
    # Each term is kept once however many samples have it: that is most of what learning holds.
    pool: dict[str, str] = {}
    lessons = [
        Lesson(
            [
                pool.setdefault(term, term)
                for term in terms(without_figures(s.words, kept), s.kinds)
            ],
            meant,
            labels.index(s.intent),
        )
        for s, meant in zip(samples, meanings, strict=True)
    ]
    held = _held_out(samples)
    if meaning.is_coarse and len({samples[index].group for index in held}) < FEW:
        judge = Judge.trained(lessons, labels, meaning.size)
        known = [judge.tfidf.terms(lesson.document) for lesson in lessons]
        alike = Likeness.of(known, [o.label for o in lessons], len(judge.tfidf.rows))
        return IntentModel(judge, Scale(), kept, meaning, alike)
    scale = _scale(lessons, held, labels, meaning.size) if held else Scale()
    return IntentModel(Judge.trained(lessons, labels, meaning.size), scale, kept, meaning)


def _scale(
    lessons: Sequence[Lesson], held: Collection[int], labels: tuple[str, ...], size: int
) -> Scale:
    """Learns what is not in `held`, and scales by what it says of the rest."""
    shown = [lesson for index, lesson in enumerate(lessons) if index not in held]
    trial = Judge.trained(shown, labels, size)
    return fit_scale([_outcome(trial, lessons[index]) for index in sorted(held)])


def _passes(count: int) -> int:
    return min(max(_WORK // count, _PASSES.start), _PASSES.stop)


def _outcome(judge: Judge, lesson: Lesson) -> tuple[float, bool]:
    """The best margin of an utterance held out, and whether the best intent was right."""
    margins = judge.margins(lesson.document, lesson.meaning)
    best = max(range(len(margins)), key=margins.__getitem__)
    return margins[best], best == lesson.label


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
