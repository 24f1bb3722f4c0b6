"""`teller licences`: under which licence each installed package of the lock file comes."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Sequence
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

LOCK = Path(__file__).resolve().parents[1] / "requirements.lock"
_LOCKED = re.compile(r"^([a-z0-9][a-z0-9._-]*)==", re.MULTILINE)
UNKNOWN = "unknown"


def main(argv: Sequence[str] | None = None) -> int:
    """Exit status 1 when a package does not say its licence."""
    parser = argparse.ArgumentParser(
        prog="teller licences",
        description="The licences of all locked packages that are installed.",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    found = licences()
    if parser.parse_args(argv).json:
        sys.stdout.write(json.dumps(found, indent=2) + "\n")
    else:
        width = max(map(len, found), default=0)
        sys.stdout.writelines(f"{name:<{width}}  {said}\n" for name, said in found.items())
    return int(UNKNOWN in found.values())


def licences() -> dict[str, str]:
    """The licence of each package of the lock file that is installed here, by its name."""
    made: dict[str, str] = {}
    for name in sorted(set(_LOCKED.findall(LOCK.read_text()))):
        try:
            made[name] = licence_of(distribution(name))
        except PackageNotFoundError:
            continue
    return made


def licence_of(package: Distribution) -> str:
    """By the newer field first: an SPDX expression, then classifiers, then the old free text."""
    expression = _said(package, "License-Expression")
    if expression:
        return expression[0]
    classified = [
        one.rpartition(" :: ")[2]
        for one in _said(package, "Classifier")
        if one.startswith("License :: ") and one.count(" :: ") > 1
    ]
    if classified:
        return " AND ".join(sorted(classified))
    free = "\n".join(_said(package, "License")).strip().splitlines()
    return free[0][:60] if free else UNKNOWN


def _said(package: Distribution, name: str) -> list[str]:
    """All that a package says under `name`."""
    return [str(one) for one in package.metadata.get_all(name) or ()]
