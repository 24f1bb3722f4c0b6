"""Ears that know a bot's sample utterances word for word, and its slot types by their values."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import datetime

from bot.definition.model import BotLocale, Intent
from bot.engine.recogniser import PLAIN, Attention, IntentScore, SlotMatch

YES = {"yes", "yes please"}
NO = {"no", "no thanks"}


class FakeRecogniser:
    """Exact utterances score 1, utterances with a slot in them 0.9; anything else is not known."""

    def __init__(self, locale: BotLocale) -> None:
        self._locale = locale

    def intents(
        self,
        text: str,
        now: datetime,
        eligible: Collection[str] | None = None,
        attention: Attention = PLAIN,
    ) -> list[IntentScore]:
        names = self._locale.intents if eligible is None else eligible
        scores = [self._score(self._locale.intents[name], text) for name in names]
        return sorted(scores, key=lambda score: -score.score)

    def slot(
        self, text: str, intent: str, slot: str, now: datetime, attention: Attention = PLAIN
    ) -> SlotMatch | None:
        whole, _, part = slot.partition(".")
        found = self._locale.intents[intent].slot(whole)
        if found is None:
            return None
        if part and found.composition:
            sub_slot = found.composition.part(part)
            return self._read(sub_slot.type_name, text) if sub_slot else None
        return self._read(found.type_name, text)

    def phrased(
        self, text: str, intent: str, slot: str, now: datetime, attention: Attention = PLAIN
    ) -> Mapping[str, SlotMatch]:
        return {}

    def confirmation(self, text: str) -> bool | None:
        said = text.lower()
        return True if said in YES else False if said in NO else None

    def _score(self, intent: Intent, text: str) -> IntentScore:
        best = IntentScore(intent.name, 0.0)
        for utterance in intent.utterances:
            if "{" not in utterance and utterance.lower() == text.lower():
                return IntentScore(intent.name, 1.0)
            slots = self._fit(intent, utterance, text) if "{" in utterance else None
            if slots and len(slots) >= len(best.slots):
                best = IntentScore(intent.name, 0.9, slots)
        return best

    def _fit(self, intent: Intent, utterance: str, text: str) -> dict[str, SlotMatch] | None:
        pattern = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+)", re.escape(utterance))
        match = re.fullmatch(pattern, text, re.IGNORECASE)
        if match is None:
            return None
        slots = {}
        for name, said in match.groupdict().items():
            slot = intent.slot(name)
            read = self._read(slot.type_name, said) if slot else None
            if read is None:
                return None
            slots[name] = read
        return slots

    def _read(self, type_name: str, text: str) -> SlotMatch | None:
        custom = self._locale.slot_types.get(type_name)
        for value in custom.values if custom else ():
            if text.lower() in {form.lower() for form in (value.value, *value.synonyms)}:
                return SlotMatch(text, value.value, (value.value,))
        if custom is not None:
            open_type = custom.strategy == "ORIGINAL_VALUE" and text != ""
            return SlotMatch(text, text, (text,), known=False) if open_type else None
        if type_name == "AMAZON.Number":
            return SlotMatch(text, text, (text,)) if re.fullmatch(r"\d+", text) else None
        if type_name == "AMAZON.Time" and text.isdigit():
            # As Lex does: ten o'clock may be in the morning or in the evening.
            hour = int(text)
            return SlotMatch(text, None, (f"{hour:02}:00", f"{hour + 12:02}:00"))
        return SlotMatch(text, text, (text,), known=False) if text else None
