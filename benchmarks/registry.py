"""What can be measured: a name, the function that measures, and what it tells."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import NamedTuple

from benchmarks.figures import Figures


class Benchmark(NamedTuple):
    """`target` is `module:function`; it is given the rounds and returns entries by name. `within`
    is another one that measures this too: it is not measured again when all are.
    """

    target: str
    tells: str
    within: str | None = None

    def load(self) -> Callable[[int], Figures]:
        module, _, function = self.target.partition(":")
        measure: Callable[[int], Figures] = getattr(importlib.import_module(module), function)
        return measure


BENCHMARKS = {
    "bank": Benchmark(
        "infra.local.bench:measure_bank", "the whole bank: its start, turns, the analysts' desk"
    ),
    "desk": Benchmark(
        "infra.local.bench:measure_desk",
        "the analysts' desk alone: from a payment to its alert, from a click to the open chat",
        within="bank",
    ),
    "stages": Benchmark(
        "benchmarks.stages:measure",
        "a turn by what it goes through: channel, Lex, function, DynamoDB, model",
    ),
    "lex": Benchmark(
        "benchmarks.offline_lex:measure_lex", "the offline Lex: turns, loading, memory"
    ),
    "function": Benchmark(
        "benchmarks.fulfillment_function:measure",
        "the function that talks with customers, beside a bare one with the same calls",
    ),
    "feed": Benchmark(
        "benchmarks.card_feed:measure",
        "a card purchase judged and booked, reads and writes included",
    ),
    "resolver": Benchmark(
        "benchmarks.resolver:measure", "an event parsed, routed, answered, beside lex-helper"
    ),
    "growth": Benchmark(
        "benchmarks.growth:measure", "what a turn costs by customers and by lines of history"
    ),
}
