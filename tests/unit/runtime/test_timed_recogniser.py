"""How much of a turn goes into understanding."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, datetime

from bot.engine.recogniser import PLAIN, Attention, IntentScore, SlotMatch
from bot.runtime.timed_recogniser import TimedRecogniser

NOW = datetime(2026, 3, 2, tzinfo=UTC)


class SlowEars:
    """Takes a second for intents, two for a slot, half of one for a yes."""

    def __init__(self) -> None:
        self.now_s = 0.0

    def intents(
        self,
        text: str,
        now: datetime,
        eligible: Collection[str] | None = None,
        attention: Attention = PLAIN,
    ) -> list[IntentScore]:
        self.now_s += 1
        return [IntentScore(name, 0.5, {}) for name in eligible or ()]

    def slot(
        self, text: str, intent: str, slot: str, now: datetime, attention: Attention = PLAIN
    ) -> SlotMatch | None:
        self.now_s += 2
        return SlotMatch(text, text)

    def phrased(
        self, text: str, intent: str, slot: str, now: datetime, attention: Attention = PLAIN
    ) -> Mapping[str, SlotMatch]:
        return {}

    def confirmation(self, text: str) -> bool | None:
        self.now_s += 0.5
        return text == "yes"


def test_every_answer_is_passed_on_and_its_time_is_counted() -> None:
    slow = SlowEars()
    timed = TimedRecogniser(slow, lambda: slow.now_s)
    assert [each.name for each in timed.intents("hi", NOW, ["Greet"])] == ["Greet"]
    assert timed.spent_ms == 1000
    slow.now_s += 60
    found = timed.slot("two", "Order", "count", NOW)
    assert found is not None
    assert found.original == "two"
    assert timed.spent_ms == 3000
    assert timed.confirmation("yes") is True
    assert timed.spent_ms == 3500
