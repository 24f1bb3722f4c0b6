"""What many customers heard at once, and what of it is wrong beside the books."""

from __future__ import annotations

import re
import statistics
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

_RECEIPT = re.compile(r"TR-[0-9A-HJKMNP-TV-Z]{8}")
_APOLOGIES = ("Something went wrong on our side", "I can't reach the bank's books")


@dataclass
class Heard:
    """Written to by many threads."""

    milliseconds: list[float] = field(default_factory=list)
    receipts: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    throttled: int = 0
    yeses: int = 0
    unsure: int = 0
    """Yeses without a receipt in the answer: a refusal, "try again", or no answer at all."""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def turn(self, spent_s: float, words: str) -> None:
        """An answer came."""
        with self._lock:
            self.milliseconds.append(spent_s * 1000)
            if not words:
                self.errors["no words"] += 1
            self.errors.update(f"told: {one}" for one in _APOLOGIES if one in words)

    def throttle(self) -> None:
        """The bank refused to listen so fast, and said so."""
        with self._lock:
            self.throttled += 1

    def wrong(self, name: str) -> None:
        """No answer came, for what `name` says."""
        with self._lock:
            self.errors[name] += 1

    def answered(self, words: str | None) -> None:
        """To a yes: a receipt is told once, in the answer to the yes that made it."""
        found = set(_RECEIPT.findall(words or ""))
        with self._lock:
            self.yeses += 1
            self.unsure += not found
            self.receipts.update(found)

    def faults(self, booked: int) -> list[str]:
        """What is wrong, in sentences, when the books have `booked` movements more than before."""
        told = len(self.receipts)
        doubled = sum(times > 1 for times in self.receipts.values())
        wrong = [f"{count} turns ended in: {name}" for name, count in sorted(self.errors.items())]
        if doubled:
            wrong.append(f"{doubled} receipts were told twice")
        if booked < told:
            wrong.append(f"{told} receipts were told and {booked} movements are booked")
        if booked > told + self.unsure:
            wrong.append(f"{booked} movements are booked, {told} told and {self.unsure} unsure")
        return wrong

    def figures(self, seconds: float) -> dict[str, Any]:
        times = sorted(self.milliseconds)
        return {
            "turns": len(times),
            "turns_per_s": round(len(times) / seconds, 1),
            "p50_ms": round(statistics.median(times), 1) if times else None,
            "p99_ms": round(times[int(len(times) * 0.99)], 1) if times else None,
            "throttled": self.throttled,
            "yeses": self.yeses,
            "receipts": len(self.receipts),
            "yeses_without_a_receipt": self.unsure,
        }


def memory_figures(samples: Sequence[float]) -> dict[str, int]:
    """Of samples through a burst: the whole bank, and whether it comes down again."""
    return {"before": round(samples[0]), "most": round(max(samples)), "after": round(samples[-1])}
