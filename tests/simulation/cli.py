"""`python -m tests.simulation`: play many stories, or replay one and show every step."""

from __future__ import annotations

import argparse
import json
import logging
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from tests.simulation.play import play
from tests.simulation.rules import BrokenError


def main(argv: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(argv)
    with quiet():
        if options.seed is not None:
            return _replay(options.seed, trace=options.trace)
        return _play_all(options)


def _play_all(options: argparse.Namespace) -> int:
    began, said = time.perf_counter(), Counter[str]()
    seeds = range(options.start, options.start + options.seeds)
    steps = calls = 0
    for done, seed in enumerate(seeds, 1):
        try:
            told = play(seed)
        except Exception as broken:  # a fault of the bank's or the simulator's own is a break too
            what = broken if isinstance(broken, BrokenError) else repr(broken)
            sys.stderr.write(f"seed {seed}: {what}\nreplay: --seed {seed} --trace\n")
            return 1
        said.update(told.said)
        steps, calls = steps + told.steps, calls + told.calls
        if done % 100 == 0 and not options.json:
            sys.stderr.write(f"{done} seeds, {done / (time.perf_counter() - began):.1f} a second\n")
    took = time.perf_counter() - began
    report = {
        "seeds": options.seeds, "broken": 0, "steps": steps, "calls": calls,
        "seconds": round(took, 1), "seeds_per_second": round(options.seeds / took, 1),
        "answers": dict(sorted(said.items())),
    }  # fmt: skip
    sys.stdout.write(json.dumps(report, indent=None if options.json else 2) + "\n")
    return 0


@contextmanager
def quiet() -> Iterator[None]:
    """Secrets Manager cannot be reached at times, and each time somebody logs it."""
    logger = logging.getLogger("fulfillment.identity.keys")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)


def _replay(seed: int, *, trace: bool) -> int:
    def write(line: str) -> None:
        sys.stdout.write(line + "\n")

    try:
        told = play(seed, trace=write if trace else None)
    except BrokenError as broken:
        sys.stderr.write(f"seed {seed}: {broken}\n")
        return 1
    sys.stdout.write(f"seed {seed}: {told.steps} steps, {told.calls} calls, nothing broken\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.simulation", description=__doc__, allow_abbrev=False
    )
    parser.add_argument("--seeds", type=int, default=300, help="how many stories (default 300)")
    parser.add_argument("--start", type=int, default=0, help="the first seed (default 0)")
    parser.add_argument("--seed", type=int, help="replay this one")
    parser.add_argument("--trace", action="store_true", help="show every step of it")
    parser.add_argument("--json", action="store_true", help="one JSON object and nothing else")
    return parser
