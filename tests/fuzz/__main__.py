"""`python -m tests.fuzz --turns 10000`: walks through a bank of its own, then audits its books.

With `--in-process` the bank is in this process: the same API and conversations, many times as fast.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import Any

from infra.local.settings import clean_environment
from tests.fuzz.bank_in_process import bank_in_process
from tests.fuzz.walks import Walks, walk
from tests.fuzz.words import WORDS
from tests.running_bank import RunningBank, start_bank
from tests.stack.signing import identity_of


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--turns", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--locale", default="en_US", choices=sorted(WORDS))
    parser.add_argument(
        "--in-process", action="store_true", help="the bank in this process, on a model of DynamoDB"
    )
    given = parser.parse_args()
    walked = _in_process if given.in_process else _running
    found, violations = walked(given.turns, given.seed, given.locale)
    result = {
        "turns": found.turns,
        "sessions": found.sessions,
        "seconds": round(found.seconds, 1),
        "intents": dict(sorted(found.by_intent.items(), key=lambda kind: -kind[1])),
        "faults": len(found.faults),
        "violations": violations,
    }
    sys.stdout.write(json.dumps(result, indent=2) + "\n")
    return 1 if found.faults or violations else 0


def _in_process(turns: int, seed: int, locale: str) -> tuple[Walks, Any]:
    with bank_in_process() as bank:
        return walk(bank, bank.identity_of, turns, seed, locale, _tell), bank.violations()


def _running(turns: int, seed: int, locale: str) -> tuple[Walks, Any]:
    with tempfile.TemporaryDirectory(prefix="teller-fuzz-") as home:
        bank = start_bank(Path(home))
        try:
            found = walk(bank, partial(identity_of, bank), turns, seed, locale, _tell)
            return found, _audited(bank, home)
        finally:
            bank.stop()


def _tell(news: str) -> None:
    sys.stderr.write(f"{news}\n")


def _audited(bank: RunningBank, home: str) -> Any:
    told = subprocess.run(
        [sys.executable, "-m", "infra.cli", "ledger", "audit", "--json"],
        env={**os.environ, **clean_environment(bank.settings), "TELLER_HOME": home,
             "TELLER_PORT": str(bank.settings.port)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return json.loads(told.stdout)["violations"] if told.stdout else told.stderr


if __name__ == "__main__":
    sys.exit(main())
