"""Take away one condition of one transaction at a time, and see whether a story notices.

The conditions are those that the code is seen to write while stories are played, so that one which
is added tomorrow is in tomorrow's table without a line here.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from tests.simulation.cli import quiet
from tests.simulation.dynamo import grammar
from tests.simulation.dynamo.model import condition_of
from tests.simulation.play import play
from tests.simulation.words import in_words, written

SEEDS = 300
"""Within so many stories a condition that is missing must be noticed."""
_LOOK = 60
"""How many stories are listened to for conditions."""


@dataclass(frozen=True, order=True)
class Point:
    """One condition: in what transaction, on which item, and the words of it."""

    transaction: str
    write: str
    term: str


@dataclass
class Listener:
    """Notes every condition that is written in transactions."""

    found: set[Point] = field(default_factory=set)

    def __call__(
        self, origin: str, action: str, request: Mapping[str, Any], key: tuple[str, str]
    ) -> grammar.Condition | None:
        condition = condition_of(request)
        if origin:
            write = written(action, request, key)
            self.found.update(Point(origin, write, term) for term in _in_words(condition))
        return condition


@dataclass(frozen=True)
class Without:
    """Every condition but one."""

    point: Point

    def __call__(
        self, origin: str, action: str, request: Mapping[str, Any], key: tuple[str, str]
    ) -> grammar.Condition | None:
        condition = condition_of(request)
        point = self.point
        here = origin, written(action, request, key)
        if condition is None or here != (point.transaction, point.write):
            return condition
        left = [term for term in _terms(condition) if in_words(term) != point.term]
        return grammar.All(tuple(left)) if left else None


@dataclass(frozen=True)
class Finding:
    """The first story that noticed, and what it said; None where none did."""

    point: Point
    seed: int | None
    why: str = ""


def points(seeds: int = _LOOK) -> list[Point]:
    """Every condition that the stories meet."""
    listener = Listener()
    with quiet():
        for seed in range(seeds):
            play(seed, condition_of=listener)
    return sorted(listener.found)


def notice(point: Point, seeds: int = SEEDS) -> Finding:
    """Play until a story notices that `point` is missing."""
    for seed in range(seeds):
        try:
            with quiet():
                play(seed, condition_of=Without(point))
        except Exception as broken:  # whatever breaks, the missing condition broke it
            return Finding(point, seed, str(broken).splitlines()[0] if str(broken) else "")
    return Finding(point, None)


def _in_words(condition: grammar.Condition | None) -> list[str]:
    return [in_words(term) for term in _terms(condition)] if condition is not None else []


def _terms(condition: grammar.Condition) -> tuple[grammar.Condition, ...]:
    return condition.terms if isinstance(condition, grammar.All) else (condition,)


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table; the exit code says whether every missing condition was noticed."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.simulation.mutations", description=__doc__
    )
    parser.add_argument("--seeds", type=int, default=SEEDS)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", default="", help="only conditions whose row has this in it")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(argv)
    chosen = [p for p in points() if options.only in f"{p.transaction} {p.write} {p.term}"]
    with ProcessPoolExecutor(options.jobs) as pool:
        findings = []
        for finding in pool.map(notice, chosen, [options.seeds] * len(chosen)):
            findings.append(finding)
            sys.stderr.write(as_row(finding))
    missed = [finding for finding in findings if finding.seed is None]
    if options.json:
        rows = [
            {"transaction": f.point.transaction, "write": f.point.write, "term": f.point.term,
             "seed": f.seed, "why": f.why}
            for f in findings
        ]  # fmt: skip
        sys.stdout.write(json.dumps({"conditions": len(rows), "missed": len(missed),
                                     "rows": rows}) + "\n")  # fmt: skip
    else:
        sys.stdout.write(as_table(findings))
    return 1 if missed else 0


def as_table(findings: Sequence[Finding]) -> str:
    """A table in Markdown."""
    lines = [
        "| transaction | write | condition taken away | noticed at seed |",
        "|---|---|---|---|",
    ]
    return "\n".join(lines) + "\n" + "".join(map(as_row, findings))


def as_row(finding: Finding) -> str:
    """One row of the table."""
    point, seed = finding.point, "never" if finding.seed is None else finding.seed
    return f"| {point.transaction} | {point.write} | `{point.term}` | {seed} |\n"


if __name__ == "__main__":
    raise SystemExit(main())
