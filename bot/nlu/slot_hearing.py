"""Slots of a bot in what was said: by shape, by the session's hints, by the style of a reply."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.definition.model import BotLocale, Composition, Slot
from bot.engine.recogniser import Attention, SlotMatch
from bot.nlu.composite_values import parts_of_reply
from bot.nlu.hints import hint_spans, normal_phrases
from bot.nlu.list_values import as_one, with_lists
from bot.nlu.slot_reading import SlotReader
from bot.nlu.spelling_styles import SPELT_TYPES, spelt
from bot.nlu.utterance import Span, Utterance

_ALPHANUMERIC = "AMAZON.AlphaNumeric"


class SlotHearing:
    """Reads the slots of one locale's intents."""

    def __init__(self, locale: BotLocale, reader: SlotReader) -> None:
        self._locale = locale
        self._reader = reader
        slots = [slot for intent in locale.intents.values() for slot in intent.slots]
        self._types = sorted({slot.type_name for slot in slots})
        self._listed_types = {slot.type_name for slot in slots if slot.multiple}

    def spans(self, utterance: Utterance, attention: Attention) -> dict[str, list[Span]]:
        """The values of every type that stand in an utterance; hinted ones and lists with them."""
        spans = self._reader.all_spans(self._types, utterance)
        for (intent, name), phrases in attention.hints.items():
            slot = self._slot(intent, name)
            if slot is not None and self._takes_hints(slot.type_name):
                spans[slot.type_name] = _with_hints(
                    spans[slot.type_name], hint_spans(utterance, phrases)
                )
        for type_name in self._listed_types:
            spans[type_name] = with_lists(spans[type_name], utterance, self._reader.small_words)
        return spans

    def shaped(
        self, intent: str, slots: Mapping[str, SlotMatch], utterance: Utterance
    ) -> dict[str, SlotMatch]:
        """The slots that were found, each in the shape that the intent's slot has."""
        shaped: dict[str, SlotMatch] = {}
        for name, match in slots.items():
            slot = self._slot(intent, name)
            if slot is not None and slot.composition is not None:
                words = Utterance.of(match.original, utterance.now, utterance.hints)
                parts = parts_of_reply(slot.composition, words, self._reader)
                shaped.update({f"{name}.{part}": found for part, found in parts.items()})
            else:
                shaped[name] = match if slot is not None and slot.multiple else as_one(match)
        return shaped

    def reply(
        self, text: str, intent: str, name: str, now: datetime, attention: Attention
    ) -> SlotMatch | None:
        """The value of a slot, or of a part of one, in a reply to its prompt."""
        whole, _, part = name.partition(".")
        slot = self._slot(intent, whole)
        if slot is None:
            return None
        phrases = attention.hints.get((intent, name), ())
        utterance = Utterance.of(text, now, normal_phrases(phrases))
        if part:
            return self._part(slot.composition, part, utterance, attention)
        hinted = hint_spans(utterance, phrases) if self._takes_hints(slot.type_name) else []
        if hinted:
            return max(hinted, key=lambda span: span.length).match
        if slot.multiple:
            several = self._several(slot, utterance)
            if several is not None:
                return several
        return self._of_type(slot.type_name, utterance, attention)

    def _slot(self, intent: str, name: str) -> Slot | None:
        definition = self._locale.intents.get(intent)
        return definition.slot(name) if definition else None

    def _takes_hints(self, type_name: str) -> bool:
        """Whether words that no list has may be a value."""
        return self._reader.is_open(type_name) or type_name == _ALPHANUMERIC

    def _part(
        self, composition: Composition | None, name: str, utterance: Utterance, attention: Attention
    ) -> SlotMatch | None:
        part = composition.part(name) if composition else None
        if composition is None or part is None:
            return None
        found = parts_of_reply(composition, utterance, self._reader)
        return found.get(name) if found else self._of_type(part.type_name, utterance, attention)

    def _several(self, slot: Slot, utterance: Utterance) -> SlotMatch | None:
        spans = self._reader.spans(slot.type_name, utterance)
        lists = with_lists(spans, utterance, self._reader.small_words)
        joined = [span for span in lists if span.match.parts]
        return max(joined, key=lambda span: span.length).match if joined else None

    def _of_type(
        self, type_name: str, utterance: Utterance, attention: Attention
    ) -> SlotMatch | None:
        spelling = spelt(utterance.text, attention.style) if self._is_spelt(type_name) else None
        if spelling is None:
            return self._reader.read(type_name, utterance)
        match = self._reader.read(type_name, Utterance.of(spelling, utterance.now))
        # A reply that is spelt as it was asked to be is a value for sure.
        return replace(match, original=utterance.text, known=True) if match else None

    def _is_spelt(self, type_name: str) -> bool:
        custom = self._locale.slot_types.get(type_name)
        return (custom.parent if custom else type_name) in SPELT_TYPES


def _with_hints(spans: Sequence[Span], hinted: Sequence[Span]) -> list[Span]:
    """The hinted phrases, and the other values that none of them covers."""
    apart = [s for s in spans if not any(h.start < s.end and s.start < h.end for h in hinted)]
    return [*hinted, *apart]
