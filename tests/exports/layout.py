"""Finds exports and their conversations below a folder; see docs/bring-your-own-bot.md."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

OURS = Path(__file__).parent / "conversations"
_NOTE = re.compile(r"#\s*(export|hook|repository):\s*(\S.*?)\s*")


class LayoutError(ValueError):
    """A conversation does not say, in a way that can be read, which export it is held with."""


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A conversation, the export it is held with, and the function that is its code hook."""

    conversation: Path
    export: Path
    hook: str | None = None
    """module:function, or a URL."""
    folder: Path | None = None
    """Where the hook's module is."""


def exports_below(folder: Path) -> list[Path]:
    """Every export: zips, and folders with a Manifest.json above a bot."""
    return sorted({*_zips(folder), *_folders(folder)})


def exhibits_below(folder: Path) -> list[Exhibit]:
    """The conversations below `folder` and those in this repository, for exports that are there."""
    files = [*sorted(folder.rglob("*.chat")), *sorted(OURS.glob("*.chat"))]
    exhibits = [exhibit_of(file, folder) for file in files]
    return [exhibit for exhibit in exhibits if exhibit.export.exists()]


def exhibit_of(file: Path, folder: Path) -> Exhibit:
    """What the comments at the head of a conversation say; paths are below `folder`.

    `# export: PATH` and, where there is a hook, `# hook: module:function in PATH`. Raises
    `LayoutError`.
    """
    lines = file.read_text("utf-8").splitlines()
    notes = {m[1]: m[2] for line in lines if (m := _NOTE.fullmatch(line.strip()))}
    if "export" not in notes:
        raise LayoutError(f"{file} has no line '# export: PATH'")
    target, _, place = notes.get("hook", "").partition(" in ")
    return Exhibit(
        file,
        folder / notes["export"],
        target or None,
        folder / place if place else None,
    )


def _zips(folder: Path) -> Iterator[Path]:
    for file in folder.rglob("*.zip"):
        if not zipfile.is_zipfile(file):
            continue
        with zipfile.ZipFile(file) as archive:
            if any(name.endswith("BotLocale.json") for name in archive.namelist()):
                yield file


def _folders(folder: Path) -> Iterator[Path]:
    for manifest in folder.rglob("Manifest.json"):
        if next(manifest.parent.glob("*/BotLocales/*/BotLocale.json"), None) is not None:
            yield manifest.parent
