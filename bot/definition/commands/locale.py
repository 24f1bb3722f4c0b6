"""`teller lex locale`: makes the locales that are another one with other words."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from bot.definition.commands.options import parser_of, refuse
from bot.definition.overlay import Overlay, OverlayError, overlaid
from bot.definition.reading import DefinitionError, read_export
from bot.definition.writing import text_of, write_folder

Files = Mapping[PurePosixPath, Mapping[str, Any]]


def main(argv: Sequence[str]) -> int:
    """Exit status 0; 1 when --check finds a difference; 2 when nothing can be done."""
    parser = parser_of(
        "locale",
        "Make each locale that has an overlay (PATH/overlays/*.toml) of the locale that it is laid "
        "over. What was there is replaced.",
    )
    parser.add_argument(
        "--check", action="store_true", help="write nothing; say which files differ"
    )
    options = parser.parse_args(argv)
    try:
        files = read_export(options.path).files
        made = {path.stem: _made(path, files) for path in overlays(options.path)}
    except (DefinitionError, OverlayError, OSError) as fault:
        return refuse("locale", str(fault))
    if not made:
        return refuse("locale", f"there is no overlay in {options.path / 'overlays'}")
    differing = [place for new in made.values() for place in differences(files, new)]
    if not options.check:
        for new in made.values():
            _replace(options.path, new)
    facts = {"locales": sorted(made), "differing": [str(place) for place in sorted(differing)]}
    sys.stdout.write(json.dumps(facts) + "\n" if options.json else _sentences(facts, options.check))
    return 1 if options.check and differing else 0


def overlays(folder: Path) -> list[Path]:
    """The overlays of a definition, one a locale."""
    return sorted((folder / "overlays").glob("*.toml"))


def differences(files: Files, made: Files) -> list[PurePosixPath]:
    """The files of a made locale that are absent, other than they would be made, or left over."""
    root = PurePosixPath(*next(iter(made)).parts[:3])
    there = {place for place in files if root in place.parents}
    changed = {p for p, new in made.items() if p in there and text_of(files[p]) != text_of(new)}
    return sorted((there ^ set(made)) | changed)


def _made(path: Path, files: Files) -> Files:
    try:
        return overlaid(files, Overlay.parse(path.read_text("utf-8")))
    except OverlayError as fault:
        raise OverlayError(f"{path.name}: {fault}") from fault


def _replace(folder: Path, made: Files) -> None:
    shutil.rmtree(folder / PurePosixPath(*next(iter(made)).parts[:3]), ignore_errors=True)
    write_folder(made, folder)


def _sentences(facts: Mapping[str, Any], check: bool) -> str:
    count, names = len(facts["differing"]), ", ".join(facts["locales"])
    if not check:
        return f"{names}: {count} files changed\n"
    lines = [f"{place}\n" for place in facts["differing"]]
    return "".join([*lines, f"{names}: {count} files are not what the overlay makes\n"])
