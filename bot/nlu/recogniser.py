"""The trained ears of one locale: sample utterances first, then patterns, then the classifier."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain

from bot.definition.model import BotLocale
from bot.engine.recogniser import PLAIN, Attention, IntentScore, SlotMatch
from bot.nlu.confirmation import read_confirmation
from bot.nlu.cues import Cues
from bot.nlu.evidence import Evidence, Heard, explain
from bot.nlu.hints import normal_phrases
from bot.nlu.intent_model import IntentModel
from bot.nlu.patterns import SLOT, Fit, Matcher, patterns_of, phrasings_of, vocabulary_of
from bot.nlu.slot_hearing import SlotHearing
from bot.nlu.slot_reading import SlotReader
from bot.nlu.spelling import Spelling
from bot.nlu.utterance import Span, Utterance
from bot.nlu.words import normal

_EXACT = 1.0
_FITS = 0.95
_SURE = 0.8
_REPORTED = 5
"""Candidates whose slots anybody sees: Lex lists so many interpretations."""

Spans = Mapping[str, Sequence[Span]]


class TrainedRecogniser:
    """Implements `bot.engine.recogniser.Recogniser`."""

    def __init__(self, locale: BotLocale, reader: SlotReader, model: IntentModel) -> None:
        self._locale = locale
        self._reader = reader
        self._model = model
        self._slots = SlotHearing(locale, reader)
        self._exact: dict[str, set[str]] = defaultdict(set)
        self._patterns = {
            name: patterns_of(intent, reader.small_words) for name, intent in locale.intents.items()
        }
        self._phrasings = {
            (intent.name, slot.name): phrasings
            for intent in locale.intents.values()
            for slot in intent.slots
            if (phrasings := phrasings_of(intent, slot, reader.small_words))
        }
        self._cues = {
            name: Cues(intent, self._patterns[name], reader)
            for name, intent in locale.intents.items()
        }
        vocabulary: set[str] = set()
        for intent in locale.intents.values():
            vocabulary |= vocabulary_of(intent)
            for utterance in intent.utterances:
                if not SLOT.search(utterance):
                    self._exact[normal(utterance)].add(intent.name)
        self._spelling = Spelling(vocabulary)

    def intents(
        self,
        text: str,
        now: datetime,
        eligible: Collection[str] | None = None,
        attention: Attention = PLAIN,
    ) -> list[IntentScore]:
        """Candidates, best first; those that lead with the slots that the utterance fills."""
        utterance = Utterance.of(text, now, normal_phrases(chain(*attention.hints.values())))
        if not utterance.words:
            return []
        allowed = set(self._locale.intents if eligible is None else eligible)
        spans = self._slots.spans(utterance, attention)
        tokens = self._corrected(utterance, spans)
        likely = self._model.scores(tokens, sure_kinds(spans))
        exact = self._exact.get(" ".join(utterance.tokens), set())
        fits = self._fits(Matcher(utterance, tokens, spans, self._reader), allowed)
        scored = [
            self._score(name, chance, name in exact, fits.get(name), tokens, spans)
            for name, chance in likely.items()
            if name in allowed
        ]
        scored.sort(key=lambda s: (-s.score, -likely[s.name], s.name))
        for rank, score in enumerate(scored[:_REPORTED]):
            found = score.slots
            if score.name not in exact and score.name not in fits:
                found = self._cues[score.name].fill(utterance, tokens, spans)
            if found:
                shaped = self._slots.shaped(score.name, found, utterance)
                scored[rank] = replace(score, slots=shaped)
        return scored

    def explained(self, text: str, now: datetime) -> list[Evidence]:
        """Why each intent scored as it did; for a developer's eyes, computed anew when asked."""
        utterance = Utterance.of(text, now)
        spans = self._slots.spans(utterance, PLAIN)
        heard = Heard(utterance, self._corrected(utterance, spans), sure_kinds(spans))
        scores = {candidate.name: candidate.score for candidate in self.intents(text, now)}
        return explain(heard, scores, self._locale, self._model)

    def slot(
        self, text: str, intent: str, slot: str, now: datetime, attention: Attention = PLAIN
    ) -> SlotMatch | None:
        """The value for `slot` in a reply to its prompt; None for another intent's own words."""
        match = self._slots.reply(text, intent, slot, now, attention)
        if match is None or match.known:
            return match
        elsewhere = self._exact.get(normal(text), set()) - {intent}
        return None if elsewhere else match

    def phrased(
        self, text: str, intent: str, slot: str, now: datetime, attention: Attention = PLAIN
    ) -> Mapping[str, SlotMatch]:
        """What a slot's own sample utterances, such as "for {guests} people", find in a reply."""
        patterns = self._phrasings.get((intent, slot))
        if patterns is None:
            return {}
        utterance = Utterance.of(text, now, normal_phrases(chain(*attention.hints.values())))
        spans = self._slots.spans(utterance, attention)
        matcher = Matcher(utterance, self._corrected(utterance, spans), spans, self._reader)
        fits = [fit for pattern in patterns if (fit := matcher.fit(pattern)) is not None]
        best = max(fits, key=lambda fit: fit.score, default=None)
        if best is None:
            return {}
        # The words around a value say what it is, a listed one or not.
        sure = {name: replace(match, known=True) for name, match in best.slots.items()}
        return self._slots.shaped(intent, sure, utterance)

    def confirmation(self, text: str) -> bool | None:
        return read_confirmation(text)

    def _corrected(self, utterance: Utterance, spans: Spans) -> tuple[str, ...]:
        """The words, mistyped ones put right, unless they are values."""
        values = {
            index
            for found in spans.values()
            for span in found
            if span.weight >= _SURE
            for index in range(span.start, span.end)
        }
        return tuple(
            token if index in values else self._spelling.correct(token)
            for index, token in enumerate(utterance.tokens)
        )

    def _fits(self, matcher: Matcher, allowed: set[str]) -> dict[str, Fit]:
        """The best whole match of each intent's patterns."""
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
        tokens: Sequence[str],
        spans: Spans,
    ) -> IntentScore:
        if exact:
            return IntentScore(name, _EXACT, fit.slots if fit and fit.sure else {})
        if fit is not None and fit.sure:
            # Between two sure fits the one that explains more, then the likelier one, leads.
            return IntentScore(name, _FITS + 0.03 * chance + min(fit.score, 9) / 1000, fit.slots)
        if fit is not None:
            return IntentScore(name, self._on_trust(name, chance, fit, tokens, spans), fit.slots)
        return IntentScore(name, min(chance, _FITS))

    def _on_trust(
        self, name: str, chance: float, fit: Fit, tokens: Sequence[str], spans: Spans
    ) -> float:
        """Between what was said and what is said when the trusted words are a value indeed.

        The more words a fit takes on trust, the less it proves: "show me pictures of dogs" fits
        "show me {account}".
        """
        types = {s.name: s.type_name for s in self._locale.intents[name].slots}
        kinds = {types[slot] for slot, match in fit.slots.items() if not match.known}
        rest = [token for index, token in enumerate(tokens) if index not in fit.trusted]
        as_value = self._model.scores(rest, sorted(kinds | set(sure_kinds(spans))))[name]
        share = 1 - len(fit.trusted) / len(tokens)
        return min(chance + (as_value - chance) * share, _FITS)


def sure_kinds(spans: Spans) -> list[str]:
    """The slot types of which an utterance surely has a value."""
    return [name for name, found in spans.items() if any(s.weight >= _SURE for s in found)]
