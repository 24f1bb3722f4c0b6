"""`teller feed`: send transactions to the running bank as its card processor would."""

from __future__ import annotations

import argparse
import json
import os
import sys
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from fulfillment.feed.credential import keys_in
from fulfillment.feed.openapi import fragment
from infra.local.children import answers
from infra.local.feed import FEED_PATH, FEED_SECRET
from infra.local.settings import LocalSettings, read_settings
from infra.local.stack import aws_client

_PATIENCE_S = 30


def send(argv: Sequence[str] | None = None) -> int:
    """Sends each line of a file; 1 when one of them was not taken."""
    parser = argparse.ArgumentParser(
        prog="teller feed send",
        description="Send transactions, one JSON object a line, to the running bank, and print each"
        " answer as one line. Sending the same line again changes nothing.",
    )
    parser.add_argument("file", type=Path, nargs="?", help="a file; standard input without one")
    given = parser.parse_args(argv)
    settings = _running()
    if settings is None:
        return 1
    text = given.file.read_text(encoding="utf-8") if given.file else sys.stdin.read()
    key = credential(settings)
    worst = 0
    for line in filter(str.strip, text.splitlines()):
        status, answer = post(settings, line.encode(), key)
        sys.stdout.write(json.dumps({"status": status, **answer}) + "\n")
        worst = max(worst, status)
    return 0 if worst < 300 else 1


def key(argv: Sequence[str] | None = None) -> int:
    """Prints the credential, for `Authorization: Bearer ...`."""
    argparse.ArgumentParser(
        prog="teller feed key",
        description="Print the feed's credential of the bank that runs on this machine.",
    ).parse_args(argv)
    settings = _running()
    if settings is None:
        return 1
    sys.stdout.write(f"{credential(settings)}\n")
    return 0


def openapi(argv: Sequence[str] | None = None) -> int:
    """Prints the operation, made from the models that check what is sent."""
    argparse.ArgumentParser(
        prog="teller feed openapi", description="Print the feed's operation as OpenAPI."
    ).parse_args(argv)
    sys.stdout.write(json.dumps(fragment(), indent=2) + "\n")
    return 0


def credential(settings: LocalSettings) -> str:
    """The feed's key on the running embedded AWS."""
    client = aws_client("secretsmanager", settings)
    return keys_in(client.get_secret_value(SecretId=FEED_SECRET)["SecretString"])[0]


def post(settings: LocalSettings, body: bytes, key: str) -> tuple[int, dict[str, Any]]:
    """The status and the answer to one transaction."""
    request = urllib.request.Request(  # noqa: S310 - the local bank's own address
        settings.endpoint + FEED_PATH,
        body,
        {"Content-Type": "application/json", "Authorization": f"Bearer {key}"},
    )
    try:
        with urllib.request.urlopen(request, timeout=_PATIENCE_S) as answer:  # noqa: S310
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as answer:
        return answer.code, json.load(answer)


def _running() -> LocalSettings | None:
    settings = read_settings(os.environ)
    if answers(f"{settings.endpoint}/health"):
        return settings
    sys.stderr.write("teller feed: the bank is not running; start it: make run\n")
    return None
