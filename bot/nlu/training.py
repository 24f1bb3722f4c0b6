"""Learns a locale's recogniser from its definition, and keeps what it learned on disk."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

from bot.definition.model import BotLocale, Intent
from bot.nlu.classifier import Linear, learn
from bot.nlu.features import TfIdf, terms
from bot.nlu.recogniser import TrainedRecogniser
from bot.nlu.slot_reading import SlotReader, UnsupportedSlotTypeError
from bot.nlu.words import clean, words

_FORMAT = 3
_SLOT = re.compile(r"\{(\w+)\}")
_FILLINGS = 2

__all__ = ["UnsupportedSlotTypeError", "train"]


def train(locale: BotLocale, cache_dir: Path | None = None) -> TrainedRecogniser:
    """The recogniser of `locale`, from `cache_dir` when the same definition was learned before.

    Deterministic. Raises `UnsupportedSlotTypeError` for a slot type that cannot be read.
    """
    reader = SlotReader(locale)
    samples = _samples(locale, reader)
    stored = cache_dir / f"{_key(locale, samples)}.json" if cache_dir else None
    learned = _load(stored) if stored else None
    if learned is None:
        learned = _learn(samples, locale, reader)
        if stored:
            _store(stored, learned)
    tfidf, linear = learned
    return TrainedRecogniser(locale, reader, tfidf, linear)


def _samples(locale: BotLocale, reader: SlotReader) -> list[tuple[str, str]]:
    """(utterance, intent) with slots filled by values of their types."""
    rng = Random(11)  # noqa: S311 - variety, not secrecy
    samples: list[tuple[str, str]] = []
    for intent in locale.intents.values():
        if not intent.is_fallback:
            for utterance in intent.utterances:
                texts = {_fill(utterance, intent, reader, rng) for _ in range(_FILLINGS)}
                samples += [(text, intent.name) for text in sorted(texts)]
    return samples


def _fill(utterance: str, intent: Intent, reader: SlotReader, rng: Random) -> str:
    types = {slot.name: slot.type_name for slot in intent.slots}
    return _SLOT.sub(lambda match: rng.choice(reader.samples(types.get(match[1], ""))), utterance)


def kinds_in(locale: BotLocale, reader: SlotReader, text: str) -> list[str]:
    """The names of the slot types of which the text holds a sure value."""
    found = words(text)
    names = sorted({s.type_name for i in locale.intents.values() for s in i.slots})
    return [name for name in names if reader.spans(name, text, found)]


def _learn(
    samples: Sequence[tuple[str, str]], locale: BotLocale, reader: SlotReader
) -> tuple[TfIdf, Linear]:
    documents = []
    for text, _ in samples:
        cleaned = clean(text)
        tokens = [word.text for word in words(cleaned)]
        documents.append(terms(tokens, kinds_in(locale, reader, cleaned)))
    tfidf = TfIdf.learn(documents)
    vectors = [tfidf.vector(document) for document in documents]
    return tfidf, learn(vectors, [intent for _, intent in samples])


def _key(locale: BotLocale, samples: Sequence[tuple[str, str]]) -> str:
    values = [
        [t.name, t.strategy, [[v.value, *v.synonyms] for v in t.values]]
        for t in locale.slot_types.values()
    ]
    content = json.dumps([_FORMAT, locale.locale_id, samples, values])
    return hashlib.sha256(content.encode()).hexdigest()[:32]


def _load(path: Path) -> tuple[TfIdf, Linear] | None:
    try:
        stored: dict[str, Any] = json.loads(path.read_text())
        linear = Linear(tuple(stored["labels"]), stored["weights"], stored["temperature"])
        return TfIdf(stored["idf"]), linear
    except (OSError, ValueError, KeyError, TypeError):
        # A missing or damaged file costs a second of learning, nothing else.
        return None


def _store(path: Path, learned: tuple[TfIdf, Linear]) -> None:
    tfidf, linear = learned
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {
        "labels": linear.labels,
        "temperature": linear.temperature,
        "idf": tfidf.idf,
        "weights": {t: [round(w, 6) for w in row] for t, row in linear.weights.items()},
    }
    scratch = path.with_suffix(f".{os.getpid()}.tmp")
    scratch.write_text(json.dumps(content))
    scratch.replace(path)
