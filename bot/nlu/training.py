"""Learns a locale's recogniser from its definition: the one place that knows bot definitions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from bot.definition.model import BotLocale, Intent
from bot.nlu.built_in_intents import with_own_phrases
from bot.nlu.cache import learned
from bot.nlu.engines import LIGHT, meaning_of
from bot.nlu.everyday import everyday
from bot.nlu.intent_model import Sample
from bot.nlu.recogniser import TrainedRecogniser, sure_kinds
from bot.nlu.slot_reading import SlotReader, UnsupportedSlotTypeError
from bot.nlu.utterance import Utterance
from bot.nlu.words import normal

__all__ = ["UnsupportedSlotTypeError", "train"]

_SLOT = re.compile(r"\{(\w+)\}")
_FILLINGS = 2
# Which values a date is read as never matters in learning, only that one was read.
_LEARNED_AT = datetime(2026, 1, 1, tzinfo=UTC)


def train(
    locale: BotLocale, cache_dir: Path | None = None, *, engine: str = LIGHT
) -> TrainedRecogniser:
    """The recogniser of `locale`, from `cache_dir` when the same definition was learned before.

    `engine` is one of `bot.nlu.engines.ENGINES`. Deterministic. Raises `UnsupportedSlotTypeError`
    for a slot type that cannot be read, `EngineError` for an engine that is not there.
    """
    meaning = meaning_of(engine)
    locale = with_own_phrases(locale)
    reader = SlotReader(locale)
    samples = list(_samples(locale, reader))
    figures = {word for word in _literals(locale) if any(map(str.isdigit, word))}
    strange = everyday(locale.locale_id)
    model = learned(samples, meaning, figures, strange, cache_dir)
    return TrainedRecogniser(locale, reader, model)


def _literals(locale: BotLocale) -> set[str]:
    """The words that utterances spell out, as against those that stand in slots."""
    utterances = (u for intent in locale.intents.values() for u in intent.utterances)
    return {word for utterance in utterances for word in normal(_SLOT.sub(" ", utterance)).split()}


def _samples(locale: BotLocale, reader: SlotReader) -> Iterator[Sample]:
    """Every utterance, with its slots filled by values of their types and with them left out."""
    rng, group = Random(11), 0  # noqa: S311 - variety, not secrecy
    types = sorted({slot.type_name for i in locale.intents.values() for slot in i.slots})
    for intent in locale.intents.values():
        for utterance in () if intent.is_fallback else intent.utterances:
            group += 1
            for text in _filled(utterance, intent, reader, rng):
                said = Utterance.of(text, _LEARNED_AT)
                kinds = sure_kinds(reader.sure_spans(types, said))
                yield Sample(said.tokens, tuple(kinds), intent.name, group)
            if _SLOT.search(utterance):
                yield _bare(utterance, intent, group)


def _filled(utterance: str, intent: Intent, reader: SlotReader, rng: Random) -> list[str]:
    types = {slot.name: slot.type_name for slot in intent.slots}
    texts = {
        _SLOT.sub(lambda match: rng.choice(reader.samples(types.get(match[1], ""))), utterance)
        for _ in range(_FILLINGS)
    }
    return sorted(texts)


def _bare(utterance: str, intent: Intent, group: int) -> Sample:
    """The utterance without its values, for values that no list foresees."""
    types = {slot.name: slot.type_name for slot in intent.slots}
    kinds = sorted({types[name] for name in _SLOT.findall(utterance) if name in types})
    tokens = tuple(normal(_SLOT.sub(" ", utterance)).split())
    return Sample(tokens, tuple(kinds), intent.name, group)
