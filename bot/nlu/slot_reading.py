"""Finds the values of a slot type in an utterance, whichever kind of type it is."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime

from bot.definition.model import BotLocale
from bot.engine.recogniser import SlotMatch
from bot.nlu.carriers import inside
from bot.nlu.confirmation import answer_spans, read_answer
from bot.nlu.currency_spans import COUNTED
from bot.nlu.custom_types import CustomType
from bot.nlu.listed_types import listed_types_of
from bot.nlu.names import with_particles
from bot.nlu.plain_types import (
    alphanumeric_spans,
    email_spans,
    phone_spans,
    postcode_spans,
)
from bot.nlu.slot_finders import finders_for
from bot.nlu.small_words import SmallWords, small_words_of
from bot.nlu.utterance import Finder, Span, Utterance

FREE_FORM = "AMAZON.FreeFormInput"
_LAST_NAME = "AMAZON.LastName"
_CONFIRMATION = "AMAZON.Confirmation"
_ALPHANUMERIC = "AMAZON.AlphaNumeric"


class UnsupportedSlotTypeError(ValueError):
    """The bot has a slot of a type that the offline Lex cannot read."""


class SlotReader:
    """Every slot type of a locale, by name."""

    def __init__(self, locale: BotLocale) -> None:
        self.small_words = small_words_of(locale.locale_id)
        self._is_english = not locale.locale_id.startswith("es")
        self._listed = listed_types_of(locale.locale_id)
        self._custom = {name: CustomType(item) for name, item in locale.slot_types.items()}
        self._finders: Mapping[str, Finder] = {
            **finders_for(locale.locale_id),
            "AMAZON.EmailAddress": email_spans,
            "AMAZON.PhoneNumber": phone_spans,
            "AMAZON.UKPostalCode": postcode_spans,
            _ALPHANUMERIC: alphanumeric_spans,
            **{name: item.find for name, item in self._listed.items()},
            **{name: item.spans for name, item in self._custom.items()},
        }
        for intent in locale.intents.values():
            for slot in intent.slots:
                if not self.knows(slot.type_name):
                    where = f"{intent.name}.{slot.name}"
                    raise UnsupportedSlotTypeError(f"{where}: {slot.type_name} cannot be read")

    def knows(self, type_name: str) -> bool:
        return type_name in self._finders or type_name in (FREE_FORM, _CONFIRMATION)

    def is_open(self, type_name: str) -> bool:
        """Whether words that are on no list may be a value in the middle of an utterance."""
        custom = self._custom.get(type_name)
        return type_name in self._listed or (custom is not None and custom.is_open)

    def spans(self, type_name: str, utterance: Utterance) -> list[Span]:
        """Values of the type that stand in the utterance by themselves, likely ones too."""
        finder = self._finders.get(type_name)
        return finder(utterance) if finder else []

    def all_spans(self, type_names: Collection[str], utterance: Utterance) -> dict[str, list[Span]]:
        return {name: self.spans(name, utterance) for name in type_names}

    def sure_spans(
        self, type_names: Collection[str], utterance: Utterance
    ) -> dict[str, list[Span]]:
        """`all_spans` without the slips of the finger in listed values: quicker, to learn from."""
        return {
            name: custom.sure_spans(utterance) if custom else self.spans(name, utterance)
            for name in type_names
            for custom in [self._custom.get(name)]
        }

    def samples(self, type_name: str) -> tuple[str, ...]:
        """Values to try in sample utterances.

        A translated type keeps its values, which programs know, and says them in its synonyms.
        """
        custom = self._custom.get(type_name)
        if custom is not None:
            return (custom.samples if self._is_english else custom.other_words) or ("something",)
        english = _SAMPLES.get(type_name, ("something",))
        return english if self._is_english else _SPANISH_SAMPLES.get(type_name, english)

    def reply(self, type_name: str, text: str, now: datetime) -> SlotMatch | None:
        """The value in a reply to the slot's prompt: a sure one, else the words on trust."""
        return self.read(type_name, Utterance.of(text, now))

    def read(self, type_name: str, utterance: Utterance) -> SlotMatch | None:
        """`reply`, of an utterance that is there already."""
        if type_name == FREE_FORM:
            said = utterance.raw.strip()
            return SlotMatch(said, said, (said,), known=False) if said else None
        if type_name == _CONFIRMATION:
            answers = answer_spans(utterance)
            value = read_answer(utterance.text)
            if answers or value is None:
                return answers[0].match if answers else None
            return SlotMatch(utterance.text, value, (value,))
        found = [s for s in self.spans(type_name, utterance) if s.weight > COUNTED]
        best = max(found, key=lambda s: (s.weight, s.length, -s.start), default=None)
        rest = inside(utterance, self.small_words)
        if best is not None and rest is None and best.length < len(utterance.words):
            # "what's my savings balance" names an account, and may not be about this slot at all.
            return replace(best.match, known=False)
        if not self.is_open(type_name) and type_name != _ALPHANUMERIC:
            return best.match if best else self._nearly(type_name, utterance, rest)
        return self._open_reply(type_name, utterance, best, rest)

    def _nearly(
        self, type_name: str, utterance: Utterance, rest: tuple[int, int] | None
    ) -> SlotMatch | None:
        custom = self._custom.get(type_name)
        return custom.nearest(utterance, *rest) if custom and rest else None

    def _open_reply(
        self,
        type_name: str,
        utterance: Utterance,
        best: Span | None,
        rest: tuple[int, int] | None,
    ) -> SlotMatch | None:
        """A listed value when little else was said, else all but the words around the value."""
        if best is not None and (
            rest is None or _says_no_more(utterance, best, rest, self.small_words)
        ):
            return best.match
        if rest is None or read_answer(utterance.text) is not None:
            return None
        if type_name == _LAST_NAME:
            rest = (with_particles(utterance.tokens, rest[0]), rest[1])
        said = utterance.said(*rest)
        listed = self._listed.get(type_name)
        if listed is not None and not listed.may_be(said):
            return best.match if best else None
        return SlotMatch(said, said, (said,), known=False)


