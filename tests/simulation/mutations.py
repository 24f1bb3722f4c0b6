"""Take away one condition of one transaction at a time, and see whether a story notices.

The conditions are those that the code is seen to write while stories are played, so that one which
is added tomorrow is in tomorrow's table without a line here. Each story is played once with all of
them, and once more without each of those on which a write of it hung and that no story before has
missed: no other can be missed in it. What was found is kept in a file, and a run that was stopped
goes on from there.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from tests.simulation.cli import quiet
from tests.simulation.dynamo import grammar
from tests.simulation.dynamo.evaluation import Item, Placeholders, holds
from tests.simulation.dynamo.model import condition_of
from tests.simulation.play import play
from tests.simulation.words import in_words, written

SEEDS = 300
"""Within so many stories a condition that is missing must be noticed."""


_PAGE = """# What each condition of a transaction is good for

One condition of one transaction is taken away at a time, and the simulator's stories are played
without it until one of them ends in a wrong answer or in books that are not whole. {noticed} of
{conditions} were noticed within {stories} stories. The table is written by
`python -m tests.simulation.mutations --document docs/conditions.md`; a test holds that each
condition that the code writes has its row.

A story *hangs* on a condition when a write of it was refused by that one alone. Letters are the
kinds of items in the table (`docs/ledger.md`): `C/A` is a customer's account, `T/T` the record of
a movement, `C/Q` a quote.

