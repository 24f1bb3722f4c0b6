"""What the `teller lex` commands on a definition have in common: the path, its password, faults."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def parser_of(name: str, description: str) -> argparse.ArgumentParser:
    """A parser with PATH, --password and --json."""
    parser = argparse.ArgumentParser(prog=f"teller lex {name}", description=description)
    parser.add_argument("path", metavar="PATH", type=Path, help="the export: a folder or a zip")
    parser.add_argument("--password", metavar="TEXT", help="of a zip that has one")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser


def refuse(name: str, sentence: str) -> int:
    """Says on standard error why a command did nothing. Returns exit status 2."""
    sys.stderr.write(f"teller lex {name}: {sentence}\n")
    return 2
