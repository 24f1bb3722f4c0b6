"""A function's zip for AWS: its own part, and its packages built for arm64 and Lambda's Python.

The bytecode is written by the Python that will read it: another version's is passed over, and a
function that has to compile its sources starts in almost three times the time.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from infra.aws.bundles import ROOMS, ROOT, own_bundle, packages_of
from infra.aws.interpreters import interpreter
from infra.aws.trimming import trim
from infra.local.bundle import zip_as_it_is

PLATFORM, PYTHON = "aarch64-manylinux2014", "3.13"


def packed(module: str) -> bytes:
    """The whole zip. Raises `CalledProcessError` when a package has no wheel for AWS's machines,
    or when there is no Python of Lambda's version and none can be had.
    """
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        uv = shutil.which("uv", path=str(Path(sys.executable).parent)) or "uv"
        subprocess.run(  # noqa: S603 - our own arguments
            [uv, "pip", "install", "--quiet", "--target", scratch, "--python-platform", PLATFORM,
             "--python-version", PYTHON, "--only-binary", ":all:",
             "--constraint", str(ROOT / "requirements.lock"), *packages_of(module)],
            check=True,
        )  # fmt: skip
        finish(
            module, folder, [uv, "run", "--no-project", "--python", interpreter(PYTHON), "python"]
        )
        return zip_as_it_is(folder)


def finish(module: str, folder: Path, python: list[str]) -> None:
    """Adds our own part to the packages in `folder`, takes out what the function never reads, and
    compiles it all with `python`. Of packages the bytecode alone is kept, half of their size; of
    ours the sources too, since their lines are what an error's stack shows.
    """
    for cache in list(folder.rglob("__pycache__")):
        shutil.rmtree(cache)
    with zipfile.ZipFile(BytesIO(own_bundle(module))) as own:
        own.extractall(folder)
    trim(module, folder)
    theirs = [path for path in folder.iterdir() if path.name not in ROOMS]
    _compile(python, folder, [folder / room for room in ROOMS if (folder / room).is_dir()])
    _compile(python, folder, theirs, "-b")
    for path in theirs:
        for source in [path] if path.is_file() else list(path.rglob("*.py")):
            if source.suffix == ".py":
                source.unlink()


def _compile(python: list[str], folder: Path, what: list[Path], *more: str) -> None:
    """By hash and never checked: the zip does not depend on the clock."""
    subprocess.run(  # noqa: S603 - our own arguments
        [*python, "-m", "compileall", "-q", *more, "--invalidation-mode", "unchecked-hash",
         "-s", str(folder), *map(str, what)],
        check=True,
    )  # fmt: skip
