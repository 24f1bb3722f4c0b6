"""An event parsed, routed and answered by our resolver, beside the same by aws/lex-helper.

lex-helper wants Python 3.12, and gets an environment of its own. Where that cannot be made, nothing
is measured and the entry says why.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.figures import Figures, beside
from fulfillment.lex.testing import lex_event
from infra.aws.bundles import ROOT
from infra.aws.interpreters import interpreter

_PEER = "lex-helper==0.0.3"
_PYTHON = "3.12"
_PROCESS = Path(__file__).with_name("resolver_process.py")
_TIMES_A_ROUND = 50
_INTENT = "IntentFe"
"""The last of thirty: our routers are asked one after the other, and it is in the only one."""


def measure(rounds: int) -> Figures:
    """Microseconds of the processor for one event; both on the same Python and pydantic."""
    with TemporaryDirectory() as scratch:
        try:
            python = _environment(Path(scratch, "venv"))
        except (OSError, subprocess.CalledProcessError) as fault:
            reason = getattr(fault, "stderr", "") or str(fault)
            sys.stderr.write(f"SKIPPED: {_PEER} cannot be installed: {reason}\n")
            return {"resolver_event": {"skipped": f"{_PEER} cannot be installed here"}}
        event = json.dumps(lex_event(_INTENT, {"account": "savings"}, source="FulfillmentCodeHook"))
        ours, theirs = (
            _run([str(python), str(_PROCESS), which, str(rounds * _TIMES_A_ROUND), event, scratch])
            for which in ("ours", "theirs")
        )
    return {
        "resolver_event": beside(
            "cpu_us",
            ours["median"],
            _PEER,
            theirs["median"],
            least_us=round(ours["least"], 1),
            baseline_least_us=round(theirs["least"], 1),
            times_faster=round(theirs["median"] / ours["median"], 1),
        )
    }


def _environment(folder: Path) -> Path:
    uv = shutil.which("uv", path=str(Path(sys.executable).parent)) or "uv"
    for command in (
        [uv, "venv", "--quiet", "--python", interpreter(_PYTHON), str(folder)],
        [uv, "pip", "install", "--quiet", "--python", str(folder / "bin" / "python"), _PEER],
    ):
        subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    return folder / "bin" / "python"


def _run(command: list[str]) -> dict[str, Any]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0"}
    done = subprocess.run(  # noqa: S603 - our own arguments
        command, check=True, capture_output=True, text=True, env=environment
    )
    told: dict[str, Any] = json.loads(done.stdout)
    return told
