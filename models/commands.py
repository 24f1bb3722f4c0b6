"""`teller models ACTION MODEL`: finds what does it, without loading what does not."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence

_COMMANDS = {
    ("train", "fraud"): "models.fraud.train:main",
    ("evaluate", "fraud"): "models.fraud.evaluate:main",
    ("protocol", "fraud"): "models.fraud.protocol_report:main",
    ("loop", "fraud"): "models.fraud.loop:main",
    ("bench", "fraud"): "models.fraud.benchmark:main",
    ("compare", "fraud"): "models.fraud.compare:main",
    ("train", "personalization"): "models.personalization.train:main",
    ("bench", "personalization"): "models.personalization.benchmark:main",
    ("folds", "personalization"): "models.personalization.folds:main",
    ("evaluate", "personalization"): "models.personalization.evaluate:main",
    ("policy", "personalization"): "models.personalization.policy.command:main",
}
_HEAVY = ("lightgbm", "pyarrow", "matplotlib")


def train(argv: Sequence[str]) -> int:
    return _run("train", argv)


def evaluate(argv: Sequence[str]) -> int:
    return _run("evaluate", argv)


def protocol(argv: Sequence[str]) -> int:
    return _run("protocol", argv)


def loop(argv: Sequence[str]) -> int:
    return _run("loop", argv)


def bench(argv: Sequence[str]) -> int:
    return _run("bench", argv)


def compare(argv: Sequence[str]) -> int:
    return _run("compare", argv)


def policy(argv: Sequence[str]) -> int:
    return _run("policy", argv)


def folds(argv: Sequence[str]) -> int:
    return _run("folds", argv)


def _run(action: str, argv: Sequence[str]) -> int:
    models = sorted(model for known, model in _COMMANDS if known == action)
    called = argv[0] if argv else ""
    target = _COMMANDS.get((action, called))
    if target is None:
        usage = f"usage: teller models {action} {'|'.join(models)} [--help] ..."
        asked = called in ("-h", "--help")
        (sys.stdout if asked else sys.stderr).write(usage + "\n")
        return 0 if asked else 2
    module, _, function = target.partition(":")
    try:
        status: int = getattr(importlib.import_module(module), function)(argv[1:])
    except ModuleNotFoundError as fault:
        if (fault.name or "").partition(".")[0] not in _HEAVY:
            raise
        sys.stderr.write(
            f"teller models: {fault.name} is not installed: pip install 'teller[models]'"
            " (in a checkout: make models)\n"
        )
        return 1
    return status
