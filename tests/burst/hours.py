"""Time that passes when everybody waits: many actors, each going on when its pause is over."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from itertools import count

from greenlet import getcurrent, greenlet


class Hours:
    """`now` is seconds since the beginning. Actors run on one thread and stop only to wait."""

    def __init__(self) -> None:
        self.now = 0.0
        self._hub = getcurrent()
        self._waiting: list[tuple[float, int, greenlet]] = []
        self._order = count()

    def start(self, play: Callable[[], object], at: float) -> None:
        """Let `play` begin at that second."""
        self._wait(greenlet(play, self._hub), at)

    def pause(self, seconds: float) -> None:
        """Come back after that; whoever is no actor does not wait."""
        actor = getcurrent()
        if actor is self._hub:
            return
        self._wait(actor, self.now + seconds)
        self._hub.switch()

    def run(self) -> None:
        """Until every actor has come to its end. What an actor raises ends it all."""
        while self._waiting:
            self.now, _, actor = heapq.heappop(self._waiting)
            actor.switch()

    def _wait(self, actor: greenlet, until: float) -> None:
        heapq.heappush(self._waiting, (until, next(self._order), actor))
