"""A function's code as it lies on Lambda's disk, but for this machine and this Python.

Packages come from the environment that the benchmark runs in, so that nothing is downloaded.
"""

from __future__ import annotations

import shutil
import sys
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement

from infra.aws.bundles import packages_of
from infra.aws.deploy.packing import finish


def unpacked(module: str, folder: Path) -> None:
    """Lays the function `module` down in `folder`: its own part, its packages, bytecode."""
    for name in _with_what_they_need([one.partition("==")[0] for one in packages_of(module)]):
        _copy(name, folder)
    finish(module, folder, [sys.executable])


def _with_what_they_need(names: list[str]) -> set[str]:
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        for text in distribution(name).requires or ():
            wanted = Requirement(text)
            if wanted.marker is None or wanted.marker.evaluate({"extra": ""}):
                waiting.append(wanted.name.lower().replace("_", "-"))
    return found


def _copy(name: str, folder: Path) -> None:
    for path in distribution(name).files or ():
        if ".." in path.parts or path.suffix == ".pyc":
            continue
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(str(path.locate()), target)
