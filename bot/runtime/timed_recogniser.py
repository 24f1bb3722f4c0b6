"""A recogniser with a stopwatch: how much of a turn went into understanding what was said."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime

from bot.engine.recogniser import PLAIN, Attention, IntentScore, Recogniser, SlotMatch


class TimedRecogniser:
    """Passes every question on to `inner`; `spent_ms` is what the answers took so far."""

    def __init__(self, inner: Recogniser, stopwatch: Callable[[], float]) -> None:
        self._inner = inner
        self._stopwatch = stopwatch
        self.spent_ms = 0.0

    def intents(
        self,
        text: str,
        now: datetime,
        eligible: Collection[str] | None = None,
        attention: Attention = PLAIN,
    ) -> list[IntentScore]:
        """See `Recogniser.intents`."""
        started = self._stopwatch()
        found = list(self._inner.intents(text, now, eligible, attention))
        self._count(started)
        return found

    def slot(
        self, text: str, intent: str, slot: str, now: datetime, attention: Attention = PLAIN
    ) -> SlotMatch | None:
        """See `Recogniser.slot`."""
        started = self._stopwatch()
        found = self._inner.slot(text, intent, slot, now, attention)
        self._count(started)
        return found

    def phrased(
        self, text: str, intent: str, slot: str, now: datetime, attention: Attention = PLAIN
    ) -> Mapping[str, SlotMatch]:
        """See `Recogniser.phrased`."""
        started = self._stopwatch()
        found = self._inner.phrased(text, intent, slot, now, attention)
        self._count(started)
        return found

    def confirmation(self, text: str) -> bool | None:
        """See `Recogniser.confirmation`."""
        started = self._stopwatch()
        found = self._inner.confirmation(text)
        self._count(started)
        return found

    def _count(self, started: float) -> None:
        self.spent_ms += (self._stopwatch() - started) * 1000
