"""The processes in which a running bank's functions work: their processor time and their memory."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from infra.local.load.memory import family

_TICK_MS = 1000 / os.sysconf("SC_CLK_TCK")
_NAME = "AWS_LAMBDA_FUNCTION_NAME="
_USER_TICKS, _SYSTEM_TICKS = 11, 12
"""Of what stands after the command in /proc/PID/stat (proc(5))."""


@dataclass(frozen=True, slots=True)
class Worker:
    """`spent_ms` of processor since its start; `peak_mb` of memory at once."""

    function: str
    spent_ms: float
    peak_mb: float


def workers_of(supervisor: int) -> Mapping[int, Worker]:
    """All that work now, by process id."""
    found = {pid: _worker(pid) for pid in family(supervisor)}
    return {pid: worker for pid, worker in found.items() if worker is not None}


def _worker(pid: int) -> Worker | None:
    folder = Path(f"/proc/{pid}")
    try:
        variables = (folder / "environ").read_bytes().decode(errors="replace").split("\0")
        stat = (folder / "stat").read_text().rpartition(")")[2].split()
        status = (folder / "status").read_text()
    except OSError:  # it has ended meanwhile
        return None
    name = next((one.removeprefix(_NAME) for one in variables if one.startswith(_NAME)), None)
    if name is None or "VmHWM" not in status:
        return None
    ticks = int(stat[_USER_TICKS]) + int(stat[_SYSTEM_TICKS])
    peak_kb = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
    return Worker(name, ticks * _TICK_MS, int(peak_kb) / 1024)
