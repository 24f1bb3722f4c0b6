"""What every training job is told in the same way, on a laptop and as a SageMaker script."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path


def job_arguments(model: str, description: str) -> argparse.ArgumentParser:
    """A parser with the places of the data and the model, which SageMaker gives by
    `SM_CHANNEL_TRAINING` (or `_TRAIN`) and `SM_MODEL_DIR`, the version, and how to report.
    """
    parser = argparse.ArgumentParser(prog=f"teller models train {model}", description=description)
    channel = os.environ.get("SM_CHANNEL_TRAINING") or os.environ.get("SM_CHANNEL_TRAIN")
    parser.add_argument("--data", type=Path, default=Path(channel) if channel else None)
    out = os.environ.get("SM_MODEL_DIR")
    parser.add_argument("--out", type=Path, default=Path(out) if out else None)
    parser.add_argument("--version", help="the model's version (default: the time)")
    parser.add_argument("--no-plots", action="store_true", help="a card without pictures")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


def version_of(given: argparse.Namespace) -> str:
    """The version that was asked for, else the time."""
    named: str | None = given.version
    return named or time.strftime("%Y%m%d-%H%M%S", time.gmtime())


def telling(began: float) -> Callable[[str], None]:
    """Says a line of progress, with the seconds since `began` (`time.monotonic`)."""

    def tell(line: str) -> None:
        sys.stderr.write(f"[{time.monotonic() - began:6.1f} s] {line}\n")
        sys.stderr.flush()

    return tell


def refused(model: str, fault: object) -> int:
    """Says why nothing was trained, where SageMaker looks for it too; the exit status.

    `SM_OUTPUT_DIR` is a job's alone: the first 1,024 characters of `failure` in it become the job's
    `FailureReason`.
    """
    sentence = f"teller models train {model}: {fault}\n"
    sys.stderr.write(sentence)
    told = os.environ.get("SM_OUTPUT_DIR")
    if told:
        (Path(told) / "failure").write_text(sentence)
    return 2
