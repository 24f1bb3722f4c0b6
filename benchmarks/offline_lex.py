"""The figures of `teller lex bench`, taken in a process of its own while nothing else runs."""

from __future__ import annotations

import json
import subprocess
import sys

from benchmarks.figures import Figures

_TURNS_A_ROUND = 50


def measure_lex(rounds: int) -> Figures:
    """Turns by number of sessions, learning by size of bot, memory of live sessions."""
    turns = str(rounds * _TURNS_A_ROUND)
    command = [sys.executable, "-m", "bot.runtime.benchmark", "--turns", turns]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    figures: Figures = json.loads(done.stdout)
    figures.pop("machine")
    return figures
