"""Where a Python of a given version is on this machine."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path


def interpreter(version: str) -> str:
    """A path where one is known: this one, one on the PATH, pyenv's. Else the bare version, for
    which uv looks further, and which it fetches where it may.
    """
    if version == f"{sys.version_info[0]}.{sys.version_info[1]}":
        return sys.executable
    found = shutil.which(f"python{version}")
    if found is not None and ".pyenv/shims" not in found:
        return found
    kept = sorted(Path.home().glob(f".pyenv/versions/{version}.*/bin/python{version}"))
    return str(kept[-1]) if kept else version
