"""Keeps what was learned on disk, named by a hash of what it was learned from.

Two hashes, since the samples take seconds to make. Theirs names the model; the hash of the
definition, and of the code that makes samples of it, names a line that says which model that is.
"""

from __future__ import annotations

import json
import os
import re
import zipfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import astuple
from pathlib import Path
from typing import Any

import numpy as np

from bot.nlu.calibration import Scale
from bot.nlu.classifier import Linear
from bot.nlu.features import TfIdf
from bot.nlu.intent_model import IntentModel, Judge, Sample, learn
from bot.nlu.likeness import Likeness
from bot.nlu.meaning import Meaning
from bot.nlu.nearest import Nearest

_FORMAT = 7
_KEY = re.compile("[0-9a-f]{32}")


@contextmanager
def alone(folder: Path, name: str) -> Iterator[None]:
    """Whoever else would learn `name` into `folder` meanwhile waits, and reads it then.

    Where no file can be locked everybody learns.
    """
    with ExitStack() as held:
        with suppress(ImportError, OSError):
            import fcntl  # where files can be locked

            folder.mkdir(parents=True, exist_ok=True)
            file = held.enter_context((folder / f"{name}.lock").open("w"))
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def learned(
    samples: Sequence[Sample],
    meaning: Meaning,
    figures: Collection[str],
    strange: Sequence[Sequence[str]],
    folder: Path,
    name: str,
) -> IntentModel:
    """The model of `bot.nlu.intent_model.learn`, read from `folder` when it was learned before.

    From now on `recalled` has it by `name`. A missing, damaged or unwritable file costs seconds of
    learning, nothing else.
    """
    key = _key(samples, meaning, figures, strange)
    path = folder / f"{key}.npz"
    model = _read(path, meaning)
    if model is None:
        model = learn(samples, meaning, figures, strange)
        _write(path, model)
    with suppress(OSError):
        (folder / f"{name}.model").write_text(key, "ascii")
    return model


def recalled(name: str, meaning: Meaning, folder: Path) -> IntentModel | None:
    """The model that was learned under `name`; None when there is none, or it cannot be read."""
    try:
        key = (folder / f"{name}.model").read_text("ascii")
    except (OSError, ValueError):
        return None
    return _read(folder / f"{key}.npz", meaning) if _KEY.fullmatch(key) else None


def _key(
    samples: Sequence[Sample],
    meaning: Meaning,
    figures: Collection[str],
    strange: Sequence[Sequence[str]],
) -> str:
    said = [astuple(sample) for sample in samples]
    import hashlib  # 4 MB of memory, which who keeps nothing need not pay

    content = json.dumps([_FORMAT, meaning.name, said, sorted(figures), strange])
    return hashlib.sha256(content.encode()).hexdigest()[:32]


def _read(path: Path, meaning: Meaning) -> IntentModel | None:
    try:
        with path.open("rb") as file, np.load(file) as stored:
            head = json.loads(stored["head"].tobytes())
            by_term, by_meaning = stored["by_term"], stored["by_meaning"]
            shapes = (len(head["terms"]), len(head["labels"])), (meaning.size, len(head["labels"]))
            if (by_term.shape, by_meaning.shape) != shapes:
                return None
            rows = {term: row for row, term in enumerate(head["terms"])}
            judge = Judge(
                TfIdf(rows, stored["idf"], float(head["unseen"])),
                Linear(tuple(head["labels"]), by_term, by_meaning),
                Nearest(stored["samples"], stored["starts"]),
            )
            likeness = _likeness(stored) if "alike" in stored else None
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile):
        return None
    scale, figures = Scale(*head["scale"]), frozenset(head["figures"])
    return IntentModel(judge, scale, figures, meaning, likeness)


def _likeness(stored: Mapping[str, Any]) -> Likeness:
    return Likeness(stored["alike"], tuple(map(int, stored["alike_labels"])))


def _write(path: Path, model: IntentModel) -> None:
    judge = model.judge
    head = {
        "labels": judge.linear.labels,
        "terms": list(judge.tfidf.rows),
        "unseen": judge.tfidf.unseen,
        "scale": [model.scale.middle, model.scale.width],
        "figures": sorted(model.figures),
    }
    few: dict[str, Any] = {}
    if model.likeness is not None:
        labels = np.array(model.likeness.labels, np.intp)
        few = {"alike": model.likeness.samples, "alike_labels": labels}
    scratch = path.with_suffix(f".{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with scratch.open("wb") as file:
            np.savez(
                file,
                head=np.frombuffer(json.dumps(head).encode(), np.uint8),
                idf=judge.tfidf.idf,
                by_term=judge.linear.by_term,
                by_meaning=judge.linear.by_meaning,
                samples=judge.nearest.samples,
                starts=judge.nearest.starts,
                **few,
            )
        scratch.replace(path)
    except OSError:
        with suppress(OSError):
            scratch.unlink()
