"""`teller load`: a burst of customers or a salary day on a bank of its own, as one JSON object.

Bounded by what it is told, on loopback alone; it stops by itself and exits with 1 when anything is
wrong: an error that is no deliberate throttle, a turn that was lost or done twice, books that do
not balance, a queue that does not drain.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence

from infra.local.load.burst import burst
from infra.local.load.salary_day import salary_day


def main(argv: Sequence[str] | None = None) -> int:
    """Prints one JSON object."""
    given = _parser().parse_args(argv)
    if given.salary_day:
        report = salary_day(given.salary_day)
    else:
        report = burst(given.customers, given.seconds)
    sys.stdout.write(json.dumps(report, indent=2) + "\n")
    return int(bool(report["wrong"]))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="teller load",
        description="Load a bank of its own on this machine and report what went wrong, as JSON.",
    )
    parser.add_argument(
        "--customers", type=_bounded(1, 1_000), default=200, metavar="N", help="at the peak (200)"
    )
    parser.add_argument(
        "--seconds", type=_bounded(1, 3_600), default=600, metavar="S",
        help="of the burst, there and back (600)",
    )  # fmt: skip
    parser.add_argument(
        "--salary-day", type=_bounded(1, 1_000_000), metavar="N",
        help="send N transactions through the feed instead (50000 is a salary day)",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="accepted for symmetry: it always is")
    return parser


def _bounded(least: int, most: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        value = int(text)
        if not least <= value <= most:
            raise argparse.ArgumentTypeError(f"choose {least} to {most}")
        return value

    return number
