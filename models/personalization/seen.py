"""Which rows a model has learnt from, as digests beside it: what is judged must not be among them.

The file stays where the training data stays, out of every container.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np

from models.personalization.data import Table, digest

_BYTES = 8


def write_seen(tables: Iterable[Table], path: Path) -> None:
    """Write the digests. The same rows give the same bytes."""
    path.write_bytes(b"".join(sorted({digest(row) for table in tables for row in table.rows})))


def read_seen(path: Path) -> frozenset[bytes]:
    """The digests in a file; none where there is no file."""
    if not path.is_file():
        return frozenset()
    whole = path.read_bytes()
    return frozenset(whole[at : at + _BYTES] for at in range(0, len(whole), _BYTES))


def unseen(table: Table, seen: frozenset[bytes]) -> Table:
    """The rows that are not among those seen, in their order."""
    kept = [place for place, row in enumerate(table.rows) if digest(row) not in seen]
    return table.of(np.array(kept, dtype=np.int64))
