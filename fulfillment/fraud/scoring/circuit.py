"""A circuit breaker: what has failed several times in a row is left alone for a while.

Powertools has one whose every store imports boto3, which costs a cold function more than the call
it protects; and which shares its state through a table, so that a payment would wait for a second
service to hear that a first one is down. This one lives in one execution environment's memory.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic


@dataclass(slots=True)
class Circuit:
    """Closed while calls succeed; open for `recovery_s` seconds after `failures` in a row.

    After that one call at a time may try. It closes when that call succeeds and stays open for as
    long again when it does not.
    """

    failures: int = 5
    recovery_s: float = 10.0
    clock: Callable[[], float] = monotonic
    _failed: int = 0
    _shut_until: float = 0.0
    _lock: Lock = field(default_factory=Lock)

    def may_call(self) -> bool:
        """Whether to make a call now; whoever is told yes must tell how it went."""
        with self._lock:
            if self._failed < self.failures:
                return True
            now = self.clock()
            if now < self._shut_until:
                return False
            # This caller tries for all; the others wait for its outcome, or for another turn.
            self._shut_until = now + self.recovery_s
            return True

    def succeeded(self) -> None:
        with self._lock:
            self._failed = 0

    def failed(self) -> None:
        with self._lock:
            self._failed += 1
            if self._failed >= self.failures:
                self._shut_until = self.clock() + self.recovery_s
