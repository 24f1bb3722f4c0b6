"""`teller channel describe`: the channel's OpenAPI and AsyncAPI documents, written to a folder."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.channels import openapi
from bot.channels.stream import asyncapi

DOCUMENTS = {
    "channel.openapi.json": openapi.document,
    "stream.asyncapi.json": asyncapi.document,
}


def main(argv: Sequence[str] | None = None) -> int:
    """Writes both documents; `docs/schemas/` holds what it writes."""
    parser = argparse.ArgumentParser(
        prog="teller channel describe", description="Write the OpenAPI and AsyncAPI documents."
    )
    parser.add_argument("-o", "--out", type=Path, default=Path("docs/schemas"), help="the folder")
    given = parser.parse_args(argv)
    try:
        given.out.mkdir(parents=True, exist_ok=True)
        for name, document in DOCUMENTS.items():
            text = json.dumps(document(), indent=2, ensure_ascii=False) + "\n"
            (given.out / name).write_text(text, encoding="utf-8")
            sys.stdout.write(f"{given.out / name}\n")
    except OSError as fault:
        sys.stderr.write(f"teller channel describe: {fault}\n")
        return 1
    return 0
