"""`python -m tests.fuzz --turns 10000`: walks through a bank of its own, then audits its books."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from infra.local.settings import clean_environment
from tests.fuzz.walks import walk
from tests.running_bank import start_bank


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("--turns", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--locale", default="en_US")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="teller-fuzz-") as home:
        bank = start_bank(Path(home))
        try:
            found = walk(bank, given.turns, given.seed, given.locale)
            audit = subprocess.run(
                [sys.executable, "-m", "infra.cli", "ledger", "audit", "--json"],
                env={**os.environ, **clean_environment(bank.settings), "TELLER_HOME": home,
                     "TELLER_PORT": str(bank.settings.port)},
                capture_output=True, text=True, check=False,
            )  # fmt: skip
        finally:
            bank.stop()
    sys.stderr.write("".join(f"{fault}\n" for fault in found.faults))
    result = {
        "turns": found.turns,
        "sessions": found.sessions,
        "seconds": round(found.seconds, 1),
        "intents": dict(sorted(found.by_intent.items(), key=lambda kind: -kind[1])),
        "faults": len(found.faults),
        "violations": json.loads(audit.stdout)["violations"] if audit.stdout else audit.stderr,
    }
    sys.stdout.write(json.dumps(result, indent=2) + "\n")
    return 1 if found.faults or result["violations"] else 0


if __name__ == "__main__":
    sys.exit(main())
