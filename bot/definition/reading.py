"""Reads an export, folder or zip, into JSON by path, and refuses what no export holds."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path, PurePosixPath
from typing import Any

MAX_ENTRIES = 60_000
MAX_BYTES = 256 * 1024 * 1024
_IGNORED_PARTS = {"__MACOSX", ".DS_Store", ".git"}

Files = dict[PurePosixPath, dict[str, Any]]


class DefinitionError(ValueError):
    """The definition cannot be read; says in which file and why."""

    def __init__(self, place: object, reason: str) -> None:
        super().__init__(f"{place}: {reason}")


def read_files(path: Path) -> Files:
    """Every JSON file of the export at `path` (a folder or a zip), by its path below the manifest.

    Raises `DefinitionError` when there is no export there or one of its files cannot be read.
    """
    if path.is_dir():
        contents = _read_folder(path)
    elif path.is_file() and zipfile.is_zipfile(path):
        contents = _read_zip(path)
    else:
        raise DefinitionError(path, "is neither a folder nor a zip of a Lex V2 export")
    root = _root(path, list(contents))
    below = {p.relative_to(root): c for p, c in contents.items() if p.is_relative_to(root)}
    return {place: _parse(place, content) for place, content in below.items()}


def _read_folder(path: Path) -> dict[PurePosixPath, bytes]:
    return {
        PurePosixPath(file.relative_to(path).as_posix()): file.read_bytes()
        for file in sorted(path.rglob("*"))
        if file.suffix == ".json" and file.is_file() and not _IGNORED_PARTS & set(file.parts)
    }


def _read_zip(path: Path) -> dict[PurePosixPath, bytes]:
    contents: dict[PurePosixPath, bytes] = {}
    with zipfile.ZipFile(path) as archive:
        infos = archive.infolist()
        if len(infos) > MAX_ENTRIES or sum(i.file_size for i in infos) > MAX_BYTES:
            raise DefinitionError(path, "is larger than any Lex export")
        for info in infos:
            place = PurePosixPath(info.filename)
            if place.is_absolute() or ".." in place.parts or "\\" in info.filename:
                raise DefinitionError(path, f"holds an unsafe path, {info.filename!r}")
            if info.is_dir() or place.suffix != ".json" or _IGNORED_PARTS & set(place.parts):
                continue
            if info.flag_bits & 1:
                raise DefinitionError(path, "is protected by a password")
            if place in contents:
                raise DefinitionError(path, f"holds {info.filename!r} twice")
            contents[place] = archive.read(info)
    return contents


def _root(path: Path, places: list[PurePosixPath]) -> PurePosixPath:
    manifests = [p for p in places if p.name.lower() == "manifest.json"]
    if not manifests:
        raise DefinitionError(path, "has no Manifest.json")
    return min(manifests, key=lambda p: len(p.parts)).parent


def _parse(place: PurePosixPath, content: bytes) -> dict[str, Any]:
    try:
        parsed = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise DefinitionError(place, f"is not JSON in UTF-8 ({error})") from None
    if not isinstance(parsed, dict):
        raise DefinitionError(place, "must hold one JSON object")
    return parsed
