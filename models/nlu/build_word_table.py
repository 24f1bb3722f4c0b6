"""Builds bot/nlu/word_table.npz from the static word vectors of the wordllama wheel (MIT).

    pip download --no-deps --dest DIR wordllama==0.4.0.post1
    python models/nlu/build_word_table.py DIR/wordllama-*.whl

Only pieces of lower-case Latin words, figures and marks are kept. Vectors are stored as one signed
byte a number, each row with its own scale. Needs numpy alone; the same wheel gives the same file.
"""

from __future__ import annotations

import argparse
import io
import json
import re
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

_VECTORS = "wordllama/weights/l2_supercat_256.safetensors"
_TOKENIZER = "wordllama/tokenizers/l2_supercat_tokenizer_config.json"
_PIECE = re.compile(r"▁?[a-záéíóúüñçàèìòùâêîôûäëö0-9'&$€£%+#@!?.,/-]+")
_TARGET = Path(__file__).resolve().parents[2] / "bot" / "nlu" / "word_table.npz"


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("wheel", type=Path)
    parser.add_argument("--out", type=Path, default=_TARGET)
    options = parser.parse_args(argv)
    with zipfile.ZipFile(options.wheel) as wheel:
        vectors = read_safetensors(wheel.read(_VECTORS))
        vocabulary = json.loads(wheel.read(_TOKENIZER))["model"]["vocab"]
    kept = {piece: row for piece, row in vocabulary.items() if _PIECE.fullmatch(piece)}
    rows = vectors[list(kept.values())]
    scales = np.abs(rows).max(axis=1, keepdims=True) / 127
    write(
        options.out,
        pieces=np.frombuffer("\n".join(kept).encode(), dtype=np.uint8),
        scales=scales.ravel().astype("<f4"),
        vectors=np.round(rows / scales).astype(np.int8),
    )
    sys.stdout.write(f"{options.out}: {len(kept)} pieces, {options.out.stat().st_size} bytes\n")
    return 0


def read_safetensors(content: bytes) -> np.ndarray:
    """The only tensor of a safetensors file: a length, a JSON head, then the numbers."""
    size = int.from_bytes(content[:8], "little")
    head = json.loads(content[8 : 8 + size])
    [(_, tensor)] = [item for item in head.items() if item[0] != "__metadata__"]
    start, end = tensor["data_offsets"]
    kind = {"F16": "<f2", "F32": "<f4"}[tensor["dtype"]]
    numbers = np.frombuffer(content[8 + size + start : 8 + size + end], dtype=kind)
    return numbers.astype(np.float32).reshape(tensor["shape"])


def write(path: Path, **arrays: np.ndarray) -> None:
    """An uncompressed npz whose bytes depend on the arrays alone, not on the time of day."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, array in arrays.items():
            content = io.BytesIO()
            np.save(content, array)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), content.getvalue())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
