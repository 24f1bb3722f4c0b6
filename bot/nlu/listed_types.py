"""Built-in types that the cloud reads with large lists: names and places.

Here a short list finds the frequent ones anywhere in an utterance, and whatever else stands where a
value is asked for, or where the utterance's pattern wants one, is taken on trust.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from bot.engine.recogniser import SlotMatch
from bot.nlu.names import FIRST_NAMES, looks_like_a_name
from bot.nlu.places import CITIES, COUNTRIES, SPANISH_STREET_WORDS, STATES, STREET_WORDS
from bot.nlu.spanish import places as spanish
from bot.nlu.utterance import Span, Utterance
from bot.nlu.words import normal

_LIKELY = 0.9


class ListedType:
    """A list of values, each found by its words; `may_be` judges a value that is not on it."""

    def __init__(
        self,
        values: Collection[str],
        may_be: Callable[[str], bool],
        common: frozenset[str] = frozenset(),
    ) -> None:
        self._common = common | _COMMON
        self._values = frozenset(normal(value) for value in values)
        self._longest = max((len(value.split()) for value in self._values), default=0)
        self.may_be = may_be

    def find(self, utterance: Utterance) -> list[Span]:
        found: list[Span] = []
        start = 0
        while start < len(utterance.words):
            end = self._end(utterance, start)
            if end is None:
                start += 1
                continue
            said = utterance.said(start, end)
            found.append(Span(start, end, SlotMatch(said, said, (said,)), _LIKELY))
            start = end
        return found

    def _end(self, utterance: Utterance, start: int) -> int | None:
        """Where the longest listed value from `start` on ends.

        "us" is a country only in capitals, "will" a name only when it begins like one.
        """
        for end in range(min(len(utterance.words), start + self._longest), start, -1):
            listed = " ".join(utterance.tokens[start:end]) in self._values
            capital = utterance.said(start, end)[0].isupper()
            word_too = end - start == 1 and utterance.tokens[start] in self._common
            if listed and (capital or not word_too):
                return end
        return None


class StreetType(ListedType):
    """Streets are known by their last word: "Main Street", "5th Avenue"; house numbers are left."""

    def __init__(self) -> None:
        super().__init__((), looks_like_a_place)

    def find(self, utterance: Utterance) -> list[Span]:
        found: list[Span] = []
        for index, token in enumerate(utterance.tokens):
            start = self._start(utterance, index) if token in STREET_WORDS else index
            if start < index:
                said = utterance.said(start, index + 1)
                found.append(Span(start, index + 1, SlotMatch(said, said, (said,)), _LIKELY))
        return found

    @staticmethod
    def _start(utterance: Utterance, last: int) -> int:
        start = last
        while start > 0 and last - start < 3:
            token = utterance.tokens[start - 1]
            capital = utterance.said(start - 1, start)[0].isupper()
            if not (capital or (token[0].isdigit() and token[-1].isalpha()) or start == last):
                break
            if token.isdigit() or token in _COMMON:
                break
            start -= 1
        return start


class SpanishStreetType(ListedType):
    """Streets begin with their kind: "calle Mayor 12", "Avenida de América"; numbers are left."""

    def __init__(self) -> None:
        super().__init__((), looks_like_a_place)

    def find(self, utterance: Utterance) -> list[Span]:
        tokens, found = utterance.tokens, []
        for start, token in enumerate(tokens):
            if token not in SPANISH_STREET_WORDS:
                continue
            end = start + 1
            while end < len(tokens) and end - start < 6 and self._goes_on(utterance, end):
                end += 1
            while end > start + 1 and tokens[end - 1] in _LINKS:
                end -= 1
            if end > start + 1:
                said = utterance.said(start, end)
                found.append(Span(start, end, SlotMatch(said, said, (said,)), _LIKELY))
        return found

    @staticmethod
    def _goes_on(utterance: Utterance, index: int) -> bool:
        first = utterance.said(index, index + 1)[0]
        return utterance.tokens[index] in _LINKS or first.isupper()


def looks_like_a_place(text: str) -> bool:
    return len(text.split()) <= 5 and any(letter.isalpha() for letter in text)


_LINKS = frozenset("de del la las los el y".split())
_COMMON = frozenset(
    "us will mark may rose grace bill rob sue pat art jean frank jack china turkey chad jordan"
    " the on"
    " at in to from my grant drew dean max faith hope joy april june august dawn victor nice"
    " reading"
    " mobile orange bath buffalo phoenix columbus georgia washington victoria of and is".split()
)
_LAST_NAME = "AMAZON.LastName"
_ENGLISH: dict[str, ListedType] = {
    "AMAZON.FirstName": ListedType(FIRST_NAMES, looks_like_a_name),
    _LAST_NAME: ListedType((), looks_like_a_name),
    "AMAZON.City": ListedType(CITIES, looks_like_a_place),
    "AMAZON.Country": ListedType(COUNTRIES, looks_like_a_place),
    "AMAZON.State": ListedType(STATES, looks_like_a_place),
    "AMAZON.StreetName": StreetType(),
}
_SPANISH: dict[str, ListedType] = {
    "AMAZON.FirstName": ListedType(
        FIRST_NAMES | spanish.FIRST_NAMES, looks_like_a_name, spanish.COMMON
    ),
    _LAST_NAME: _ENGLISH[_LAST_NAME],
    "AMAZON.City": ListedType((*CITIES, *spanish.CITIES), looks_like_a_place, spanish.COMMON),
    "AMAZON.Country": ListedType(
        (*COUNTRIES, *spanish.COUNTRIES), looks_like_a_place, spanish.COMMON
    ),
    "AMAZON.State": ListedType((*STATES, *spanish.STATES), looks_like_a_place, spanish.COMMON),
    "AMAZON.StreetName": SpanishStreetType(),
}


def listed_types_of(locale_id: str) -> Mapping[str, ListedType]:
    """The types of names and places, with the lists of the locale's language."""
    return _SPANISH if locale_id.partition("_")[0] == "es" else _ENGLISH
