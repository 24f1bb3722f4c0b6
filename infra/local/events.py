"""`teller events`: what security events look like."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from fulfillment.alerts.events import json_schema


def schema(argv: Sequence[str] | None = None) -> int:
    """Prints the JSON Schema of the envelope; `docs/schemas/` holds what it prints."""
    parser = argparse.ArgumentParser(
        prog="teller events schema", description="The JSON Schema of a security event."
    )
    parser.add_argument("-o", "--out", type=Path, help="write it to this file")
    parser.add_argument("--json", action="store_true", help="accepted for symmetry: it always is")
    given = parser.parse_args(argv)
    text = json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"
    if given.out is None:
        sys.stdout.write(text)
        return 0
    try:
        given.out.write_text(text, encoding="utf-8")
    except OSError as fault:
        sys.stderr.write(f"teller events schema: {fault}\n")
        return 1
    return 0
