"""Reads an export, folder or zip, into JSON by path, and refuses what no export holds."""

from __future__ import annotations

import json
import math
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

MAX_ENTRIES = 60_000
MAX_BYTES = 256 * 1024 * 1024
_IGNORED_PARTS = {"__MACOSX", ".DS_Store", ".git"}
_ENCRYPTED = 0x1
_MANIFEST = "manifest.json"
DEFINING = frozenset(
    {"Bot.json", "BotLocale.json", "Intent.json", "Slot.json", "SlotType.json"}
    | {"CustomVocabulary.json"}
)
"""The files that say what a bot is."""

Files = dict[PurePosixPath, dict[str, Any]]
Contents = dict[PurePosixPath, bytes]


class DefinitionError(ValueError):
    """The definition cannot be read; says in which file and why."""

    def __init__(self, place: object, reason: str) -> None:
        super().__init__(f"{place}: {reason}")


@dataclass(frozen=True, slots=True)
class Export:
    """An export's JSON files by their path below `root`, the folder that holds its manifest.

    `root` is `.` in an archive that Lex would import. `manifest` is None where there is none.
    """

    files: Files
    root: PurePosixPath
    manifest: PurePosixPath | None


def read_files(path: Path, password: str | None = None) -> Files:
    """Every JSON file of the export at `path` (a folder or a zip), by its path below the manifest.

    A folder that someone keeps without its manifest is read too; Lex would import no such zip.
    Raises `DefinitionError` when there is no export there or one of its files cannot be read.
    """
    export = read_export(path, password)
    if export.manifest is None and not path.is_dir():
        raise DefinitionError(path, "has no Manifest.json")
    return export.files


def read_export(path: Path, password: str | None = None) -> Export:
    """As `read_files`, but an export that lacks its manifest is read too, for those who mend it.

    The shallowest manifest counts: archives zipped again by hand have a folder above it. Files
    beside the definition that hold something else than one JSON object are left out.
    """
    if path.is_dir():
        contents = _read_folder(path)
    elif path.is_file() and zipfile.is_zipfile(path):
        contents = _read_zip(path, password)
    else:
        raise DefinitionError(path, "is neither a folder nor a zip of a Lex V2 export")
    _refuse_older_exports(path, contents)
    manifest = _manifest(path, list(contents))
    root = manifest.parent if manifest else _root_without_manifest(path, list(contents))
    below = {p.relative_to(root): c for p, c in contents.items() if p.is_relative_to(root)}
    files = dict(_parsed(below))
    return Export(files, root, manifest.relative_to(root) if manifest else None)


def _read_folder(path: Path) -> Contents:
    contents: Contents = {}
    size = 0
    for file in sorted(path.rglob("*.json")):
        place = PurePosixPath(file.relative_to(path).as_posix())
        if not file.is_file() or _IGNORED_PARTS & set(place.parts):
            continue
        size += file.stat().st_size
        if len(contents) >= MAX_ENTRIES or size > MAX_BYTES:
            raise DefinitionError(path, "is larger than any Lex export")
        contents[place] = file.read_bytes()
    return contents


def _read_zip(path: Path, password: str | None) -> Contents:
    contents: Contents = {}
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
            if len(infos) > MAX_ENTRIES or sum(i.file_size for i in infos) > MAX_BYTES:
                raise DefinitionError(path, "is larger than any Lex export")
            for info in infos:
                place = _place(path, info)
                if place is None:
                    continue
                if place in contents:
                    raise DefinitionError(path, f"holds {info.filename!r} twice")
                contents[place] = _extract(path, archive, info, password)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError) as error:
        raise DefinitionError(path, f"is a damaged zip ({error})") from None
    return contents


def _place(path: Path, info: zipfile.ZipInfo) -> PurePosixPath | None:
    """Where an entry belongs, None for what no export needs."""
    place = PurePosixPath(info.filename)
    if place.is_absolute() or ".." in place.parts or "\\" in info.filename:
        raise DefinitionError(path, f"holds an unsafe path, {info.filename!r}")
    if info.is_dir() or place.suffix != ".json" or _IGNORED_PARTS & set(place.parts):
        return None
    return place


def _extract(
    path: Path, archive: zipfile.ZipFile, info: zipfile.ZipInfo, password: str | None
) -> bytes:
    locked = bool(info.flag_bits & _ENCRYPTED)
    if locked and password is None:
        raise DefinitionError(path, "is protected by a password")
    try:
        return archive.read(info, pwd=password.encode() if locked and password else None)
    except RuntimeError:
        raise DefinitionError(path, "does not open with this password") from None


def _shallowest(places: list[PurePosixPath], name: str) -> PurePosixPath | None:
    found = [place for place in places if place.name.lower() == name]
    return min(found, key=lambda place: (len(place.parts), place), default=None)


def _refuse_older_exports(path: Path, contents: Contents) -> None:
    """Lex V1 exported one JSON file, whose `metadata` says so."""
    if len(contents) != 1:
        return
    (content,) = contents.values()
    if b'"importFormat"' in content and b'"importType"' in content:
        reason = "is an export of Lex V1; migrate the bot to Lex V2 and export it there"
        raise DefinitionError(path, reason)


def _manifest(path: Path, places: list[PurePosixPath]) -> PurePosixPath | None:
    """The shallowest one with a bot below it: a web page keeps a manifest.json too.

    Raises `DefinitionError` for exports side by side: which of them is meant cannot be known.
    """
    locales = [place for place in places if place.name == "BotLocale.json"]
    manifests = [place for place in places if place.name.lower() == _MANIFEST]
    above = [m for m in manifests if any(p.is_relative_to(m.parent) for p in locales)]
    found = _shallowest(above or manifests, _MANIFEST)
    if found is not None:
        beside = sorted({m.parent for m in above if not m.is_relative_to(found.parent)})
        if beside:
            several = ", ".join(str(place) for place in [found.parent, *beside[:2]])
            raise DefinitionError(path, f"holds several exports, name one of them: {several}")
    return found


def _parsed(contents: Contents) -> Iterator[tuple[PurePosixPath, dict[str, Any]]]:
    for place, content in contents.items():
        try:
            yield place, _parse(place, content)
        except DefinitionError:
            if place.name in DEFINING or place.name.lower() == _MANIFEST:
                raise


def _root_without_manifest(path: Path, places: list[PurePosixPath]) -> PurePosixPath:
    """The folder above the bot's own: `<root>/<bot>/BotLocales/<locale>/BotLocale.json`."""
    locale = _shallowest(places, "botlocale.json")
    if locale is None:
        raise DefinitionError(path, "has no Manifest.json")
    return locale.parents[min(3, len(locale.parents) - 1)]


def _number(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text} is not a number in JSON")
    return number


def _parse(place: PurePosixPath, content: bytes) -> dict[str, Any]:
    try:
        parsed = json.loads(
            content.decode("utf-8-sig"), parse_float=_number, parse_constant=_number
        )
    except (ValueError, RecursionError) as error:
        raise DefinitionError(place, f"is not JSON in UTF-8 ({error})") from None
    if not isinstance(parsed, dict):
        raise DefinitionError(place, "must hold one JSON object")
    return parsed
