"""Where the tests of one run keep what was learned of sentences, so that it is learned once.

`TELLER_TEST_LEARNED` names a folder that outlives the run. Workers of one run inherit the first
process's choice.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_NAME = "TELLER_TEST_LEARNED"

if not os.environ.get(_NAME):
    os.environ[_NAME] = f"{tempfile.gettempdir()}/teller-tests-learned-{os.getpid()}"
    atexit.register(shutil.rmtree, os.environ[_NAME], ignore_errors=True)

LEARNED = Path(os.environ[_NAME])


def lend(home: Path) -> None:
    """Puts what is known into a bank's folder before it starts."""
    if LEARNED.is_dir():
        shutil.copytree(LEARNED, home, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.tmp"))


def keep(home: Path) -> None:
    """Takes what a bank has learned, whole files at a time: others may be reading."""
    if not home.is_dir():
        return
    LEARNED.mkdir(parents=True, exist_ok=True)
    for file in home.iterdir():
        kept = LEARNED / file.name
        if kept.exists() or not file.is_file() or file.suffix == ".tmp":
            continue
        scratch = kept.with_suffix(f".{os.getpid()}.tmp")
        shutil.copyfile(file, scratch)
        scratch.replace(kept)
