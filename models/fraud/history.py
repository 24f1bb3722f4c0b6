"""Payments and their labels in time order, read from Parquet or CSV files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from fulfillment.fraud.facts import PaymentFacts
from models.fraud.layouts import LAYOUTS, Layout, layout_of, named

Integers = npt.NDArray[np.int64]
Table = dict[str, npt.NDArray[np.generic] | list[str]]
_SUFFIXES = (".parquet", ".csv", ".csv.gz")


class DataError(ValueError):
    """A file or folder holds no payments that can be used; the message says which and why."""


@dataclass(frozen=True, slots=True)
class History:
    """One value a payment, in time order. `at` is UTC in whole seconds, `minor` minor units."""

    layout: Layout
    at: Integers
    customer: list[str]
    counterparty: list[str]
    minor: Integers
    fraud: Integers
    category: list[str]
    payee: list[str]
    device: list[str]

    def __len__(self) -> int:
        return len(self.at)

    def payments(self) -> Iterator[tuple[PaymentFacts, bool]]:
        """Each payment and whether it turned out as fraud."""
        columns = (
            self.at.tolist(), self.customer, self.counterparty, self.minor.tolist(),
            self.category, self.payee, self.device, self.fraud.tolist(),
        )  # fmt: skip
        for number, row in enumerate(zip(*columns, strict=True)):
            at, customer, counterparty, minor, category, payee, device, fraud = row
            facts = PaymentFacts(
                str(number), at, customer, counterparty, minor, category, payee, device
            )
            yield facts, bool(fraud)

    def since(self, moment: int) -> History:
        """The payments at `moment` (seconds) and later."""
        return self.of(np.flatnonzero(self.at >= moment))

    def of(self, rows: Integers) -> History:
        """The payments of these row numbers."""
        chosen = rows.tolist()
        return History(
            self.layout, self.at[rows], _take(self.customer, chosen),
            _take(self.counterparty, chosen), self.minor[rows], self.fraud[rows],
            _take(self.category, chosen), _take(self.payee, chosen), _take(self.device, chosen),
        )  # fmt: skip


def read_history(folder: Path, layout_name: str | None = None) -> History:
    """All payments in the files of `folder` (or in one file) that have one layout.

    Without a name it is the first layout, in the order of `LAYOUTS`, that a file has. Raises
    `DataError` when there is none.
    """
    tables = [(path, read_columns(path)) for path in data_files(folder)]
    wanted = named(layout_name) if layout_name else _first_layout(tables)
    fitting = [
        (path, columns)
        for path, columns in tables
        if wanted is not None and layout_of(columns) == wanted
    ]
    if wanted is None or not fitting:
        known = "; ".join(f"{one.name}: {', '.join(sorted(one.needed))}" for one in LAYOUTS)
        raise DataError(f"no file in {folder} has the columns of a known layout ({known})")
    return _in_order(wanted, [_history(wanted, read_table(path, wanted)) for path, _ in fitting])


def _first_layout(tables: Sequence[tuple[Path, list[str]]]) -> Layout | None:
    found = {layout_of(columns) for _, columns in tables}
    return next((layout for layout in LAYOUTS if layout in found), None)


def data_files(folder: Path) -> list[Path]:
    """The files of `folder` that may hold payments, by name. Raises `DataError` for no folder."""
    if folder.is_file():
        return [folder]
    if not folder.is_dir():
        raise DataError(f"there is no folder or file {folder}")
    return sorted(path for path in folder.iterdir() if path.name.endswith(_SUFFIXES))


def read_columns(path: Path) -> list[str]:
    """The names of a file's columns."""
    # Parquet's reader weighs 100 MB and is for training alone.
    if path.suffix == ".parquet":
        from pyarrow import parquet

        return [str(name) for name in parquet.read_schema(path).names]
    from pyarrow import csv

    with csv.open_csv(path) as reader:
        return [str(name) for name in reader.schema.names]


def read_table(path: Path, layout: Layout) -> Table:
    """The columns of a layout, by the layout's names. Raises `DataError` for an empty value."""
    import pyarrow as pa
    from pyarrow import csv, parquet

    table = parquet.read_table(path) if path.suffix == ".parquet" else csv.read_csv(path)
    names = {name.lower(): name for name in table.column_names}
    columns: Table = {}
    for wanted in sorted(layout.needed):
        column = table.column(names[wanted])
        if column.null_count:
            raise DataError(f"{path}: {column.null_count} rows lack {wanted}")
        if wanted == layout.at:
            seconds = column.cast(pa.timestamp("s"), safe=False).cast(pa.int64())
            columns[wanted] = seconds.to_numpy()
        elif wanted in (layout.amount, layout.fraud):
            columns[wanted] = column.to_numpy()
        else:
            columns[wanted] = column.cast(pa.string()).to_pylist()
    return columns


def _history(layout: Layout, table: Table) -> History:
    def number(name: str, scale: int = 1) -> Integers:
        return np.rint(np.asarray(table[name], dtype=np.float64) * scale).astype(np.int64)

    def text(name: str | None) -> list[str]:
        return list(map(str, table[name])) if name else [""] * len(table[layout.at])

    return History(
        layout,
        np.asarray(table[layout.at], dtype=np.int64),
        text(layout.customer),
        text(layout.counterparty),
        number(layout.amount, layout.minor_per_unit),
        number(layout.fraud),
        text(layout.category),
        text(layout.payee),
        text(layout.device),
    )


def _in_order(layout: Layout, parts: Iterable[History]) -> History:
    each = list(parts)

    def joined(name: str) -> list[str]:
        return [value for part in each for value in getattr(part, name)]

    whole = History(
        layout,
        np.concatenate([part.at for part in each]),
        joined("customer"),
        joined("counterparty"),
        np.concatenate([part.minor for part in each]),
        np.concatenate([part.fraud for part in each]),
        joined("category"),
        joined("payee"),
        joined("device"),
    )
    if np.all(whole.at[1:] >= whole.at[:-1]):
        return whole
    return whole.of(np.argsort(whole.at, kind="stable"))


def _take(values: list[str], rows: list[int]) -> list[str]:
    return [values[row] for row in rows]
