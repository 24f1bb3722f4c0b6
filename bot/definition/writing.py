"""Writes an export's files, to a folder or to a zip whose bytes depend on their content alone."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The oldest moment that a zip can hold: every entry gets it, so that equal content is equal."""
_REGULAR_FILE = 0o100644 << 16

Contents = Mapping[PurePosixPath, Mapping[str, Any]]


def text_of(content: Mapping[str, Any]) -> bytes:
    """A file's JSON in UTF-8, keys in the order in which they were read."""
    try:
        return (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode()
    except UnicodeEncodeError:
        # Half of a surrogate pair is no UTF-8; escaped, it survives.
        return (json.dumps(content, indent=2) + "\n").encode()


def canonical(content: Mapping[str, Any]) -> bytes:
    """The one form of a JSON object by which two files can be compared."""
    return json.dumps(content, sort_keys=True, separators=(",", ":")).encode()


def write_folder(files: Contents, folder: Path) -> None:
    """Writes every file below `folder`; files that are already there are replaced."""
    for place, content in files.items():
        path = folder / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text_of(content))


def zip_of(files: Contents) -> bytes:
    """The archive of `files`: sorted, the manifest first, without a clock or an owner in it."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for place in sorted(files, key=lambda p: (p.name.lower() != "manifest.json", p.parts)):
            entry = zipfile.ZipInfo(str(place), _EPOCH)
            entry.create_system = 3
            entry.external_attr = _REGULAR_FILE
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, text_of(files[place]))
    return made.getvalue()