def _says_no_more(
    utterance: Utterance, best: Span, rest: tuple[int, int], small: SmallWords
) -> bool:
    """Whether the found value is what the reply is about: "Anna Kowalski" is more than "Anna"."""
    beyond = set(range(*rest)) - set(range(best.start, best.end))
    if not beyond:
        return True
    near = rest[0] in range(best.start, best.end) or rest[1] - 1 in range(best.start, best.end)
    longer_name = near and rest[1] - rest[0] <= 4 and best.weight >= _LIKELY
    return not longer_name or any(
        not utterance.tokens[index].isalpha() or utterance.tokens[index] in small.parting
        for index in beyond
    )


_LIKELY = 0.9
_SPANISH_SAMPLES = {
    "AMAZON.Currency": ("$50", "100 dólares", "25", "mil pesos"),
    "AMAZON.Percentage": ("5%", "20 por ciento"),
    "AMAZON.Date": ("mañana", "viernes", "3 de marzo", "15"),
    "AMAZON.Time": ("10 de la mañana", "3:30", "mediodía"),
    "AMAZON.Duration": ("dos semanas", "30 minutos", "3 días"),
}
_SAMPLES = {
    "AMAZON.Currency": ("$50", "100 dollars", "25", "$1200"),
    "AMAZON.Number": ("3", "12"),
    "AMAZON.Percentage": ("5%", "20 percent"),
    "AMAZON.Date": ("tomorrow", "next friday", "march 3rd", "on the 15th"),
    "AMAZON.Time": ("10 am", "3:30 pm", "noon"),
    "AMAZON.Duration": ("two weeks", "30 minutes", "3 days"),
    "AMAZON.FirstName": ("Anna", "James", "Maria"),
    "AMAZON.LastName": ("Smith", "Garcia"),
    "AMAZON.City": ("Boston", "Seattle"),
    "AMAZON.Country": ("Canada", "Spain"),
    "AMAZON.State": ("Texas", "Ohio"),
    "AMAZON.StreetName": ("Main Street",),
    "AMAZON.EmailAddress": ("jo@example.com",),
    "AMAZON.PhoneNumber": ("555-0142 100", "206 555 0100"),
    "AMAZON.AlphaNumeric": ("AB1234", "77120"),
    "AMAZON.UKPostalCode": ("SW1A 1AA",),
}
