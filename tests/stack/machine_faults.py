"""`python -m tests.stack.machine_faults`: what a customer lives through when the machine fails.

A whole bank, as `make run` starts it. Between the figures of a transfer and the yes, a process of
it is killed or its disk is full (no file of the process may grow: the kernel's own limit, so that
nothing of the machine is harmed). The customer says yes until there is an answer. Each time the
money has moved once, the books balance, and the bank recovers by itself.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from botocore.exceptions import BotoCoreError, ClientError

from fulfillment.store.auditing import audit
from infra.faults.plan import OnTheMachine, read_plan
from infra.local.children import answers
from infra.local.stack import outputs
from infra.pages import put_between
from tests.integration.faults.outcomes import DOCS, BrokenPromiseError
from tests.running_bank import RunningBank, start_bank
from tests.stack.ledger_view import books_of
from tests.stack.signing import identity_of

BEGIN, END = "<!-- python -m tests.stack.machine_faults -->", "<!-- end of machine faults -->"
_CUSTOMER = "amelia"
_RECEIPT = re.compile(r"TR-[0-9A-HJKMNP-TV-Z]{8}")
_PATIENCE_S, _LOOK_S = 240.0, 0.2
_WORKER = "_worker.py"


Prove = Callable[[str], Mapping[str, str]]


@dataclass
class Met:
    """What the customer met: how often there was no answer before there was one, and what it said
    first.
    """

    silences: int = 0
    again: int = 0

    def in_words(self) -> str:
        words = ["no answer until it was back"] if self.silences else []
        words += ["asked to say it again"] if self.again else []
        return ", then ".join([*words, "paid once"]) if words else "as ever, paid once"


def suffered(bank: RunningBank, prove: Prove, planned: OnTheMachine, number: int) -> Met:
    """One transfer of a dollar with the fault in its middle. Raises `BrokenPromiseError`."""
    session, met = f"machine-{number}", Met()
    # Signed while all is well: whoever signs is another service.
    proof = prove(session)
    before = _savings(bank)
    _until_answered(bank, proof, session, "move 1 from checking to savings", met)
    met = Met()
    pids = _processes(bank, planned.part)
    if planned.fault == "killed":
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
    else:
        _limit(pids, 0)
    told = _until_answered(bank, proof, session, "yes", met)
    while not _RECEIPT.search(told):
        if met.again > 5:
            raise BrokenPromiseError(f"{planned.part}, {planned.named}: {told}")
        met.again += 1
        shown = _until_answered(bank, proof, session, "move 1 from checking to savings", met)
        told = _until_answered(bank, proof, session, "yes", met) if "Shall I" in shown else shown
    if planned.fault == "disk_full":
        _limit(pids, resource.RLIM_INFINITY)
    _await_health(bank)
    if _savings(bank) != before + 100:
        raise BrokenPromiseError(
            f"{planned.part}, {planned.named}: {_savings(bank) - before} cents"
        )
    found = audit(bank.aws("dynamodb"), outputs(bank.settings)["BankTableName"]).violations
    if found:
        raise BrokenPromiseError("; ".join(found))
    return met


def as_table(plan: Sequence[OnTheMachine], bank: RunningBank) -> str:
    """Markdown: a row for each fault."""
    lines = ["| part | is | a transfer, between figures and yes |", "|---|---|---|"]
    prove = identity_of(bank, _CUSTOMER)
    for number, planned in enumerate(plan):
        met = suffered(bank, prove, planned, number).in_words()
        lines.append(f"| {planned.part} | {planned.named} | {met} |")
    return "\n".join(lines) + "\n"


def _until_answered(
    bank: RunningBank, proof: Mapping[str, str], session: str, text: str, met: Met
) -> str:
    """Says it again while nobody answers, as a customer who sees a spinner does."""
    deadline = time.monotonic() + _PATIENCE_S
    while True:
        try:
            answer = bank.lex().recognize_text(
                **bank.lex_address(), sessionId=session, text=text,
                requestAttributes=dict(proof),
            )  # fmt: skip
            return " ".join(one.get("content", "") for one in answer.get("messages", ()))
        except (BotoCoreError, ClientError):
            if time.monotonic() > deadline:
                raise
            met.silences += 1
            time.sleep(_LOOK_S)


def _processes(bank: RunningBank, part: str) -> list[int]:
    """The bank's processes that run `part`; for anything that is no module, the functions'."""
    if part.startswith("infra."):
        return _pgrep("-P", str(bank.process.pid), "-f", part)
    aws = _pgrep("-P", str(bank.process.pid), "-f", "infra.local.embedded_aws")[0]
    return _pgrep("-P", str(aws), "-f", _WORKER)


def _pgrep(*arguments: str) -> list[int]:
    done = subprocess.run(["pgrep", *arguments], capture_output=True, text=True, check=False)
    return [int(pid) for pid in done.stdout.split()]


def _limit(pids: Sequence[int], most: int) -> None:
    for pid in pids:
        hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)[1]
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (most, hard))


def _await_health(bank: RunningBank) -> None:
    deadline = time.monotonic() + _PATIENCE_S
    while not answers(f"{bank.endpoint}/health"):
        if time.monotonic() > deadline:
            raise BrokenPromiseError("the bank did not recover by itself")
        time.sleep(_LOOK_S)


def _savings(bank: RunningBank) -> int:
    _await_health(bank)
    accounts = books_of(bank).accounts(_CUSTOMER)
    return next(one.posted.minor for one in accounts if "avings" in one.name)


def main(argv: Sequence[str] | None = None) -> int:
    """Prints the table, or writes it into the docs; 1 for a broken promise."""
    parser = argparse.ArgumentParser(prog="python -m tests.stack.machine_faults")
    parser.add_argument("--update", action="store_true", help="write it into docs/reliability.md")
    given = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="teller-machine-") as home:
        bank = start_bank(Path(home), state_seconds=1)
        try:
            table = as_table(read_plan().machine, bank)
        except BrokenPromiseError as broken:
            sys.stderr.write(f"{broken}\n")
            return 1
        finally:
            bank.stop()
    sys.stdout.write(table)
    if given.update:
        DOCS.write_text(put_between(DOCS.read_text(), BEGIN, END, f"\n{table}"))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
