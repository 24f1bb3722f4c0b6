"""`teller lex lint`: what Lex would refuse in a bot definition, and what a reviewer would."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from itertools import groupby

from bot.definition.commands.options import parser_of, refuse
from bot.definition.lint import RULES, Finding, Report, lint
from bot.definition.lint.table import rules_table
from bot.definition.reading import DefinitionError


def main(argv: Sequence[str]) -> int:
    """Exit status 0; 1 when Lex would refuse the definition; 2 when it cannot be read."""
    parser = parser_of(
        "lint",
        "Say what Lex would refuse in a bot definition (errors), and what a reviewer would "
        "(warnings).",
    )
    parser.add_argument(
        "--ignore",
        metavar="CODE",
        action="append",
        default=[],
        help="leave out the warnings of this code; may be repeated",
    )
    parser.add_argument("--rules", action=ShowRules, help="print every rule and exit")
    options = parser.parse_args(argv)
    unknown = sorted(set(options.ignore) - {rule.code for rule in RULES})
    if unknown:
        return refuse("lint", f"there is no rule {unknown[0]!r}")
    try:
        report = lint(options.path, options.password).without(options.ignore)
    except DefinitionError as fault:
        return refuse("lint", str(fault))
    text = as_json(report) + "\n" if options.json else "".join(lines_of(report))
    sys.stdout.write(text)
    return 1 if report.errors else 0


class ShowRules(argparse.Action):
    """Prints the table of rules; no PATH is needed."""

    def __init__(self, option_strings: Sequence[str], dest: str, help: str) -> None:  # noqa: A002
        super().__init__(option_strings, dest, nargs=0, default=argparse.SUPPRESS, help=help)

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        sys.stdout.write(rules_table())
        parser.exit()


def as_json(report: Report) -> str:
    """One object of `errors` and `warnings`."""
    return json.dumps(
        {
            "errors": [finding.to_json() for finding in report.errors],
            "warnings": [finding.to_json() for finding in report.warnings],
        },
        ensure_ascii=False,
    )


def lines_of(report: Report) -> Iterator[str]:
    """The findings by file, and a line that counts them."""
    for file, findings in groupby(report.findings, key=lambda finding: finding.at.file):
        yield f"{file}\n"
        yield from (_entry(finding) for finding in findings)
        yield "\n"
    yield f"{_count(len(report.errors), 'error')}, {_count(len(report.warnings), 'warning')} "
    yield f"in {_count(report.files, 'file')}\n"


def _entry(finding: Finding) -> str:
    where = f"\n           at {finding.at.pointer}" if finding.at.keys else ""
    return f"  {finding.severity:<8} {finding.message} [{finding.code}]{where}\n"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
