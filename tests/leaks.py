"""Finds in a text what no log, alert or record of a conversation may hold.

Two uses: every test's captured log is searched when it has passed (`tests/conftest.py`), and all
that any bank wrote while tests used it, before it stops.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.request import urlopen

from stdnum import iban, luhn

from infra.local.demo_bank import demo_customers
from infra.local.demo_bank.numbers import number_of
from tests.running_bank import RunningBank

_SHAPES = {
    "token": re.compile(r"eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}"),
    "e-mail": re.compile(r"\b[\w.+-]+@[\w-]+\.[a-z]{2,}\b", re.IGNORECASE),
    "account number": re.compile(r"(?<![\w-])\d{9}-\d{5,17}(?![\w-])"),
    "telephone": re.compile(r"(?<!\w)\+\d{10,15}(?!\d)"),
    "code": re.compile(r"(?i)\bcode\b[^\d\n]{1,12}\b\d{6}\b"),
}
CONVERSATIONS = "conversations.jsonl"
_SENT_CODE = re.compile(r"(\d{6})\b")
_DIGITS = re.compile(r"(?<![\w.-])\d(?:[ -]?\d){12,18}(?![\w.-])")
_CARD = re.compile(r"4|5[1-5]|2[2-7]|3[47]|6011|65")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b")


@dataclass(frozen=True, slots=True)
class Leak:
    """What was found; `shown` has its beginning alone, since this is printed too."""

    kind: str
    shown: str


def leaks_in(text: str) -> Iterator[Leak]:
    """Everything in `text` that should not be there."""
    for kind, shape in _SHAPES.items():
        for match in shape.finditer(text):
            yield _leak(kind, match[0])
    for match in _DIGITS.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        if _CARD.match(digits) and luhn.is_valid(digits):
            yield _leak("card number", match[0])
    for match in _IBAN.finditer(text):
        if iban.is_valid(match[0]):
            yield _leak("account number", match[0])


def _leak(kind: str, found: str) -> Leak:
    return Leak(kind, f"{found[:8]}... ({len(found)} characters)")


def leaks_of(bank: RunningBank) -> list[str]:
    """What leaked from a bank: its terminal, its functions' logs, its alerts, what it missed, and
    its conversation logs, which are written as Lex writes them.
    """
    numbers = [life.number for life in demo_customers()]
    codes = _codes_of(bank)
    found = []
    for where, text in _written(bank):
        found += [f"{where}: {leak.kind} {leak.shown}" for leak in leaks_in(text)]
        found += [f"{where}: customer number" for one in numbers if one in text]
        if where == CONVERSATIONS:
            found += [f"{where}: one-time code" for one in codes if f'"{one}"' in text]
            # Lex logs what its bot says: a whole number that its owner asked and gave a code for.
            continue
        found += [f"{where}: whole account number" for one in _account_numbers() if one in text]
    return found


@cache
def _account_numbers() -> frozenset[str]:
    """The whole numbers of all demo accounts."""
    every = [(life.customer_id, plan) for life in demo_customers() for plan in life.accounts]
    return frozenset(number for one in every if (number := number_of(*one)))


def _codes_of(bank: RunningBank) -> set[str]:
    """Every one-time code that the bank has sent to a telephone."""
    with urlopen(f"{bank.endpoint}/phone/messages") as answer:
        texts = [str(message["text"]) for message in json.load(answer)["messages"]]
    return {found[1] for text in texts if (found := _SENT_CODE.match(text))}


def _written(bank: RunningBank) -> Iterator[tuple[str, str]]:
    yield "terminal", "\n".join(bank.lines)
    home: Path = bank.settings.home
    for name in ("missed.jsonl", "slack.json", CONVERSATIONS):
        if (home / name).exists():
            yield name, (home / name).read_text()
    logs = bank.aws("logs")
    for group in logs.describe_log_groups()["logGroups"]:
        name = group["logGroupName"]
        for page in logs.get_paginator("filter_log_events").paginate(logGroupName=name):
            for event in page["events"]:
                yield name, event["message"]


def logged(report: str) -> str:
    """The lines of captured output that a function's logger wrote: one JSON object each."""
    lines = []
    for line in report.splitlines():
        if line.startswith("{") and line.endswith("}"):
            try:
                lines.append(line if "level" in json.loads(line) else "")
            except ValueError:
                continue
    return "\n".join(lines)
