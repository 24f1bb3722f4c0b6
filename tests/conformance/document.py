"""Writes the table of rules in docs/lex-conformance.md, and zips the bots for an import.

python -m tests.conformance.document            # the table
python -m tests.conformance.document --bots DIR # a zip for each bot
"""

from __future__ import annotations

import argparse
from itertools import groupby
from pathlib import Path

from infra.pages import put_between
from tests.conformance.bots import FOLDER, zip_bot
from tests.conformance.cases import all_cases

PAGE = Path(__file__).resolve().parents[2] / "docs" / "lex-conformance.md"
BEGIN, END = "<!-- rules: begin -->\n", "<!-- rules: end -->\n"


def table() -> str:
    """The rules by topic, as Markdown."""
    lines: list[str] = []
    for topic, cases in groupby(all_cases(), key=lambda case: case.file):
        lines += [f"\n### {topic.replace('_', ' ').capitalize()}\n", "| rule | says | source |"]
        lines.append("|---|---|---|")
        for case in cases:
            says = case.says.replace("|", "\\|")
            mark = "" if case.offline_only is None else f" (offline only: {case.offline_only})"
            lines.append(f"| `{case.rule}` | {says}{mark} | {case.source} |")
    return "\n".join(lines) + "\n"


def page() -> str:
    """The whole page with the table as it should be."""
    return put_between(PAGE.read_text(encoding="utf-8"), BEGIN, END, table())


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.conformance.document")
    parser.add_argument("--bots", metavar="DIR", type=Path, help="write the bots' import zips")
    folder: Path | None = parser.parse_args().bots
    if folder is None:
        PAGE.write_text(page(), encoding="utf-8")
        return
    folder.mkdir(parents=True, exist_ok=True)
    for spec in sorted(FOLDER.glob("*.yaml")):
        zip_bot(spec.stem, folder / f"{spec.stem}.zip")


if __name__ == "__main__":
    main()
