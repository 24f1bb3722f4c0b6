"""Learns intents from sample utterances: term weights, a classifier, the scale of its scores."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from bot.nlu.calibration import FEW, Scale, fit_scale
from bot.nlu.classifier import Linear
from bot.nlu.everyday import strange_to
from bot.nlu.features import TfIdf, terms, without_figures
from bot.nlu.likeness import Likeness
from bot.nlu.meaning import Floats, Meaning
from bot.nlu.nearest import Nearest

_HELD_OUT = 3
_WORK = 20000
_PASSES = range(6, 20)
_WEIGHT_OF_NEAREST = np.float32(3.0)
_WEIGHT_OF_STRANGE = 0.25
# An encoder learns from as few what is strange, and reads them slowly.
_EVERY = 4
STRANGE = ""
"""The label of sentences that belong to no intent; it comes last, and nothing is ever heard as it.
"""


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

    @property
    def labels(self) -> tuple[str, ...]:
        """The intents that `margins` speaks of."""
        labels = self.linear.labels
        return labels[:-1] if labels[-1:] == (STRANGE,) else labels

    def margins(self, document: Sequence[str], meaning: Floats) -> list[float]:
        """How much speaks for each label; nothing at all when neither word nor meaning is known."""
        return self._weighed(document, meaning, self.nearest.likeness(meaning))

    def margins_of(self, lessons: Sequence[Lesson]) -> Iterator[list[float]]:
        """`margins` of each lesson, in their order; for many at once."""
        meanings = np.array([one.meaning for one in lessons], np.float32)
        alike = self.nearest.likenesses(meanings)
        for lesson, likeness in zip(lessons, alike, strict=True):
            yield self._weighed(lesson.document, lesson.meaning, likeness)

    def _weighed(self, document: Sequence[str], meaning: Floats, likeness: Floats) -> list[float]:
        """What the three witnesses say together."""
        margins = self.linear.margins(self.tfidf.terms(document), meaning)
        margins += _WEIGHT_OF_NEAREST * likeness
        found = [float(margin) for margin in margins]
        if len(self.labels) == len(found):
            return found
        against = _WEIGHT_OF_STRANGE * max(0.0, found.pop())
        return [margin - against for margin in found]


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
        return dict(zip(self.judge.labels, chances, strict=True))

    def margins(self, words: Sequence[str], kinds: Iterable[str] = ()) -> dict[str, float]:
        """How strongly the words speak for each intent, before any scale; for explanations."""
        document = terms(without_figures(words, self.figures), kinds)
        margins = self.judge.margins(document, self.meaning.vectors([words])[0])
        return dict(zip(self.judge.labels, margins, strict=True))

    def _of_few(self, likeness: Likeness, document: Sequence[str], meaning: Floats) -> list[float]:
        """Scores where no scale could be fitted: a classifier's, within what is like a sample."""
        known = self.judge.tfidf.terms(document)
        # Of so few samples, what words mean says too much: it counts by half.
        margins = self.judge.linear.margins(known, meaning * np.float32(0.5))
        return likeness.weighed([self.scale.score(float(m)) for m in margins], known)


def learn(
    samples: Sequence[Sample],
    meaning: Meaning,
    figures: Collection[str] = (),
    strange: Sequence[Sequence[str]] = (),
) -> IntentModel:
    """The model of `samples`. The same samples always give the same model.

    It learns two thirds first, is scaled by what it says of the rest, then learns everything.
    `strange` are the words of sentences that are no intent's, as far as no sample is like them.
    """
    kept = frozenset(figures)
    labels = tuple(sorted({sample.intent for sample in samples}))
    # Each term is kept once however many samples have it: that is most of what learning holds.
    pool: dict[str, str] = {}
    lessons = [
        Lesson(_document(s.words, s.kinds, kept, pool), meant, labels.index(s.intent))
        for s, meant in zip(samples, meaning.vectors([s.words for s in samples]), strict=True)
    ]
    held = _held_out(samples)
    if meaning.is_coarse and len({samples[index].group for index in held}) < FEW:
        judge = Judge.trained(lessons, labels, meaning.size)
        known = [judge.tfidf.terms(lesson.document) for lesson in lessons]
        alike = Likeness.of(known, [o.label for o in lessons], len(judge.tfidf.rows))
        return IntentModel(judge, Scale(), kept, meaning, alike)
    others = _others(strange, lessons, len(labels), meaning, pool)
    known_labels = (*labels, STRANGE) if others else labels
    scale = _scale([*lessons, *others], held, known_labels, meaning.size) if held else Scale()
    judge = Judge.trained([*lessons, *others], known_labels, meaning.size)
    return IntentModel(judge, scale, kept, meaning)


def _document(
    words: Sequence[str], kinds: Iterable[str], kept: Collection[str], pool: dict[str, str]
) -> list[str]:
    return [pool.setdefault(term, term) for term in terms(without_figures(words, kept), kinds)]


def _others(
    strange: Sequence[Sequence[str]],
    lessons: Sequence[Lesson],
    label: int,
    meaning: Meaning,
    pool: dict[str, str],
) -> list[Lesson]:
    """What belongs to none of the intents, under a label of its own."""
    if not strange or not lessons:
        return []
    if not meaning.is_coarse:
        strange = strange[::_EVERY]
    meanings = meaning.vectors(strange)
    rows = strange_to(np.array([lesson.meaning for lesson in lessons]), meanings)
    return [Lesson(_document(strange[row], (), (), pool), meanings[row], label) for row in rows]


def _scale(
    lessons: Sequence[Lesson], held: Collection[int], labels: tuple[str, ...], size: int
) -> Scale:
    """Learns what is not in `held`, and scales by what it says of the rest."""
    shown = [lesson for index, lesson in enumerate(lessons) if index not in held]
    trial = Judge.trained(shown, labels, size)
    asked = [lessons[index] for index in sorted(held)]
    heard = zip(trial.margins_of(asked), asked, strict=True)
    return fit_scale([_outcome(margins, lesson.label) for margins, lesson in heard])


def _passes(count: int) -> int:
    return min(max(_WORK // count, _PASSES.start), _PASSES.stop)


def _outcome(margins: Sequence[float], right: int) -> tuple[float, bool]:
    """The best margin of an utterance held out, and whether the best intent was right."""
    best = max(range(len(margins)), key=margins.__getitem__)
    return margins[best], best == right


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
