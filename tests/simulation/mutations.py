"""Take away one condition of one transaction at a time, and see whether a story notices.

The conditions are those that the code is seen to write while stories are played, so that one which
is added tomorrow is in tomorrow's table without a line here. Each story is played once with all of
them, and once more without each of those on which a write of it hung: no other can be missed in it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from tests.simulation.cli import quiet
from tests.simulation.dynamo import grammar
from tests.simulation.dynamo.evaluation import Item, Placeholders, holds
from tests.simulation.dynamo.model import condition_of
from tests.simulation.play import play
from tests.simulation.words import in_words, written

SEEDS = 300
"""Within so many stories a condition that is missing must be noticed."""


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
    """What refused a write all by itself: without it that write is made, and the story differs."""

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


@dataclass(frozen=True)
class Finding:
    """The first story that noticed, and what it said; None where none did.

    `stories` counts those in which something hung on it, and could have been noticed.
    """

    point: Point
    stories: int
    seed: int | None
    why: str = ""


def listened(seed: int) -> Listener:
    """The conditions of one story."""
    listener = Listener()
    with quiet():
        play(seed, condition_of=listener)
    return listener


def notice(point: Point, seeds: Sequence[int]) -> Finding:
    """Play the stories that hang on `point` without it, until one notices."""
    for seed in seeds:
        try:
            with quiet():
                play(seed, condition_of=Without(point))
        except Exception as broken:  # whatever breaks, the missing condition broke it
            why = str(broken).splitlines()[0] if str(broken) else ""
            return Finding(point, len(seeds), seed, why)
    return Finding(point, len(seeds), None)


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
    hangs: dict[Point, list[int]] = defaultdict(list)
    with ProcessPoolExecutor(options.jobs) as pool:
        for seed, heard in enumerate(pool.map(listened, range(options.seeds))):
            for point in heard.found:
                hangs[point] += [seed] if point in heard.decided else []
        chosen = sorted(p for p in hangs if options.only in f"{p.transaction} {p.write} {p.term}")
        findings = []
        for finding in pool.map(notice, chosen, [hangs[point] for point in chosen]):
            findings.append(finding)
            sys.stderr.write(as_row(finding))
    missed = [finding for finding in findings if finding.seed is None]
    if options.json:
        rows = [
            {"transaction": f.point.transaction, "write": f.point.write, "term": f.point.term,
             "stories": f.stories, "seed": f.seed, "why": f.why}
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
        "| transaction | write | condition taken away | stories that hang on it | noticed at |",
        "|---|---|---|--:|--:|",
    ]
    return "\n".join(lines) + "\n" + "".join(map(as_row, findings))


def as_row(finding: Finding) -> str:
    """One row of the table."""
    point, seed = finding.point, "never" if finding.seed is None else finding.seed
    where = f"| {point.transaction} | {point.write} | `{point.term}`"
    return f"{where} | {finding.stories} | {seed} |\n"


if __name__ == "__main__":
    raise SystemExit(main())
