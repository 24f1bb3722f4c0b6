"""How much memory a function gets: the least with which it fits, and with which nobody waits long.

Lambda gives processor in proportion to memory: one whole vCPU at 1,769 MB, and a share of it below
(AWS Lambda Developer Guide, "Configure Lambda function memory"). So of work that the processor
does, twice the memory takes half the time and costs the same; while a function waits for others,
more memory only costs more. What was measured comes in as values; nothing here measures.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from infra.aws.cost.data import Prices

SIZES_MB = (256, 512, 1024, 1769, 3008)
"""What is chosen from; the last gives one thread no more processor than the one before."""
VCPU_MB = 1769
FILLED = 0.5
"""The part of its memory that a function may fill at its fullest, as it was measured."""
PART_OF_TIMEOUT = 0.5
NEEDS = Path(__file__).with_suffix(".toml")
_MS_A_SECOND, _MB_A_GB, _MILLION = 1000, 1024, 1e6


@dataclass(frozen=True, slots=True)
class Patience:
    """The most milliseconds, on Lambda, of a start with the first event, and of an event alone."""

    start_ms: float
    run_ms: float


PATIENCE = {
    # A turn, a page's request, a card at a till. Who wakes a function waits for its start besides.
    "person": Patience(2_500, 150),
    # Slack drops what is not answered within three seconds: half of them are for the way.
    "slack": Patience(1_500, 500),
    # An alert, a code, a message: who gets it does not look at a clock.
    "message": Patience(5_000, 500),
    # What is due in this minute: looking for it must leave the minute to what is found.
    "minute": Patience(4_000, 250),
}
INIT_LIMIT_MS = 10_000
"""After which Lambda ends a start that has not come to its handler (the same guide, "Lambda
execution environment lifecycle"): what a start may take for which nobody waits."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One function's figures: milliseconds of one whole processor, and megabytes.

    `init_*`: until its handler is there. `start_ms`: that and the first event. `run_ms`: an event
    after it. `peak_mb`: the most at once. None where no traffic reached it on the machine that
    measured. `data_mb`: what it holds besides of the most data that it is to work on.
    """

    init_ms: float
    init_mb: float
    start_ms: float | None = None
    run_ms: float | None = None
    peak_mb: float | None = None
    runs: int = 0
    data_mb: float = 0.0

    @property
    def fullest_mb(self) -> float:
        return max(self.peak_mb or 0.0, self.init_mb) + self.data_mb


@dataclass(frozen=True, slots=True)
class Need:
    """`waits`: who waits for an answer, a key of `PATIENCE`, or None for nobody. `answers_ms`: how
    long an event waits for others' answers. `timeout_s` is the template's.
    """

    waits: str | None
    answers_ms: float
    timeout_s: int


class NoSizeFitsError(RuntimeError):
    """No memory that we choose from is enough; the message says for what."""


def read_needs(timeouts: Mapping[str, int], path: Path = NEEDS) -> Mapping[str, Need]:
    """The needs of the functions in `timeouts`. Raises `KeyError` for a row of none of them."""
    rows = tomllib.loads(path.read_text())
    usual_ms = rows.pop("answers_ms")
    for name in rows:
        timeouts[name]
    found = {name: rows.get(name, {}) for name in timeouts}
    return {name: Need(row.get("waits"), row.get("answers_ms", usual_ms), timeouts[name])
            for name, row in found.items()}  # fmt: skip


def share(memory_mb: int) -> float:
    """Of one processor, for one thread."""
    return min(memory_mb / VCPU_MB, 1.0)


def fits(memory_mb: int, seen: Measured, need: Need) -> bool:
    """Whether a function works in so much memory, and whoever waits for it is still there."""
    if seen.fullest_mb > memory_mb * FILLED:
        return False
    run_ms = (seen.run_ms or 0.0) / share(memory_mb) + need.answers_ms
    if run_ms > need.timeout_s * _MS_A_SECOND * PART_OF_TIMEOUT:
        return False
    if need.waits is None:
        return seen.init_ms / share(memory_mb) <= INIT_LIMIT_MS
    patience = PATIENCE[need.waits]
    start_ms = (seen.start_ms or seen.init_ms) / share(memory_mb)
    own_ms = run_ms - need.answers_ms
    return start_ms <= patience.start_ms and own_ms <= patience.run_ms


def right_size(seen: Measured, need: Need) -> int:
    """Megabytes: the least of `SIZES_MB` that fits. Raises `NoSizeFitsError`."""
    for memory_mb in SIZES_MB:
        if fits(memory_mb, seen, need):
            return memory_mb
    raise NoSizeFitsError(f"{seen} fits no memory for {need}")


def usd_a_million(memory_mb: int, seen: Measured, need: Need, prices: Prices) -> float | None:
    """Dollars for a million events on instances that run already; None where none was seen."""
    if seen.run_ms is None:
        return None
    seconds = (seen.run_ms / share(memory_mb) + need.answers_ms) / _MS_A_SECOND
    gb_seconds = _MILLION * seconds * memory_mb / _MB_A_GB
    asked = prices.of("lambda_request", _MILLION)
    return asked + prices.of("lambda_arm_gb_second", gb_seconds)
