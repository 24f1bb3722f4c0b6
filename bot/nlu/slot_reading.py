"""Finds the values of a slot type in an utterance, whichever kind of type it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.definition.model import BotLocale
from bot.engine.recogniser import SlotMatch
from bot.nlu.currency import currency_spans
from bot.nlu.custom_types import CustomType
from bot.nlu.plain_types import TRUSTED_TYPES, email_spans, number_spans, percentage_spans
from bot.nlu.spans import Span
from bot.nlu.words import Word

Finder = Callable[[str, list[Word]], list[Span]]
FREE_FORM = "AMAZON.FreeFormInput"

# What people wrap around a value: "from my checking please", "it's Anna", "to the savings one".
_LEADING = {
    "from", "to", "into", "in", "on", "at", "for", "the", "my", "it", "is", "a", "an", "please",
    "use", "with", "out", "of", "that", "would", "be", "i", "want", "it's", "make", "um", "uh",
    "well",     "ok", "okay", "just", "let", "us", "say", "take", "send", "pay", "about",
    "actually", "rather", "no", "sorry", "change", "only",
}  # fmt: skip
_TRAILING = {"please", "thanks", "thank", "you", "one", "account", "card", "then", "instead"}

_LONGEST_ON_TRUST = 6


class UnsupportedSlotTypeError(ValueError):
    """The bot has a slot of a type that the offline Lex cannot read yet."""


class SlotReader:
    """Every slot type of a locale, by name."""

    def __init__(self, locale: BotLocale) -> None:
        self._custom = {name: CustomType(item) for name, item in locale.slot_types.items()}
        self._finders: Mapping[str, Finder] = {
            "AMAZON.Currency": lambda t, w: currency_spans(t, w, locale.locale_id),
            "AMAZON.Number": number_spans,
            "AMAZON.Percentage": percentage_spans,
            "AMAZON.EmailAddress": email_spans,
            **{name: item.spans for name, item in self._custom.items()},
        }
        for intent in locale.intents.values():
            for slot in intent.slots:
                if not self.knows(slot.type_name):
                    where = f"{intent.name}.{slot.name}"
                    raise UnsupportedSlotTypeError(f"{where}: {slot.type_name} cannot be read yet")

    def knows(self, type_name: str) -> bool:
        return type_name in self._finders or self.is_open(type_name)

    def is_open(self, type_name: str) -> bool:
        """Whether words that are not listed may be a value."""
        custom = self._custom.get(type_name)
        return (
            type_name in TRUSTED_TYPES
            or type_name == FREE_FORM
            or (custom is not None and custom.is_open)
        )

    def spans(self, type_name: str, text: str, words: list[Word]) -> list[Span]:
        """Values of the type that stand in the utterance for sure."""
        finder = self._finders.get(type_name)
        return finder(text, words) if finder else []

    def samples(self, type_name: str) -> tuple[str, ...]:
        """Values to try in sample utterances."""
        if type_name in self._custom:
            return self._custom[type_name].samples
        return _SAMPLES.get(type_name, ("something",))

    def reply(self, type_name: str, text: str, words: list[Word]) -> SlotMatch | None:
        """The value in a reply to the slot's prompt: a sure one, else the words on trust."""
        if type_name == FREE_FORM:
            return SlotMatch(text, text, (text,), known=False) if text else None
        start, end = _without_wrapping(words)
        found = self.spans(type_name, text, words)
        best = max(found, key=lambda span: (span.weight, span.length), default=None)
        if best is not None and (best.start <= start and end <= best.end):
            return best.match
        # More was said than the value: "Anna Kowalska" is not "Anna", and "what's my savings
        # balance" may not be about this slot at all.
        said = self._on_trust(text, words[start:end]) if self.is_open(type_name) else None
        if said is not None or best is None:
            return said
        return replace(best.match, known=False)

    @staticmethod
    def _on_trust(text: str, words: list[Word]) -> SlotMatch | None:
        if not 0 < len(words) <= _LONGEST_ON_TRUST:
            return None
        said = text[words[0].start : words[-1].end]
        return SlotMatch(said, said, (said,), known=False)


def _without_wrapping(words: list[Word]) -> tuple[int, int]:
    """The range of `words` without what people say around a value; all of them if nothing stays."""
    start, end = 0, len(words)
    while start < end and words[start].text in _LEADING:
        start += 1
    while end > start and words[end - 1].text in _TRAILING:
        end -= 1
    return (start, end) if start < end else (0, len(words))


_SAMPLES = {
    "AMAZON.Currency": ("$50", "100 dollars", "25", "1200"),
    "AMAZON.Number": ("3", "12"),
    "AMAZON.Percentage": ("5%",),
    "AMAZON.FirstName": ("Anna", "James"),
    "AMAZON.LastName": ("Smith",),
    "AMAZON.City": ("Boston",),
    "AMAZON.Country": ("Canada",),
    "AMAZON.EmailAddress": ("jo@example.com",),
}
