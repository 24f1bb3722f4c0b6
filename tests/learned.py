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


def learn_with_the_others(folder: Path) -> None:
    """Has a bank whose sentences are learned into `folder` learn where all do: what one of them has
    learned, at its start or when a language was first spoken, the next one reads.
    """
    if not folder.exists():
        LEARNED.mkdir(parents=True, exist_ok=True)
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.symlink_to(LEARNED, target_is_directory=True)
