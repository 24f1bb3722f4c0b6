"""The fraud endpoint dies in the middle of a conversation: nothing changes but who judged."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.running_bank import RunningBank
from tests.stack.ledger_view import books_of
from tests.stack.opening_books import OpeningBooks
from tests.stack.signing import identity_of

_MODEL_SERVER = "infra.local.model_server"
_VARYING = re.compile(r"TR-[0-9A-Z]{8}|[0-9A-F]{16}|\b\d{6}\b")
"""Receipts and case numbers follow from a quote's id, which is drawn anew each time."""
_STAYS = ("dec", "sc", "mv", "pv", "why", "row", "minor")
CASES = {
    "allow": "send 180 dollars to Anna from everyday checking",
    "challenge": "send 650 dollars to Marcus from everyday checking",
    "hold": "send 1500 dollars to Marcus from everyday checking",
}


def _say(bank: RunningBank, session: str, text: str) -> str:
    answer = bank.lex().recognize_text(
        **bank.lex_address(),
        sessionId=session,
        text=text,
        requestAttributes=dict(identity_of(bank, "amelia")(session)),
    )
    said = " ".join(message.get("content", "") for message in answer["messages"])
    return _VARYING.sub("...", said)


def _scores(bank: RunningBank) -> dict[str, Mapping[str, Any]]:
    """The assessments in the table, by payment."""
    books = books_of(bank)
    pages = books.client.get_paginator("scan").paginate(
        TableName=books.table,
        FilterExpression="begins_with(PK, :scores) AND SK = :score",
        ExpressionAttributeValues={":scores": {"S": "FS#"}, ":score": {"S": "S"}},
    )
    return {item["PK"]["S"]: item for page in pages for item in page["Items"]}


def _new_scores(bank: RunningBank, earlier: set[str]) -> dict[str, Mapping[str, Any]]:
    """Other tests pay in this bank too."""
    return {name: item for name, item in _scores(bank).items() if name not in earlier}


def _model_server(bank: RunningBank) -> int:
    """The process of the model server: a child of the bank's supervisor."""
    found = Path(f"/proc/{bank.process.pid}/task").glob("*/children")
    pids = [int(pid) for one in found for pid in one.read_text().split()]
    [ours] = [pid for pid in pids if _MODEL_SERVER in Path(f"/proc/{pid}/cmdline").read_text()]
    return ours


@contextmanager
def without_an_endpoint(bank: RunningBank) -> Iterator[None]:
    """The model server is killed, and nobody starts it again before the end."""
    os.kill(bank.process.pid, signal.SIGSTOP)
    try:
        os.kill(_model_server(bank), signal.SIGKILL)
        yield
    finally:
        os.kill(bank.process.pid, signal.SIGCONT)
        bank.await_line("server is back")


def test_a_killed_endpoint_changes_nothing_but_who_judged(
    bank: RunningBank, books: OpeningBooks
) -> None:
    earlier = set(_scores(bank))
    asked = {name: _say(bank, f"alive-{name}", words) for name, words in CASES.items()}
    told = {name: _say(bank, f"alive-{name}", "yes") for name in CASES}
    by_endpoint = _new_scores(bank, earlier)
    assert {item["by"]["S"] for item in by_endpoint.values()} == {"endpoint"}
    books.restore()

    # The figures are shown while it lives; it dies before the yes.
    again = {name: _say(bank, f"killed-{name}", words) for name, words in CASES.items()}
    assert again == asked
    with without_an_endpoint(bank):
        assert {name: _say(bank, f"killed-{name}", "yes") for name in CASES} == told
    by_copy = _new_scores(bank, earlier)
    assert {item["by"]["S"] for item in by_copy.values()} == {"copy"}
    assert _kept(by_copy) == _kept(by_endpoint)


def _kept(scores: dict[str, Mapping[str, Any]]) -> list[list[str]]:
    return sorted([str(item.get(name)) for name in _STAYS] for item in scores.values())
