"""Which data a model has learnt from: a folder of files as one digest."""

from __future__ import annotations

import hashlib
from pathlib import Path

from models.fraud.history import DataError, data_files


def digest_of(folder: Path) -> str:
    """SHA-256 of what `sha256sum` says of the data files, in the order of their names:
    `(cd DIR && LC_ALL=C sha256sum *.csv) | sha256sum`. Raises `DataError` for no folder.
    """
    whole = hashlib.sha256()
    for path in data_files(folder):
        with path.open("rb") as file:
            one = hashlib.file_digest(file, "sha256").hexdigest()
        whole.update(f"{one}  {path.name}\n".encode())
    return whole.hexdigest()


def checked(folder: Path, wanted: str | None) -> str:
    """The digest of `folder`. Raises `DataError` when another one was `wanted`."""
    found = digest_of(folder)
    if wanted is not None and wanted != found:
        raise DataError(f"the data is another than was named: its digest is {found}, not {wanted}")
    return found
