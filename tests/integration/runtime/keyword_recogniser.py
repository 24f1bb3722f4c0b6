"""A recogniser that knows a bot by its own words: plain, exact, and quick to make."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import datetime

from bot.definition import BotLocale, Intent, Slot
from bot.engine.recogniser import PLAIN, Attention, IntentScore, SlotMatch

YES = {"yes", "yes please", "right"}
NO = {"no", "no thanks", "wrong"}


class KeywordRecogniser:
    """Finds custom slot values in the text; scores an intent by its words that occur."""

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
        scored = [self._score(self._locale.intents[name], text) for name in names]
        return sorted(scored, key=lambda score: -score.score)

    def slot(
        self, text: str, intent: str, slot: str, now: datetime, attention: Attention = PLAIN
    ) -> SlotMatch | None:
        found = self._locale.intents[intent].slot(slot)
        return self._value(found, text) if found else None

    def phrased(
        self, text: str, intent: str, slot: str, now: datetime, attention: Attention = PLAIN
    ) -> Mapping[str, SlotMatch]:
        return {}

    def confirmation(self, text: str) -> bool | None:
        words = text.lower().strip(" .!")
        if words in YES:
            return True
        return False if words in NO else None

    def _score(self, intent: Intent, text: str) -> IntentScore:
        slots = {slot.name: self._value(slot, text) for slot in intent.slots}
        filled = {name: match for name, match in slots.items() if match is not None}
        said = _words(text)
        best = max(
            (
                len(said & own) / len(said | own)
                for own in (_words(utterance) for utterance in intent.utterances)
            ),
            default=0.0,
        )
        return IntentScore(intent.name, min(1.0, best + 0.3 * len(filled)), filled)

    def _value(self, slot: Slot | None, text: str) -> SlotMatch | None:
        kind = self._locale.slot_types.get(slot.type_name) if slot else None
        for value in kind.values if kind else ():
            for form in (value.value, *value.synonyms):
                found = re.search(rf"\b{re.escape(form)}\b", text, re.IGNORECASE)
                if found:
                    return SlotMatch(found[0], value.value, (value.value,))
        return None


def _words(text: str) -> set[str]:
    return set(re.findall(r"[a-z']+", re.sub(r"\{\w+\}", " ", text.lower())))
