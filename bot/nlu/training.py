"""Learns a locale's recogniser from its definition: the one place that knows bot definitions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from random import Random

from bot.definition.model import BotLocale, Intent
from bot.nlu.built_in_intents import with_own_phrases
from bot.nlu.cache import alone, learned, recalled
from bot.nlu.engines import LIGHT, meaning_of
from bot.nlu.everyday import everyday
from bot.nlu.intent_model import IntentModel, Sample, learn
from bot.nlu.meaning import Meaning
from bot.nlu.recogniser import TrainedRecogniser, sure_kinds
from bot.nlu.slot_reading import SlotReader, UnsupportedSlotTypeError
from bot.nlu.utterance import Utterance
from bot.nlu.words import normal

__all__ = ["UnsupportedSlotTypeError", "is_learned", "train"]

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
    return TrainedRecogniser(locale, reader, _model(locale, reader, meaning, cache_dir))


def is_learned(locale: BotLocale, cache_dir: Path, *, engine: str = LIGHT) -> bool:
    """Whether `train` would find what it needs in `cache_dir`. Raises `EngineError` like it."""
    name = _name(with_own_phrases(locale), meaning_of(engine))
    return recalled(name, meaning_of(engine), cache_dir) is not None


def _model(
    locale: BotLocale, reader: SlotReader, meaning: Meaning, cache_dir: Path | None
) -> IntentModel:
    if cache_dir is None:
        return learn(*_lesson(locale, reader, meaning))
    name = _name(locale, meaning)
    known = recalled(name, meaning, cache_dir)
    if known is not None:
        return known
    with alone(cache_dir, name):
        known = recalled(name, meaning, cache_dir)
        if known is not None:  # another process has learned it meanwhile
            return known
        return learned(*_lesson(locale, reader, meaning), cache_dir, name)


def _lesson(
    locale: BotLocale, reader: SlotReader, meaning: Meaning
) -> tuple[list[Sample], Meaning, set[str], Sequence[Sequence[str]]]:
    """What `learn` learns from."""
    samples = list(_samples(locale, reader))
    figures = {word for word in _literals(locale) if any(map(str.isdigit, word))}
    return samples, meaning, figures, everyday(locale.locale_id)


def _name(locale: BotLocale, meaning: Meaning) -> str:
    """What `locale` is learned under: equal when definition, code and vectors are."""
    import hashlib  # 4 MB of memory, which who keeps nothing need not pay

    said = f"{_code()} {meaning.name} {locale!r}"
    return hashlib.sha256(said.encode()).hexdigest()[:32]


@cache
def _code() -> str:
    """A hash of this package: other code may make other samples of the same definition."""
    import hashlib

    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*")):
        if path.suffix in {".py", ".txt"}:
            digest.update(path.read_bytes())
    return digest.hexdigest()


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
