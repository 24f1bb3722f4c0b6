"""Reads the reply to a slot's prompt, in the slot's shape: one value, several, or parts."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime

from bot.definition.model import Composition, Intent, Slot
from bot.engine.filling import slot_state, with_part
from bot.engine.recogniser import Recogniser, SlotMatch
from bot.engine.session import SlotState

_SEPARATORS = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reading:
    """The slot as the reply leaves it. `is_known` is False for words taken on trust."""

    state: SlotState
    is_known: bool


def read_reply(
    recogniser: Recogniser,
    text: str,
    intent: Intent,
    slot: Slot,
    part: str | None,
    so_far: SlotState | None,
    now: datetime,
) -> Reading | None:
    """The value of `slot`, or of its asked `part`, in a reply; None when there is none."""
    if slot.composition is not None:
        return _parts(recogniser, text, intent, slot, slot.composition, part, so_far, now)
    match = recogniser.slot(text, intent.name, slot.name, now)
    if slot.multiple:
        match = _several(recogniser, text, intent, slot, now) or match
    return Reading(slot_state(slot, match), match.known) if match else None


def _several(
    recogniser: Recogniser, text: str, intent: Intent, slot: Slot, now: datetime
) -> SlotMatch | None:
    """Values with commas or `and` between them, when each of them is one.

    Source: developer guide, "Using multiple values in a slot".
    """
    pieces = [piece for piece in _SEPARATORS.split(text.strip(" .!?")) if piece]
    if len(pieces) < 2:
        return None
    matches = [recogniser.slot(piece, intent.name, slot.name, now) for piece in pieces]
    found = tuple(match for match in matches if match is not None)
    if len(found) < len(pieces):
        return None
    start, end = text.find(found[0].original), text.rfind(found[-1].original)
    whole = text[start : end + len(found[-1].original)] if 0 <= start <= end else text
    return SlotMatch(whole, whole, (whole,), all(m.known for m in found), found)


def _parts(
    recogniser: Recogniser,
    text: str,
    intent: Intent,
    slot: Slot,
    composition: Composition,
    asked: str | None,
    so_far: SlotState | None,
    now: datetime,
) -> Reading | None:
    """Every part that stands in the reply for sure, and the asked one even on trust."""
    state, known, found = so_far, True, False
    for part in composition.parts:
        match = recogniser.slot(text, intent.name, f"{slot.name}.{part.name}", now)
        if match is None or not (match.known or part.name == asked):
            continue
        state = with_part(state, slot, part.name, replace(match, parts=()))
        known, found = known and match.known, True
    return Reading(state, known) if state is not None and found else None