{table}"""


@dataclass(frozen=True, order=True)
class Point:
    """One condition: in what transaction, on which item, and the words of it."""

    transaction: str
    write: str
    term: str


@dataclass
class Listener:
    """Notes every condition of a transaction, and which of them a write hung on."""

    found: set[Point] = field(default_factory=set)
    decided: set[Point] = field(default_factory=set)
    """What refused a write all by itself."""
    alone: set[Point] = field(default_factory=set)
    """What refused a whole transaction all by itself: without it that is made."""
    _refusing: set[Point] = field(default_factory=set)

    def begin(self) -> None:
        """A transaction comes, and the one before is over."""
        if len(self._refusing) == 1:
            self.alone |= self._refusing
        self._refusing = set()

    def __call__(
        self,
        origin: str,
        action: str,
        request: Mapping[str, Any],
        key: tuple[str, str],
        before: Item | None,
    ) -> grammar.Condition | None:
        condition = condition_of(request)
        if origin and condition is not None:
            write = written(action, request, key)
            expressions = request.get("ConditionExpression"), request.get("UpdateExpression")
            given = Placeholders.of(request, *expressions)
            refusing = set()
            for term in _terms(condition):
                point = Point(origin, write, in_words(term))
                self.found.add(point)
                if not holds(term, before or {}, given):
                    refusing.add(point)
            self._refusing |= refusing
            if len(refusing) == 1:
                self.decided |= refusing
        return condition


@dataclass(frozen=True)
class Without:
    """Every condition but one."""

    point: Point

    def __call__(
        self,
        origin: str,
        action: str,
        request: Mapping[str, Any],
        key: tuple[str, str],
        _before: Item | None,
    ) -> grammar.Condition | None:
        condition = condition_of(request)
        point = self.point
        here = origin, written(action, request, key)
        if condition is None or here != (point.transaction, point.write):
            return condition
        left = [term for term in _terms(condition) if in_words(term) != point.term]
        return grammar.All(tuple(left)) if left else None


@dataclass
class Row:
    """What is known of a condition: in how many stories something hung on it, and which of them
    was the first to miss it, and how; None where none did.
    """

    point: Point
    stories: int = 0
    seed: int | None = None
    why: str = ""


@dataclass
class Record:
    """The rows of all stories below `played`."""

    played: int = 0
    rows: dict[Point, Row] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path | None) -> Record:
        if path is None or not path.exists():
            return cls()
        kept = json.loads(path.read_text())
        rows = [
            Row(Point(one["transaction"], one["write"], one["term"]), one["stories"], one["seed"],
                one["why"])
            for one in kept["rows"]
        ]  # fmt: skip
        return cls(kept["played"], {row.point: row for row in rows})

    @property
    def missed(self) -> list[Row]:
        """The conditions whose absence no story noticed."""
        return [row for row in self.in_order() if row.seed is None]

    def in_order(self) -> list[Row]:
        return [self.rows[point] for point in sorted(self.rows)]

    def as_json(self) -> str:
        rows = [
            {"transaction": one.point.transaction, "write": one.point.write,
             "term": one.point.term, "stories": one.stories, "seed": one.seed, "why": one.why}
            for one in self.in_order()
        ]  # fmt: skip
        return json.dumps(
            {"played": self.played, "conditions": len(rows), "missed": len(self.missed),
             "rows": rows},
            indent=1,
        ) + "\n"  # fmt: skip


def listened(seed: int) -> Listener:
    """The conditions of one story."""
    listener = Listener()
    with quiet():
        play(seed, condition_of=listener)
    listener.begin()
    return listener


def notice(seed: int, point: Point) -> str | None:
    """Play a story without a condition: what it says is wrong, None when it notices nothing."""
    try:
        with quiet():
            play(seed, condition_of=Without(point))
    except Exception as broken:  # whatever breaks, the missing condition broke it
        return (str(broken).splitlines() or [type(broken).__name__])[0]
    return None


def go_on(record: Record, seed: int, pool: ProcessPoolExecutor, most: int) -> None:
    """Hear one story more, and play it without each condition that is still to be missed."""
    heard = listened(seed)
    for point in heard.found:
        record.rows.setdefault(point, Row(point))
    hung = [record.rows[point] for point in sorted(heard.decided)]
    open_ = [
        row for row in hung if row.seed is None and (row.point in heard.alone or row.stories < most)
    ]
    for row in hung:
        row.stories += 1
    told = pool.map(partial(notice, seed), [row.point for row in open_])
    for row, why in zip(open_, told, strict=True):
        if why is not None:
            row.seed, row.why = seed, why
            sys.stderr.write(as_row(row))
    record.played = seed + 1


def _terms(condition: grammar.Condition) -> tuple[grammar.Condition, ...]:
    return condition.terms if isinstance(condition, grammar.All) else (condition,)


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table; the exit code says whether every missing condition was noticed."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.simulation.mutations", description=__doc__
    )
    parser.add_argument("--seeds", type=int, default=SEEDS)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument(
        "--most",
        type=int,
        default=6,
        help="how often one is tried in stories where another refuses too",
    )
    parser.add_argument("--record", type=Path, help="where to keep what was found, and go on from")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--document", type=Path, help="a page to write the table on, as well")
    options = parser.parse_args(argv)
    record = Record.read(options.record)
    with ProcessPoolExecutor(options.jobs) as pool:
        for seed in range(record.played, options.seeds):
            go_on(record, seed, pool, options.most)
            if options.record:
                options.record.write_text(record.as_json())
    if options.document:
        options.document.write_text(as_document(record))
    sys.stdout.write(record.as_json() if options.json else as_table(record.in_order()))
    return 1 if record.missed else 0


def as_document(record: Record) -> str:
    """The table with what it says, as a page of the documentation."""
    noticed = len(record.rows) - len(record.missed)
    return _PAGE.format(
        noticed=noticed, conditions=len(record.rows), stories=record.played,
        table=as_table(record.in_order()),
    )  # fmt: skip


def as_table(rows: Sequence[Row]) -> str:
    """A table in Markdown."""
    lines = [
        "| transaction | write | condition taken away | stories that hang on it | noticed at |",
        "|---|---|---|--:|--:|",
    ]
    return "\n".join(lines) + "\n" + "".join(map(as_row, rows))


def as_row(row: Row) -> str:
    """One row of the table."""
    point, seed = row.point, "never" if row.seed is None else row.seed
    where = f"| {point.transaction} | {point.write} | `{point.term}`"
    return f"{where} | {row.stories} | {seed} |\n"


if __name__ == "__main__":
    raise SystemExit(main())
