"""A payment that is asked for on another day is scheduled, not made now."""

from __future__ import annotations

from collections.abc import Mapping

from fulfillment.bank.payment_timing import read_timing
from fulfillment.conversations.desk import Desk
from fulfillment.conversations.digressions import Digressions
from fulfillment.conversations.schedule_slots import keep_timing
from fulfillment.lex import Reply, Turn

INTENT = "SchedulePayment"


def for_another_day(turn: Turn, names: Mapping[str, str], **meant: str) -> Reply | None:
    """The scheduling of what `turn` asks for, when its words name a later day or a rhythm.

    `names` are this intent's slots, each with the name that scheduling has for it; `meant` is what
    scheduling is told of slots that are empty.
    """
    today = Desk.of(turn).speech.today
    timing = read_timing(turn.transcript, today, locale=turn.locale)
    if not timing.is_later_than(today):
        return None
    filled = {theirs: turn.slots.get(ours) for ours, theirs in names.items()}
    slots = meant | {name: value.original_value for name, value in filled.items() if value}
    noted = turn.about(INTENT, slots)
    keep_timing(noted, timing)
    kept = {name: noted.slots.get(name) for name in noted.slots.names()}
    if timing.impossible:
        # Scheduling says itself which rhythms there are.
        kept.pop("frequency", None)
    words = {name: value.original_value for name, value in kept.items() if value}
    return Digressions.of(turn).hand_over(turn, INTENT, words)
