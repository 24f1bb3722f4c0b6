"""How often somebody may ask: a bucket that fills with time, and gives one token a request."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Protocol

from pydantic import BaseModel, ConfigDict, Field

from bot.channels.errors import ChannelError

_BUCKETS_KEPT = 50_000


class Rate(BaseModel):
    """`burst` requests at once, and `per_minute` in the long run."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    per_minute: int = Field(ge=1)
    burst: int = Field(ge=1)


@dataclass(frozen=True, slots=True)
class Bucket:
    """`tokens` at the instant `at`, in seconds of a clock that never goes back."""

    tokens: float
    at: float


def spend(bucket: Bucket | None, rate: Rate, now: float) -> tuple[Bucket, float]:
    """The bucket after one request, and how many seconds it came too early (0: it may go on).

    A refused request costs nothing: who waits as long as they are told gets through.
    """
    before = bucket or Bucket(rate.burst, now)
    a_second = rate.per_minute / 60
    tokens = min(float(rate.burst), before.tokens + max(0.0, now - before.at) * a_second)
    if tokens >= 1:
        return Bucket(tokens - 1, now), 0.0
    return Bucket(tokens, now), (1 - tokens) / a_second


class Rates(Protocol):
    """Counts requests by key."""

    def wait(self, key: str, rate: Rate) -> float:
        """Count a request of `key`; the seconds that it came too early, 0 when it may go on."""
        ...


class MemoryRates:
    """Counts in this process; keys that were not used for long are forgotten first."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._buckets: OrderedDict[str, Bucket] = OrderedDict()
        self._lock = Lock()

    def wait(self, key: str, rate: Rate) -> float:
        """See `Rates`."""
        with self._lock:
            bucket, wait = spend(self._buckets.get(key), rate, self._clock())
            self._buckets[key] = bucket
            self._buckets.move_to_end(key)
            if len(self._buckets) > _BUCKETS_KEPT:
                self._buckets.popitem(last=False)
            return wait


def require(rates: Rates, key: str, rate: Rate) -> None:
    """Count a request. Raises `ChannelError` 429, which says when to come back."""
    wait = rates.wait(key, rate)
    if wait:
        raise ChannelError(
            429,
            "too_many_requests",
            "That was a lot at once. Please wait a moment and try again.",
            retryable=True,
            retry_after=math.ceil(wait),
        )
