"""Reads tables of customers and whether they took a product, whatever their files are called."""

from __future__ import annotations

import csv
import gzip
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np
import numpy.typing as npt

from fulfillment.personalization.model.inputs import HEADS, Head, InputError

Integers = npt.NDArray[np.int64]
_SUFFIXES = (".csv", ".csv.gz")


class DataError(ValueError):
    """The data cannot be used; the message says why."""


@dataclass(frozen=True, slots=True)
class Table:
    """The rows that tell of one head, in the order of their files, and what each answered."""

    head: Head
    rows: Sequence[Mapping[str, str]]
    labels: Integers

    def __len__(self) -> int:
        return len(self.rows)

    def of(self, chosen: Integers) -> Table:
        """The chosen rows, by their places."""
        return Table(self.head, [self.rows[place] for place in chosen], self.labels[chosen])


def read_tables(folder: Path) -> list[Table]:
    """A table for each head that a CSV file in `folder` has the columns of, in the order of HEADS.

    Files of the same columns are one table, in the order of their names. Raises `DataError` when
    there is none, or a row has a value that is none.
    """
    if not folder.is_dir():
        raise DataError(f"{folder} is not a folder")
    files = [path for path in sorted(folder.iterdir()) if path.name.endswith(_SUFFIXES)]
    read = [rows for path in files if (rows := _read(path))]
    tables = [table for head in HEADS if (table := _table(head, read)) is not None]
    if not tables:
        raise DataError(
            f"no CSV file in {folder} has the columns of a propensity, such as"
            f" {', '.join(one.name for one in HEADS[0].inputs)} and {HEADS[0].target}"
        )
    return tables


def digest(row: Mapping[str, str]) -> bytes:
    """Eight bytes that tell whether a row was seen before, and nothing of what is in it."""
    text = "\x1f".join(f"{name}={row[name]}" for name in sorted(row))
    return hashlib.sha256(text.encode()).digest()[:8]


def _table(head: Head, read: Sequence[Sequence[Mapping[str, str]]]) -> Table | None:
    needed = {one.name for one in head.inputs} | {head.target}
    rows = [row for rows in read if needed <= set(rows[0]) for row in rows]
    if not rows:
        return None
    try:
        for row in rows:
            for one in head.inputs:
                one.read(row)
    except InputError as fault:
        raise DataError(f"{head.name}: {fault}") from fault
    labels = np.array([row[head.target].strip() == head.yes for row in rows], dtype=np.int64)
    return Table(head, rows, labels)


def _read(path: Path) -> list[dict[str, str]]:
    try:
        with _open(path) as file:
            sample = file.read(4096).splitlines()[:1]
            file.seek(0)
            # UCI's own files are separated by semicolons.
            mark = ";" if sample and sample[0].count(";") > sample[0].count(",") else ","
            return list(csv.DictReader(file, delimiter=mark))
    except (OSError, UnicodeDecodeError, csv.Error) as fault:
        raise DataError(f"{path.name} cannot be read: {fault}") from fault


def _open(path: Path) -> IO[str]:
    if path.name.endswith(".gz"):
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")
