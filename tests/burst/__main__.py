"""`python -m tests.burst`: a salary minute in numbers, as JSON; exits with 1 for anything wrong."""

from __future__ import annotations

import argparse
import json
import sys

from tests.burst.play import play


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.burst", description=__doc__)
    parser.add_argument("--ordinary", type=float, default=10.0, help="wages a second on other days")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--customers", type=int, default=2_000)
    parser.add_argument("--reserved", type=int, default=60, help="instances of the feed's function")
    parser.add_argument("--seed", type=int, default=20261130)
    given = parser.parse_args()
    told = play(given.seed, given.ordinary, given.seconds, given.customers, given.reserved)
    sys.stdout.write(json.dumps(told, indent=2) + "\n")
    return int(bool(told["wrong"]))


if __name__ == "__main__":
    raise SystemExit(main())
