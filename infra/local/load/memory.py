"""How much memory a process and all its children hold, where the system tells (Linux)."""

from __future__ import annotations

import os
from pathlib import Path

_PAGE_MB = os.sysconf("SC_PAGE_SIZE") / 2**20


def resident_mb(pid: int) -> float:
    """Megabytes in memory; pages that two of them share count twice. 0 where nobody can tell."""
    return sum(_of(one) for one in family(pid))


def family(pid: int) -> list[int]:
    """A process and all that it, or one of them, started."""
    found = [pid]
    for one in found:
        for listed in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                found += [int(child) for child in listed.read_text().split()]
            except OSError:  # it has ended meanwhile
                continue
    return found


def _of(pid: int) -> float:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE_MB
    except OSError:
        return 0.0
