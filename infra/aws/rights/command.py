"""`teller infra observe`: runs tests with every call recorded, and keeps what each function did."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from infra.aws.rights.compare import OBSERVED, observed_in, read_observed
from infra.aws.rights.recorder import FOLDER

_ROOT = Path(__file__).resolve().parents[3]
_AT_START = Path(__file__).with_name("at_start")
TESTS = ("tests",)


def main(argv: Sequence[str] | None = None) -> int:
    """Exit status of the tests. What was seen was seen, whether or not a test liked the outcome."""
    parser = argparse.ArgumentParser(
        prog="teller infra observe",
        description="Record which actions the code of each function performs in a test run.",
    )
    parser.add_argument("tests", nargs="*", default=list(TESTS), help="what pytest is to run")
    parser.add_argument("--add", action="store_true", help="keep what was seen before, too")
    parser.add_argument(
        "--seen", type=Path, metavar="FOLDER", help="run nothing: read what a run recorded there"
    )
    given = parser.parse_args(argv)
    status, lines = (0, _recorded(given.seen)) if given.seen else _run(given.tests)
    found = {name: set(actions) for name, actions in read_observed().items()} if given.add else {}
    for name, actions in observed_in(lines).items():
        found.setdefault(name, set()).update(actions)
    kept = {name: sorted(actions) for name, actions in sorted(found.items())}
    OBSERVED.write_text(json.dumps(kept, indent=2) + "\n")
    sys.stdout.write(json.dumps({"functions": len(kept), "file": str(OBSERVED)}) + "\n")
    return status


def _run(tests: Sequence[str]) -> tuple[int, list[str]]:
    """The exit status of `tests`, and what was recorded of them."""
    with TemporaryDirectory() as folder:
        path = os.pathsep.join(filter(None, (str(_AT_START), os.environ.get("PYTHONPATH"))))
        environment = {**os.environ, FOLDER: folder, "PYTHONPATH": path}
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests]
        status = subprocess.call(command, cwd=_ROOT, env=environment)  # noqa: S603 - our own tests
        return status, _recorded(Path(folder))


def _recorded(folder: Path) -> list[str]:
    files = sorted(folder.glob("*.tsv"))
    return [line for file in files for line in file.read_text().splitlines()]
