"""Instructions of a process, part by part, by valgrind: they repeat on a busy machine."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

MARK = "sched_yield"
"""The C function whose calls stand between the parts."""
_TOTALS = re.compile(r"^totals: (\d+)", re.MULTILINE)
_LIMIT_S = 1_800


def counted(command: Sequence[str], environment: Mapping[str, str]) -> list[int] | None:
    """Instructions of each part of `command`, in millions; None where there is no valgrind."""
    valgrind = shutil.which("valgrind")
    if valgrind is None:
        return None
    with TemporaryDirectory() as folder:
        out = Path(folder, "part")
        subprocess.run(  # noqa: S603 - our own arguments
            [valgrind, "--tool=callgrind", f"--callgrind-out-file={out}", f"--dump-before={MARK}",
             *command],
            check=True, env=dict(environment), capture_output=True, timeout=_LIMIT_S,
        )  # fmt: skip
        # part.1, part.2, ..., and `part` itself for what came after the last mark.
        parts = sorted(Path(folder).glob("part.*"), key=lambda path: int(path.suffix[1:]))
        return [_total(path) for path in (*parts, out)]


def _total(path: Path) -> int:
    found = _TOTALS.search(path.read_text())
    if found is None:
        raise ValueError(f"callgrind wrote no totals into {path.name}")
    return int(found[1])
