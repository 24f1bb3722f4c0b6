"""What a running bank's functions spend on real traffic: turns, a card processor's feed, a desk.

One thing is asked after the other, so that hardly a process is started that is not wanted. What
runs by the clock (`teller-scheduler`, `teller-sweeper`) is run besides, with nothing or little due.
"""

from __future__ import annotations

import json
import os
import signal
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from benchmarks.function_workers import Worker, workers_of
from infra.local.bench import Chat
from infra.local.bench_desk import Desk, measure_the_desk
from infra.local.feed_cli import credential, post
from infra.local.load.bank import LoadedBank
from infra.local.load.customers import customer_id
from infra.local.load.salary_day import transaction
from infra.local.load.voice import Voice, lex_of, prover
from infra.local.settings import BOT_ID, LIVE_ALIAS_ID
from infra.local.stream_client import stream_of

CUSTOMERS = 20
_CUSTOMER = "amelia"
_BY_THE_CLOCK = ("teller-scheduler", "teller-sweeper")
_SAID = ("all my balances", "show my recent transactions", "move 1 from checking to savings", "yes")
_UNKNOWN_SAID = ("how much is in my savings", "4020 7781")
_STARTS, _RUNS_BY_THE_CLOCK = 3, 20
_QUIET_S, _LOOK_S, _DRAIN_S, _DIGEST_S = 3.0, 0.5, 120.0, 61.0


@dataclass(frozen=True, slots=True)
class Span:
    """What one function did in a while: `spent_ms` of processor over all its processes, in `runs`
    invocations, for which `started` of them began. `peak_mb`: the largest of them, ever."""

    runs: int
    started: int
    spent_ms: float
    peak_mb: float


@dataclass(frozen=True, slots=True)
class Work:
    """Milliseconds of the processor for a start with the first event, and for each event after it;
    the most memory at once; how many events that was told from."""

    start_ms: float
    run_ms: float
    peak_mb: float
    runs: int


def work_of(starts: list[Span], steady: Span) -> Work:
    """Tells a start from the runs after it. `starts` are whiles in which each process was new; the
    least of them is the start's, since what else the machine does only adds."""
    rough = min(one.spent_ms / one.started for one in starts)
    later = max(steady.runs - steady.started, 1)
    run_ms = max(steady.spent_ms - steady.started * rough, 0.0) / later
    start_ms = min(
        (one.spent_ms - (one.runs - one.started) * run_ms) / one.started for one in starts
    )
    peak_mb = max(one.peak_mb for one in (*starts, steady))
    return Work(start_ms, run_ms, peak_mb, later)


def worked(bank: LoadedBank, turns: int, transactions: int) -> Mapping[str, Work]:
    """Every function that the bank runs by itself, by name."""
    desk, voice = Desk(bank.settings, _CUSTOMER), _voice(bank)
    starts: dict[str, list[Span]] = {}
    for number in range(_STARTS):
        _ended(bank)
        for name, span in _watched(bank, partial(_once, bank, desk, voice, number)).items():
            if span.started:
                starts.setdefault(name, []).append(span)
    # Of more than ten cases a minute the desk makes a digest.
    time.sleep(_DIGEST_S)
    steady = _watched(bank, lambda: _long(bank, voice, turns, transactions))
    return {name: work_of(starts[name], span) for name, span in steady.items()
            if name in starts and span.runs > span.started}  # fmt: skip


def _once(bank: LoadedBank, desk: Desk, voice: Voice, number: int) -> None:
    """A turn, a code for a phone, a purchase that is held, its case at the desk, a click on it."""
    voice.say(_SAID[0])
    _asks_for_a_code(voice)
    with stream_of(bank.settings.port, Chat(bank.settings, _CUSTOMER).token) as chat:
        case, _ = desk.attempt(f"Cold Stores {number}")
        chat.await_frame("news")
        offered = json.dumps(case)
        desk.press("case:decline" if "case:release" in offered else "case:not_fraud", case)
        chat.await_frame("news")
    _by_the_clock(bank, 1)


