"""A function's zip for AWS: its own part, and its packages built for arm64 and Lambda's Python."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from infra.aws.bundles import ROOT, own_bundle, packages_of
from infra.local.bundle import zip_of_files

PLATFORM, PYTHON = "aarch64-manylinux2014", "3.13"


def packed(module: str) -> bytes:
    """The whole zip. Raises `CalledProcessError` when a package has no wheel for AWS's machines."""
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        uv = shutil.which("uv", path=str(Path(sys.executable).parent)) or "uv"
        subprocess.run(  # noqa: S603 - our own arguments
            [uv, "pip", "install", "--quiet", "--target", scratch, "--python-platform", PLATFORM,
             "--python-version", PYTHON, "--only-binary", ":all:", "--compile-bytecode",
             "--constraint", str(ROOT / "requirements.lock"), *packages_of(module)],
            check=True,
        )  # fmt: skip
        with zipfile.ZipFile(BytesIO(own_bundle(module))) as own:
            own.extractall(folder)
        files = [path.relative_to(folder) for path in folder.rglob("*") if path.is_file()]
        return zip_of_files(folder, sorted(files))
