"""`teller lex package`: the zip that Lex imports, of a definition that it will take."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from bot.definition.commands.lint import lines_of
from bot.definition.commands.options import parser_of, refuse
from bot.definition.lint import Report, lint_export
from bot.definition.packaging import importable
from bot.definition.reading import DefinitionError, read_export
from bot.definition.writing import zip_of


def main(argv: Sequence[str]) -> int:
    """Exit status 0; 1 when Lex would refuse the definition; 2 when nothing can be done."""
    parser = parser_of(
        "package",
        "Write the zip that Lex imports. The same definition gives the same bytes; one that Lex "
        "would refuse gives none.",
    )
    parser.add_argument(
        "-o", "--output", metavar="FILE.zip", type=Path, required=True, help="replaced if there"
    )
    parser.add_argument("--force", action="store_true", help="write it in spite of lint's errors")
    options = parser.parse_args(argv)
    if options.output.is_dir():
        return refuse("package", f"{options.output} is a folder; name the zip")
    try:
        export = importable(read_export(options.path, options.password))
    except DefinitionError as fault:
        return refuse("package", str(fault))
    report = lint_export(export)
    if report.errors and not options.force:
        return _refused(report)
    archive = zip_of(export.files)
    try:
        _write(options.output, archive)
    except OSError as fault:
        return refuse("package", f"{options.output} cannot be written: {fault.strerror}")
    facts = {
        "file": str(options.output),
        "bytes": len(archive),
        "sha256": sha256(archive).hexdigest(),
        "files": len(export.files),
        "errors": len(report.errors),
        "warnings": len(report.warnings),
    }
    sys.stdout.write(json.dumps(facts) + "\n" if options.json else _sentence(facts))
    return 0


def _refused(report: Report) -> int:
    sys.stderr.write("".join(lines_of(Report(tuple(report.errors), report.files))))
    sys.stderr.write("teller lex package: Lex would refuse this; --force writes it all the same\n")
    return 1


def _write(path: Path, archive: bytes) -> None:
    # Nobody finds half an archive: the old one stands until the new one is whole.
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        unfinished.write_bytes(archive)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _sentence(facts: dict[str, object]) -> str:
    return (
        f"{facts['file']}: {facts['files']} files, {facts['bytes']} bytes,"
        f" sha256 {facts['sha256']}, {facts['warnings']} warnings\n"
    )
