"""The function that talks with customers, as it is bundled, beside a bare one that makes its calls.

Bare is boto3 and nothing else: one client, and the same requests in the same order. Both have the
answers of a recording, from a server on loopback, so that the same turn is measured every time.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.figures import Figures, beside
from benchmarks.instructions import counted
from benchmarks.recorded import ENVIRONMENT, TURNS, recorded
from benchmarks.replayed import served
from benchmarks.unpacked import unpacked
from infra.local.bundle import zip_as_it_is

MODULE = "fulfillment.handlers.lex"
_PROCESS = Path(__file__).with_name("function_process.py")
_MOST_RSS_MB, _MOST_ZIP_MB = 64.0, 6.0
"""What was promised: memory after the start, and the zip."""
_STARTS, _COUNTED_ROUNDS = 5, 5
_FIRST = next(iter(TURNS))
"""The turn that comes first after a start: what a customer waits for who wakes the function."""


def measure(rounds: int) -> Figures:
    """Start, memory, both turns, the bundle; instructions are null where there is no valgrind."""
    with TemporaryDirectory() as scratch:
        folder = Path(scratch, "function")
        folder.mkdir()
        unpacked(MODULE, folder)
        record = Path(scratch, "record.json")
        content = recorded()
        record.write_text(json.dumps(content))
        with served(content) as port:

            def run(which: str, packages: Path) -> _Measured:
                command = [sys.executable, "-S", "-s", "-P", str(_PROCESS), which, str(packages),
                           str(record), str(port)]  # fmt: skip
                return _Measured(command, port, rounds)

            ours = run("ours", folder)
            bare = run("bare", Path(sysconfig.get_path("purelib")))
        size = len(zip_as_it_is(folder)) / 1e6
    return _told(ours, bare) | {
        "function_bundle": beside("zip_mb", size, "promised", _MOST_ZIP_MB),
    }


class _Measured:
    """One of the two: times of several starts, and instructions of one."""

    def __init__(self, command: list[str], port: int, rounds: int) -> None:
        environment = {
            **ENVIRONMENT,
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
            "PATH": os.environ.get("PATH", ""),
        }
        self.starts = [_started([*command, "1"], environment) for _ in range(_STARTS)]
        self.turns = _started([*command, str(rounds)], environment)
        self.parts = counted([*command, str(_COUNTED_ROUNDS)], environment)

    def least(self, name: str) -> float:
        """The least of all starts: what others on the machine add is not the code's."""
        return min(float(start[name]) for start in self.starts)

    def median(self, turn: str, kind: int) -> float:
        return statistics.median(float(spent[kind]) for spent in self.turns[turn])

    def first(self, kind: int) -> float:
        """The least of the start and the first turn after it, together."""
        started = "init_ms" if kind == 0 else "init_cpu_ms"
        return min(float(one[started]) + float(one[f"first_{_FIRST}"][0][kind])
                   for one in self.starts)  # fmt: skip

    def instructions(self, turn: str | None) -> float | None:
        """Millions: of the start, or of one `turn`."""
        if self.parts is None:
            return None
        if turn is None:
            return self.parts[1] / 1e6
        return self.parts[5 + 4 * list(TURNS).index(turn)] / _COUNTED_ROUNDS / 1e6

    def first_instructions(self) -> float | None:
        """Millions: of the start and the first turn after it."""
        return None if self.parts is None else (self.parts[1] + self.parts[3]) / 1e6


def _started(command: list[str], environment: dict[str, str]) -> dict[str, Any]:
    done = subprocess.run(  # noqa: S603 - our own arguments
        command, env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    told: dict[str, Any] = json.loads(done.stderr)
    return told


def _told(ours: _Measured, bare: _Measured) -> Figures:
    figures = {
        "function_init": _entry(
            "boto3_client_of_dynamodb",
            lambda one: one.least("init_ms"),
            lambda one: one.least("init_cpu_ms"),
            lambda one: one.instructions(None),
            (ours, bare),
        ),
        "function_start_and_first_turn": _entry(
            "boto3_with_the_same_calls",
            lambda one: one.first(0),
            lambda one: one.first(1),
            _Measured.first_instructions,
            (ours, bare),
        ),
        "function_memory": beside(
            "rss_mb",
            ours.least("rss_mb"),
            "promised",
            _MOST_RSS_MB,
            bare_rss_mb=round(bare.least("rss_mb"), 1),
        ),
    }
    for turn in TURNS:
        figures[f"function_{turn}_turn"] = _entry(
            "boto3_with_the_same_calls",
            lambda one, turn=turn: one.median(turn, 0),
            lambda one, turn=turn: one.median(turn, 1),
            lambda one, turn=turn: one.instructions(turn),
            (ours, bare),
        )
    return figures


def _entry(
    baseline: str,
    wall: Callable[..., float],
    cpu: Callable[..., float],
    instructions: Callable[..., float | None],
    both: tuple[_Measured, _Measured],
) -> Figures:
    ours, bare = both
    more: Figures = {"cpu_ms": round(cpu(ours), 2), "baseline_cpu_ms": round(cpu(bare), 2)}
    mine, theirs = instructions(ours), instructions(bare)
    if mine is None or theirs is None:
        more["instructions"] = None
    else:
        more |= {
            "million_instructions": round(mine, 2),
            "baseline_million_instructions": round(theirs, 2),
            "instructions_ratio": round(mine / theirs, 3),
        }
    return beside("ms", wall(ours), baseline, wall(bare), **more)
