"""Keeps what was learned on disk, named by a hash of what it was learned from."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import astuple
from pathlib import Path

from bot.nlu.intent_model import IntentModel, Sample, learn

_FORMAT = 5


def learned(
    samples: Sequence[Sample], figures: Collection[str], folder: Path | None
) -> IntentModel:
    """The model of `samples`, read from `folder` when it was learned before.

    A missing, damaged or unwritable file costs a second of learning, nothing else.
    """
    if folder is None:
        return learn(samples, figures)
    path = folder / f"{_key(samples, figures)}.json"
    model = _read(path)
    if model is None:
        model = learn(samples, figures)
        _write(path, model)
    return model


def _key(samples: Sequence[Sample], figures: Collection[str]) -> str:
    content = json.dumps([_FORMAT, [astuple(sample) for sample in samples], sorted(figures)])
    return hashlib.sha256(content.encode()).hexdigest()[:32]


def _read(path: Path) -> IntentModel | None:
    try:
        return IntentModel.from_json(json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _write(path: Path, model: IntentModel) -> None:
    scratch = path.with_suffix(f".{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        scratch.write_text(json.dumps(model.to_json()), "utf-8")
        scratch.replace(path)
    except OSError:
        with suppress(OSError):
            scratch.unlink()
