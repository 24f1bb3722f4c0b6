"""The trained ears of one locale: sample utterances first, then patterns, then the classifier."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from bot.definition.model import BotLocale
from bot.engine.recogniser import IntentScore, SlotMatch
from bot.nlu.classifier import Linear
from bot.nlu.confirmation import read_confirmation
from bot.nlu.cues import Cues
from bot.nlu.features import TfIdf, coverage, terms
from bot.nlu.patterns import Fit, Matcher, patterns_of
from bot.nlu.slot_reading import SlotReader
from bot.nlu.spans import Span
from bot.nlu.words import Word, clean, normal, words

_EXACT = 1.0
_FITS = 0.95
# A fit that takes words on trust says little by itself: "pay attention" fits "pay {payee}".
_FITS_ON_TRUST = 0.85
_SUPPORT = 0.2
_UNSEEN_WORDS = 0.75


class TrainedRecogniser:
    """Implements `bot.engine.recogniser.Recogniser`."""

    def __init__(self, locale: BotLocale, reader: SlotReader, tfidf: TfIdf, linear: Linear) -> None:
        self._locale = locale
        self._reader = reader
        self._tfidf = tfidf
        self._linear = linear
        self._types = sorted({s.type_name for i in locale.intents.values() for s in i.slots})
        self._exact: dict[str, set[str]] = defaultdict(set)
        self._patterns = {name: patterns_of(intent) for name, intent in locale.intents.items()}
        self._cues = {
            name: Cues(intent, self._patterns[name]) for name, intent in locale.intents.items()
        }
        for intent in locale.intents.values():
            for utterance in intent.utterances:
                if "{" not in utterance:
                    self._exact[normal(utterance)].add(intent.name)

    def intents(
        self,
        text: str,
        now: datetime,  # noqa: ARG002 - for types that read the clock
        eligible: Collection[str] | None = None,
    ) -> list[IntentScore]:
        """Candidates, best first, with the slots that the utterance fills for each."""
        cleaned = clean(text)
        found = words(cleaned)
        if not found:
            return []
        allowed = set(self._locale.intents if eligible is None else eligible)
        spans = {name: self._reader.spans(name, cleaned, found) for name in self._types}
        likely = self._likely(found, spans, allowed)
        exact = self._exact.get(" ".join(word.text for word in found), set())
        fits = self._fits(cleaned, found, spans, allowed)
        scored = [
            self._score(name, chance, name in exact, fits.get(name), found, spans)
            for name, chance in likely.items()
        ]
        return sorted(scored, key=lambda s: (-s.score, s.name))

    def slot(
        self,
        text: str,
        intent: str,
        slot: str,
        now: datetime,  # noqa: ARG002 - for types that read the clock
    ) -> SlotMatch | None:
        """The value for `slot` in a reply to its prompt."""
        definition = self._locale.intents[intent].slot(slot)
        if definition is None:
            return None
        cleaned = clean(text)
        return self._reader.reply(definition.type_name, cleaned, words(cleaned))

    def confirmation(self, text: str) -> bool | None:
        return read_confirmation(text)

    def _likely(
        self, found: list[Word], spans: Mapping[str, Sequence[Span]], allowed: set[str]
    ) -> dict[str, float]:
        """The classifier's chances, lowered where much of the utterance is unknown to it."""
        tokens = [word.text for word in found]
        kinds = [name for name in self._types if spans[name]]
        vector = self._tfidf.vector(terms(tokens, kinds))
        if not vector:
            return dict.fromkeys(allowed & set(self._linear.labels), 0.0)
        inside = {i for ranges in spans.values() for s in ranges for i in range(s.start, s.end)}
        plain = [token for index, token in enumerate(tokens) if index not in inside]
        known = coverage(plain, self._tfidf.idf) if plain else 1.0
        trust = 1 - _UNSEEN_WORDS * (1 - known)
        chances = self._linear.probabilities(vector)
        return {
            label: chance * trust
            for label, chance in zip(self._linear.labels, chances, strict=True)
            if label in allowed
        }

    def _fits(
        self,
        text: str,
        found: list[Word],
        spans: Mapping[str, Sequence[Span]],
        allowed: set[str],
    ) -> dict[str, Fit]:
        """The best whole match of each intent's patterns."""
        matcher = Matcher(text, found, spans, self._reader)
        best: dict[str, Fit] = {}
        for name in allowed:
            for pattern in self._patterns.get(name, ()):
                fit = matcher.fit(pattern)
                if fit is not None and (name not in best or fit.score > best[name].score):
                    best[name] = fit
        return best

    def _score(
        self,
        name: str,
        chance: float,
        exact: bool,
        fit: Fit | None,
        found: list[Word],
        spans: Mapping[str, Sequence[Span]],
    ) -> IntentScore:
        if exact:
            return IntentScore(name, _EXACT)
        if fit is not None and fit.sure:
            # Between two sure fits the one that explains more, then the likelier one, leads.
            return IntentScore(name, _FITS + 0.04 * chance + fit.score / 10_000, fit.slots)
        if fit is not None and chance >= _SUPPORT:
            return IntentScore(name, max(chance, _FITS_ON_TRUST * min(1, 0.6 + chance)), fit.slots)
        return IntentScore(name, chance, self._cues[name].fill(found, spans))