def _long(bank: LoadedBank, voice: Voice, turns: int, transactions: int) -> None:
    for number in range(turns):
        voice.say(_SAID[number % len(_SAID)])
    key, run = credential(bank.settings), uuid.uuid4().hex
    for number in range(transactions):
        sent = transaction(run, number, datetime.now(UTC), CUSTOMERS)
        status, answer = post(bank.settings, json.dumps(sent).encode(), key)
        if status not in (200, 201):
            raise RuntimeError(f"the feed answered {status}: {answer}")
    _by_the_clock(bank, _RUNS_BY_THE_CLOCK)
    measure_the_desk(bank.settings, Chat(bank.settings, _CUSTOMER).token, _CUSTOMER)


def _by_the_clock(bank: LoadedBank, times: int) -> None:
    functions = bank.aws("lambda")
    for name in _BY_THE_CLOCK * times:
        functions.invoke(FunctionName=name, Payload=b"{}")["Payload"].read()


def _asks_for_a_code(voice: Voice) -> None:
    """Somebody whom nobody knows says a customer's number: the bank's phone service is asked."""
    session = uuid.uuid4().hex
    for text in _UNKNOWN_SAID:
        voice.lex.recognize_text(botId=BOT_ID, botAliasId=LIVE_ALIAS_ID, localeId="en_US",
                                 sessionId=session, text=text)  # fmt: skip


def _voice(bank: LoadedBank) -> Voice:
    return Voice(lex_of(bank, 1), prover(bank), customer_id(0), uuid.uuid4().hex)


def _ended(bank: LoadedBank) -> None:
    """Ends every process: the next event of a function finds none, and one is started."""
    for pid in workers_of(bank.pid):
        os.kill(pid, signal.SIGKILL)
    while workers_of(bank.pid):
        time.sleep(_LOOK_S)


def _watched(bank: LoadedBank, act: Callable[[], None]) -> Mapping[str, Span]:
    """What each function did from before `act` until nothing was left to do."""
    runs_before, before = _runs(bank), workers_of(bank.pid)
    act()
    runs_after, after = _settled(bank)
    return {
        name: _span(name, runs - runs_before.get(name, 0), before, after)
        for name, runs in runs_after.items()
    }


def _span(name: str, runs: int, before: Mapping[int, Worker], after: Mapping[int, Worker]) -> Span:
    own = {pid: one for pid, one in after.items() if one.function == name}
    return Span(
        runs,
        sum(pid not in before for pid in own),
        sum(one.spent_ms - (before[pid].spent_ms if pid in before else 0.0)
            for pid, one in own.items()),
        max((one.peak_mb for one in own.values()), default=0.0),
    )  # fmt: skip


def _settled(bank: LoadedBank) -> tuple[Mapping[str, int], Mapping[int, Worker]]:
    """How often each has run, once the queues are empty and nothing has run for some seconds."""
    bank.queues.drained(_DRAIN_S)
    runs, since = _runs(bank), time.monotonic()
    while time.monotonic() - since < _QUIET_S:
        time.sleep(_LOOK_S)
        now = _runs(bank)
        if now != runs:
            runs, since = now, time.monotonic()
    return runs, workers_of(bank.pid)


def _runs(bank: LoadedBank) -> dict[str, int]:
    """Invocations since the bank began, by function: each has a log stream of its own here."""
    logs = bank.aws("logs")
    pages = logs.get_paginator("describe_log_groups").paginate(logGroupNamePrefix="/aws/lambda/")
    names = [group["logGroupName"] for page in pages for group in page["logGroups"]]
    streams = logs.get_paginator("describe_log_streams")
    return {
        name.rpartition("/")[2]: sum(
            len(page["logStreams"]) for page in streams.paginate(logGroupName=name)
        )
        for name in names
    }
