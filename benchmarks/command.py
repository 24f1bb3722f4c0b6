"""`teller bench`: what is fast and what is small, as one JSON object.

Machines are noisy, so every figure stands beside a baseline of the same run, and `ratio` says how
many times the baseline it is. `--history FILE` appends the run to a file of one run a line.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.figures import Figures
from benchmarks.registry import BENCHMARKS

_ROUNDS = 40


def main(argv: Sequence[str] | None = None) -> int:
    """Measures what was asked for, one after the other."""
    given = _parser().parse_args(argv)
    if given.list:
        rows = [f"{name:<10} {one.tells}\n" for name, one in BENCHMARKS.items()]
        sys.stdout.write("".join(rows))
        return 0
    figures = _machine(given.rounds)
    for name in given.only or [name for name, one in BENCHMARKS.items() if one.within is None]:
        sys.stderr.write(f"measuring {name} ...\n")
        figures |= BENCHMARKS[name].load()(given.rounds)
    sys.stdout.write(json.dumps(figures, indent=2) + "\n")
    if given.history is not None:
        _append(given.history, figures)
    return 0


def _machine(rounds: int) -> Figures:
    busy = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    return {
        "machine": {
            "cpus": os.cpu_count(),
            "python": sys.version.split()[0],
            "load_before": busy and round(busy, 1),
            "rounds": rounds,
        }
    }


def _append(history: Path, figures: Figures) -> None:
    """One line: when, which commit, and of each figure its ratio and what it was measured in."""
    line: dict[str, Any] = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": _commit(),
        **figures,
    }
    history.parent.mkdir(parents=True, exist_ok=True)
    with history.open("a") as file:
        file.write(json.dumps(line) + "\n")


def _commit() -> str | None:
    command = ["git", "rev-parse", "--short", "HEAD"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout.strip()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="teller bench", description="Print benchmarks as JSON.")
    parser.add_argument(
        "--only", action="append", choices=tuple(BENCHMARKS), metavar="NAME",
        help="measure this alone (more than once for several)",
    )  # fmt: skip
    parser.add_argument("--list", action="store_true", help="say what can be measured")
    parser.add_argument("--rounds", type=int, default=_ROUNDS, help="times each turn is said (40)")
    parser.add_argument("--history", type=Path, metavar="FILE", help="append the run to a file")
    parser.add_argument("--json", action="store_true", help="accepted for symmetry: it always is")
    return parser
