"""`teller infra practices`: the table of practices, and what of it has lost its evidence."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from infra.aws.app import ToolsMissingError, prepare, templates_of
from infra.aws.practices.evidence import (
    RESOURCES,
    ROOT,
    counted,
    lost,
    read_practices,
    read_resources,
    table,
)
from infra.aws.stages import STAGES
from infra.pages import put_between

PAGE = ROOT / "docs" / "aws.md"
BEGIN, END = "<!-- teller infra practices -->\n", "<!-- end -->"


def main(argv: Sequence[str] | None = None) -> int:
    """Exit status 1 when a row names what is not there, 2 when the tools are needed and missing."""
    parser = argparse.ArgumentParser(
        prog="teller infra practices", description="The practices, each with what shows it."
    )
    shown = parser.add_mutually_exclusive_group()
    shown.add_argument("--json", action="store_true", help="print what has lost its evidence")
    shown.add_argument(
        "--update", action="store_true", help="count the templates, and write the table in the docs"
    )
    given = parser.parse_args(argv)
    practices = read_practices()
    if given.update:
        try:
            prepare()
        except ToolsMissingError as missing:
            sys.stderr.write(f"teller infra practices: {missing}\n")
            return 2
        RESOURCES.write_text(json.dumps(_synthesised(), indent=2) + "\n")
        PAGE.write_text(with_table(PAGE.read_text(), table(practices)))
    gone = lost(practices, {kind for types in read_resources().values() for kind in types})
    if given.json:
        sys.stdout.write(json.dumps({"practices": len(practices), "lost": gone}, indent=2) + "\n")
    else:
        sys.stdout.write(table(practices))
        sys.stderr.writelines(f"{line}\n" for line in gone)
    return int(bool(gone))


def with_table(page: str, rows: str) -> str:
    """The page with the table between its two marks replaced."""
    return put_between(page, BEGIN, END, rows)


def _synthesised() -> dict[str, dict[str, int]]:
    with TemporaryDirectory() as scratch:
        paths = templates_of(STAGES["prod"], Path(scratch))
        return counted(
            {p.name.partition(".")[0]: json.loads(p.read_text())["Resources"] for p in paths}
        )
