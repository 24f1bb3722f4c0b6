"""How soon the whole bank is ready and how fast it answers, for `teller bench`.

Machines are noisy, so every figure stands beside a baseline taken in the same run: a turn beside a
plain Lambda invocation of the same function that reads nothing, a warm start beside a fresh one.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from infra.local.bench_desk import measure_the_desk
from infra.local.children import answers
from infra.local.settings import LocalSettings, clean_environment
from infra.local.warming import ask_for_help

_TURNS = {
    "turn_greeting": "hi",
    "turn_all_balances": "all my balances",
    "turn_recent_transactions": "show my recent transactions",
    "turn_month_spending_at_merchant": "how much did I spend at Whole Foods last month",
    "turn_transfer_figures": "move 1 from checking to savings",
    "turn_transfer_confirmed": "yes",
}
_CUSTOMER = "amelia"
_READY_LIMIT_S = 300.0
_STOPS_WITHIN_S = 120.0
_PORT = 8790
"""The next is used too."""


def measure_bank(rounds: int) -> dict[str, Any]:
    """The start of a bank, its turns said `rounds` times each, and its desk."""
    with tempfile.TemporaryDirectory(prefix="teller-bench-") as folder:
        settings = LocalSettings(_PORT, Path(folder))
        with running_bank(settings) as (fresh_s, _):
            pass
        with running_bank(settings) as (warm_s, _):
            figures = _measure(settings, rounds)
    figures["start"] = {
        "ready_s": round(warm_s, 2),
        "baseline": "fresh_start",
        "fresh_start_s": round(fresh_s, 2),
        "ratio": round(warm_s / fresh_s, 2),
    }
    return figures


def measure_desk(_rounds: int) -> dict[str, Any]:
    """The desk alone, on a bank that has just started: how soon an alert, and a decision."""
    with tempfile.TemporaryDirectory(prefix="teller-bench-") as folder:
        settings = LocalSettings(_PORT, Path(folder))
        with running_bank(settings):
            ask_for_help(settings)
            return measure_the_desk(settings, Chat(settings, _CUSTOMER).token, _CUSTOMER)


@contextmanager
def running_bank(settings: LocalSettings) -> Iterator[tuple[float, subprocess.Popen[bytes]]]:
    """A bank in processes of its own; yields the seconds until its health was good, and itself."""
    environment = {
        **clean_environment(settings),
        "TELLER_PORT": str(settings.port),
        "TELLER_HOME": str(settings.home),
        # Nobody talks as fast as a benchmark.
        "TELLER_CHAT_PER_MINUTE": "100000",
    }
    started = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "infra.local"], env=environment, stdout=subprocess.DEVNULL
    )
    try:
        while not answers(f"{settings.endpoint}/health"):
            if process.poll() is not None or time.monotonic() - started > _READY_LIMIT_S:
                raise RuntimeError("the bank did not come up")
            time.sleep(0.02)
        yield time.monotonic() - started, process
    finally:
        process.terminate()
        process.wait(_STOPS_WITHIN_S)


def _measure(settings: LocalSettings, rounds: int) -> dict[str, Any]:
    chat = Chat(settings, _CUSTOMER)
    ask_for_help(settings)
    for text in _TURNS.values():
        chat.say(text)
    times: dict[str, list[float]] = {name: [] for name in ("lambda_invoke", *_TURNS)}
    for _ in range(rounds):
        times["lambda_invoke"].append(_timed(lambda: ask_for_help(settings)))
        for name, text in _TURNS.items():
            times[name].append(_timed(partial(chat.say, text)))
    base = statistics.median(times.pop("lambda_invoke"))
    figures: dict[str, Any] = {}
    for name, values in times.items():
        figures[name] = _figures(values, base)
    figures["turn_any"] = _figures([v for values in times.values() for v in values], base)
    return figures | measure_the_desk(settings, chat.token, _CUSTOMER)


def _figures(values: list[float], base: float) -> dict[str, Any]:
    return {
        "p50_ms": round(statistics.median(values), 1),
        "p99_ms": round(statistics.quantiles(values, n=100)[98], 1),
        "baseline": "lambda_invoke_of_the_same_function",
        "baseline_p50_ms": round(base, 1),
        "ratio": round(statistics.median(values) / base, 2),
    }


def _timed(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) * 1000


class Chat:
    """A signed-in customer on the channel API: Lex Runtime, Lambda and DynamoDB, all the way."""

    def __init__(self, settings: LocalSettings, customer: str) -> None:
        self._endpoint = settings.endpoint
        self.token = ""
        self.token = self._post("/chat/sign-in", {"customer": customer})["access_token"]

    def say(self, text: str) -> Any:
        return self._post("/chat/messages", {"text": text})

    def _post(self, path: str, body: dict[str, str]) -> Any:
        request = urllib.request.Request(  # noqa: S310 - loopback http only
            self._endpoint + path,
            json.dumps(body).encode(),
            {"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"},
        )
        with urllib.request.urlopen(request, timeout=30) as response:  # noqa: S310 - the same
            return json.load(response)
