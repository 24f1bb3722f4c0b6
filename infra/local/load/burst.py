"""From one customer to many and back: each talks, and moves a dollar between accounts with a yes.

A customer comes every so often until half of the time is over; the first to come is the last to go,
so that the way down is as the way up.
"""

from __future__ import annotations

import threading
import time
import uuid
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from infra.local.load.bank import LoadedBank, loaded_bank
from infra.local.load.customers import customer_id
from infra.local.load.heard import Heard, memory_figures
from infra.local.load.voice import Voice, lex_of, prover

_REST_S, _SAMPLE_S, _DRAIN_S = 0.2, 1.0, 120.0
_WAYS = ("move 1 from checking to savings", "move 1 from savings to checking")
_SHALL_I = "Shall I"
_THROTTLES = frozenset({"ThrottlingException", "TooManyRequestsException"})


def burst(customers: int, seconds: float) -> dict[str, Any]:
    """The report; `wrong` is empty when nothing was."""
    with loaded_bank(customers) as bank:
        return _burst(bank, customers, seconds)


def _burst(bank: LoadedBank, customers: int, seconds: float) -> dict[str, Any]:
    heard, memory, booked_before = Heard(), [bank.memory_mb()], bank.movements()
    lex, prove = lex_of(bank, customers), prover(bank)
    began, threads = time.monotonic(), []
    for number in range(customers):
        comes = number * seconds / (2 * customers)
        voice = Voice(lex, prove, customer_id(number), uuid.uuid4().hex)
        stay = (began + comes, began + seconds - comes)
        threads.append(threading.Thread(target=_stay, args=(voice, *stay, heard)))
        threads[-1].start()
    while any(thread.is_alive() for thread in threads):
        memory.append(bank.memory_mb())
        time.sleep(_SAMPLE_S)
    took = time.monotonic() - began
    drained_s, waiting = bank.queues.drained(_DRAIN_S)
    memory.append(bank.memory_mb())
    violations, booked = bank.violations(), bank.movements() - booked_before
    return {
        "customers_at_the_peak": customers,
        "seconds": round(took, 1),
        **heard.figures(took),
        "booked": booked,
        "memory_mb": memory_figures(memory),
        "queues_drained_s": None if drained_s is None else round(drained_s, 1),
        "violations_of_the_books": len(violations),
        "wrong": [
            *heard.faults(booked),
            *violations,
            *(f"{count} messages are in {name}" for name, count in waiting.items()),
        ],
    }


def _stay(voice: Voice, comes: float, goes: float, heard: Heard) -> None:
    time.sleep(max(0.0, comes - time.monotonic()))
    turn = 0
    while time.monotonic() < goes:
        _said(voice, "all my balances", heard)
        shown = _said(voice, _WAYS[turn % 2], heard)
        if shown is not None and _SHALL_I in shown:
            heard.answered(_said(voice, "yes", heard))
        turn += 1
        time.sleep(_REST_S)


def _said(voice: Voice, text: str, heard: Heard) -> str | None:
    started = time.perf_counter()
    try:
        words = voice.say(text)
    except ClientError as error:
        code = error.response["Error"]["Code"]
        heard.throttle() if code in _THROTTLES else heard.wrong(code)
        return None
    except BotoCoreError as error:
        heard.wrong(type(error).__name__)
        return None
    heard.turn(time.perf_counter() - started, words)
    return words
