"""`teller switch`: turns an intent of the running bank off, and on again."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.definition import load
from fulfillment.switches import ALWAYS_ON
from infra.local.settings import read_settings
from infra.local.stack import ROOT


def main(argv: Sequence[str] | None = None) -> int:
    """Writes the flags file that the fulfillment function reads; it holds from the next turn on."""
    parser = argparse.ArgumentParser(
        prog="teller switch",
        description="Turn intents of the local bank off and on; on AWS AppConfig has these flags.",
    )
    parser.add_argument("to", choices=["off", "on", "list"])
    parser.add_argument("intents", nargs="*", metavar="INTENT")
    given = parser.parse_args(argv)
    path = read_settings(os.environ).flags_file
    try:
        flags = _read(path)
        if given.to == "list":
            sys.stdout.write("".join(f"{name} is off\n" for name in _off(flags)) or "All is on.\n")
            return 0
        _check(given.intents, given.to)
    except ValueError as fault:
        sys.stderr.write(f"teller switch: {fault}\n")
        return 1
    for intent in given.intents:
        flags[intent] = {"default": given.to == "on"}
        sys.stdout.write(f"{intent} is {given.to}\n")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(flags, indent=2) + "\n")
    return 0


def _read(path: Path) -> dict[str, dict[str, object]]:
    if not path.exists():
        return {}
    found = json.loads(path.read_text())
    if not isinstance(found, dict):
        raise ValueError(f"{path} is not a JSON object")
    return found


def _off(flags: dict[str, dict[str, object]]) -> list[str]:
    return sorted(name for name, flag in flags.items() if flag.get("default") is False)


def _check(intents: Sequence[str], to: str) -> None:
    if not intents:
        raise ValueError(f"which intent should be {to}?")
    known = load(ROOT / "lex_definitions").locales["en_US"].intents
    for intent in intents:
        if intent not in known:
            raise ValueError(f"the bot has no intent {intent}")
        if intent in ALWAYS_ON and to == "off":
            raise ValueError(f"{intent} is a way out of a conversation and stays on")
