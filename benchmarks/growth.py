"""What a turn costs as the bank grows: by the number of customers, and by the lines of one of them.

The conversations run over the simulator's model of DynamoDB, whose calls and units are counted by
the rules of the developer guide. `python -m benchmarks.growth --svg FILE` draws the curve.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import cast
from unittest.mock import patch

from benchmarks.curve import curve
from benchmarks.figures import Figures, beside
from benchmarks.packed_items import PackedItems
from fulfillment.store.loading import load_books
from infra.capacity.history import CUSTOMER, books_of
from infra.capacity.meter import Meter
from infra.capacity.turns import KINDS
from infra.capacity.turns import measure as turns_of
from tests.simulation.dynamo import Table
from tests.simulation.dynamo.evaluation import Item
from tests.simulation.endpoint import client_of

_TABLE = "teller-growth"
LINES, CUSTOMERS = (1_000, 10_000, 100_000), (100, 1_000, 10_000)
_LINES_OF_MANY = 4
"""Lines of each customer where there are many."""
_BOUNDED = frozenset(kind.name for kind in KINDS if kind.bounded)


@dataclass(frozen=True)
class Cost:
    """All kinds of turns together, but for a search, which reads more until it meets its bound."""

    size: int
    items: int
    calls: int
    read_units: int
    write_units: int
    cpu_ms: float


def measure(_rounds: int) -> Figures:
    """Entries by size. The baseline is the smallest of its kind: a ratio of 1 is a flat curve."""
    found = {"lines": [by_lines(size) for size in LINES],
             "customers": [by_customers(size) for size in CUSTOMERS]}  # fmt: skip
    return {
        f"growth_{cost.size}_{kind}": beside(
            "units",
            cost.read_units + cost.write_units,
            f"{costs[0].size}_{kind}",
            costs[0].read_units + costs[0].write_units,
            calls=cost.calls,
            baseline_calls=costs[0].calls,
            items_in_table=cost.items,
            cpu_ms=round(cost.cpu_ms, 1),
        )
        for kind, costs in found.items()
        for cost in costs
    }


def by_lines(lines: int) -> Cost:
    """The turns of one customer with so many lines."""
    return _cost(lines, _loaded(lines))


def by_customers(customers: int) -> Cost:
    """The turns of one customer among so many, each with the same small history."""
    table = _loaded(_LINES_OF_MANY)
    mine = list(table.items.items())
    for number in range(customers - 1):
        for key, item in mine:
            if CUSTOMER in key[0]:
                named = json.loads(json.dumps(item).replace(CUSTOMER, f"{number:05d}"))
                table.put_aside((key[0].replace(CUSTOMER, f"{number:05d}"), key[1]), named)
    return _cost(customers, table)


def _loaded(lines: int) -> Table:
    table = Table(_TABLE)
    table.items = cast("dict[tuple[str, str], Item]", PackedItems())
    with _signed():
        load_books(client_of(table), _TABLE, books_of(lines))
    return table


def _cost(size: int, table: Table) -> Cost:
    with _signed():
        began = time.process_time()
        costs = [one for one in turns_of(Meter(client_of(table)), _TABLE)
                 if one.kind not in _BOUNDED]  # fmt: skip
        spent = (time.process_time() - began) * 1000
    return Cost(
        size,
        len(table.items),
        sum(one.calls for one in costs),
        sum(one.read_units for one in costs),
        sum(one.write_units for one in costs),
        spent,
    )


def _signed() -> AbstractContextManager[object]:
    keys = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
    return patch.dict(os.environ, {**keys, "AWS_DEFAULT_REGION": "us-east-1"})


def main(argv: Sequence[str] | None = None) -> int:
    """Draws what was measured; `--lines` and `--customers` set the sizes."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth", description=__doc__)
    parser.add_argument("--lines", type=int, nargs="+", default=LINES)
    parser.add_argument("--customers", type=int, nargs="+", default=CUSTOMERS)
    parser.add_argument("--svg", type=Path, required=True, metavar="FILE")
    given = parser.parse_args(argv)
    lines = [by_lines(size) for size in given.lines]
    customers = [by_customers(size) for size in given.customers]
    turns = len(KINDS) - len(_BOUNDED)
    given.svg.write_text(
        curve(
            {
                name: [(c.size, (c.read_units + c.write_units) / turns) for c in costs]
                for name, costs in (("lines of history", lines), ("customers", customers))
            }
        )
    )
    for cost in (*lines, *customers):
        sys.stdout.write(f"{cost}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
