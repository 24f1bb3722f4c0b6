"""Reads the reply to a slot's prompt, in the slot's shape: one value, several, or parts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.definition.model import FREE_FORM, Composition, Intent, Slot
from bot.engine.filling import slot_state, with_part
from bot.engine.recogniser import PLAIN, Attention, Recogniser, SlotMatch
from bot.engine.session import SlotState

_SEPARATORS = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Utterance:
    """What the customer said, when, and the ears that hear it."""

    text: str
    recogniser: Recogniser
    now: datetime
    attention: Attention = PLAIN

    def slot(self, intent: Intent, name: str) -> SlotMatch | None:
        """The utterance as a value for a slot, or for a part of one: `slot.part`."""
        return self.recogniser.slot(self.text, intent.name, name, self.now, self.attention)

    def phrased(self, intent: Intent, slot: Slot) -> Mapping[str, SlotMatch]:
        """The slots in it, where it has the form of one of the slot's own sample utterances."""
        return self.recogniser.phrased(self.text, intent.name, slot.name, self.now, self.attention)

    @property
    def answer(self) -> bool | None:
        """Yes, no, or neither."""
        return self.recogniser.confirmation(self.text)


@dataclass(frozen=True, slots=True)
class Reading:
    """The slot as the reply leaves it. `is_known` is False for words taken on trust."""

    state: SlotState
    is_known: bool


def read_slot(
    said: Utterance,
    intent: Intent,
    slot: Slot,
    so_far: SlotState | None = None,
    asked: str | None = None,
) -> Reading | None:
    """The value of `slot` in a reply, None when there is none.

    Of a composite slot: what the reply adds to `so_far`, the `asked` part first of all.
    """
    if slot.composition is not None:
        return _parts(said, intent, slot, slot.composition, so_far, asked)
    if slot.type_name == FREE_FORM:
        return _whole(said.text)
    match = said.slot(intent, slot.name)
    if slot.multiple:
        match = _several(said, intent, slot) or match
    return Reading(slot_state(slot, match), match.known) if match else None


def _whole(text: str) -> Reading | None:
    """The whole reply, surely: "there will be no intent switch", and no fallback.

    Source: developer guide, "AMAZON.FreeFormInput".
    """
    words = text.strip()
    return Reading(SlotState(SlotMatch(words, words, (words,))), is_known=True) if words else None


def _several(said: Utterance, intent: Intent, slot: Slot) -> SlotMatch | None:
    """Values with commas or `and` between them, when each of them is one.

    Source: developer guide, "Using multiple values in a slot".
    """
    text = said.text
    pieces = [piece for piece in _SEPARATORS.split(text.strip(" .!?")) if piece]
    if len(pieces) < 2:
        return None
    matches = [replace(said, text=piece).slot(intent, slot.name) for piece in pieces]
    found = tuple(match for match in matches if match is not None)
    if len(found) < len(pieces):
        return None
    start, end = text.find(found[0].original), text.rfind(found[-1].original)
    whole = text[start : end + len(found[-1].original)] if 0 <= start <= end else text
    return SlotMatch(whole, whole, (whole,), all(m.known for m in found), found)


def _parts(
    said: Utterance,
    intent: Intent,
    slot: Slot,
    composition: Composition,
    so_far: SlotState | None,
    asked: str | None,
) -> Reading | None:
    """Every part that stands in the reply for sure, and the asked one even on trust."""
    state, known, found = so_far, True, False
    for part in composition.parts:
        match = said.slot(intent, f"{slot.name}.{part.name}")
        if match is None or not (match.known or part.name == asked):
            continue
        state = with_part(state, slot, part.name, replace(match, parts=()))
        known, found = known and match.known, True
    return Reading(state, known) if state is not None and found else None
