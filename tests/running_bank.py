"""Starts the whole bank for a test, as `make run` does, on free ports and with a fixed clock."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from threading import Thread
from typing import Any, TypedDict

import boto3
from mypy_boto3_lexv2_runtime import LexRuntimeV2Client

from infra.local.settings import BOT_ID, REGION, TEST_ALIAS_ID, LocalSettings, clean_environment
from infra.local.stack import aws_client, outputs
from tests.learned import learn_with_the_others

REHEARSAL_CLOCK = "2026-11-23T15:00:00+00:00"
_READY_S = 240.0
_UNHURRIED_S = 60
"""Writing six megabytes whenever a second changed something is a tenth of a test's work."""


class LexAddress(TypedDict):
    botId: str
    botAliasId: str
    localeId: str


@dataclass
class RunningBank:
    """A bank that answers: its addresses, its folder, and what it said on its terminal."""

    settings: LocalSettings
    process: subprocess.Popen[str]
    lines: list[str] = field(default_factory=list)
    _clients: dict[str, Any] = field(default_factory=dict)

    @property
    def endpoint(self) -> str:
        return self.settings.endpoint

    @cached_property
    def outputs(self) -> dict[str, str]:
        """What the bank's stack is told to say of itself, by name."""
        return outputs(self.settings)

    def aws(self, service: str) -> Any:
        """The client of `service` on the bank's embedded AWS, closed when the bank stops."""
        if service not in self._clients:
            self._clients[service] = aws_client(service, self.settings)
        return self._clients[service]

    def lex(self) -> LexRuntimeV2Client:
        """An unmodified boto3 client of the Lex Runtime."""
        if "lexv2-runtime" not in self._clients:
            self._clients["lexv2-runtime"] = boto3.client(
                "lexv2-runtime",
                endpoint_url=self.endpoint,
                region_name=REGION,
                aws_access_key_id="test",
                aws_secret_access_key="test",
            )
        client: LexRuntimeV2Client = self._clients["lexv2-runtime"]
        return client

    def lex_address(self) -> LexAddress:
        return {"botId": BOT_ID, "botAliasId": TEST_ALIAS_ID, "localeId": "en_US"}

    def await_line(self, part: str, limit_s: float = _READY_S) -> str:
        """The first line that holds `part`, once it was said."""
        deadline = time.monotonic() + limit_s
        while True:
            for line in list(self.lines):
                if part in line:
                    return line
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"{part!r} was not said; the bank said: {self.lines}")
            time.sleep(0.02)

    def stop(self) -> int:
        """Stop it; whoever wants to look at it first is asked, if it still runs."""
        try:
            if self.process.poll() is None:
                for look in BEFORE_STOP:
                    look(self)
        finally:
            ended = self._stop()
        return ended

    def _stop(self) -> int:
        for client in self._clients.values():
            client.close()
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        return self.process.wait(30)


BEFORE_STOP: list[Callable[[RunningBank], None]] = []
"""What is done with every bank of a test run before it stops."""


def free_port_pair() -> int:
    """A port that is free together with the one after it."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port = int(first.getsockname()[1])
            try:
                second.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port


def start_bank(
    home: Path, port: int | None = None, *, state_seconds: int = _UNHURRIED_S
) -> RunningBank:
    """`teller run` as a process of its own; returns once it says that it is ready. Who kills its
    embedded AWS says how soon its state has to be on disk.

    What one bank of a test run has learned of its sentences, the next one finds in its folder.
    """
    learn_with_the_others(home / "nlu")
    settings = LocalSettings(port or free_port_pair(), home, REHEARSAL_CLOCK)
    environment = {
        **clean_environment(settings),
        "TELLER_PORT": str(settings.port),
        "TELLER_HOME": str(home),
        "TELLER_CLOCK": REHEARSAL_CLOCK,
        "TELLER_CONVERSATION_LOGS": "true",
        "TELLER_STATE_SECONDS": str(state_seconds),
        "PYTHONUNBUFFERED": "1",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "infra.local"],
        env=environment,
        cwd=Path(__file__).resolve().parents[1],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    bank = RunningBank(settings, process)
    Thread(target=_listen, args=(bank,), daemon=True).start()
    try:
        bank.await_line("Teller is ready")
    except BaseException:  # a test that ran out of time leaves no bank behind
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        raise
    return bank


def _listen(bank: RunningBank) -> None:
    assert bank.process.stdout is not None
    with bank.process.stdout as stream:
        for line in stream:
            bank.lines.append(line.rstrip("\n"))
