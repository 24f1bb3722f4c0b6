"""Custom slot types: listed values and synonyms found in an utterance, a typo forgiven.

Source: Lex V2 developer guide, "Custom slot types": with TOP_RESOLUTION a synonym gives its value
and nothing else is accepted; with ORIGINAL_VALUE the customer's own words stay and the value that
they resolve to stands in `resolvedValues`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.definition.model import SlotType
from bot.engine.recogniser import SlotMatch
from bot.nlu.nearness import nearest
from bot.nlu.regex_values import RegexValues
from bot.nlu.small_words import ENGLISH, SPANISH
from bot.nlu.spelling import Spelling
from bot.nlu.utterance import Span, Utterance
from bot.nlu.words import normal

LISTED, TYPO = 1.0, 0.7
_MOST = 5
"""How many resolved values Lex gives."""
_ARTICLES = ENGLISH.articles | SPANISH.articles
_SMALL_WORDS = ENGLISH.stops | ENGLISH.idle | {"i", "it", "or"}


class CustomType:
    """The values of one custom slot type, ready to be found."""

    def __init__(self, definition: SlotType) -> None:
        self.name = definition.name
        self.is_open = definition.strategy != "TOP_RESOLUTION" and definition.pattern is None
        self._codes = RegexValues(definition.pattern) if definition.pattern else None
        self._values: dict[str, tuple[str, ...]] = {}
        for value in definition.values:
            for said in (value.value, *value.synonyms):
                self._list(said, value.value)
        for said, meanings in list(self._values.items()):
            self._values.setdefault(_other_number(said), meanings)
        self._values.pop("", None)
        self._longest = max((len(said.split()) for said in self._values), default=0)
        self._beginnings = {said.partition(" ")[0] for said in self._values}
        self._spelling = Spelling(self._values)
        self._twins = {value.value for value in definition.values}
        self.samples = tuple(value.value for value in definition.values)
        self.other_words = tuple(
            said for value in definition.values for said in value.synonyms or (value.value,)
        )

    def _list(self, said: str, value: str) -> None:
        plain = normal(said)
        self._mean(plain, value)
        parts = plain.split()
        if "." in said or (len(said) > 2 and all(len(part) == 1 for part in parts)):
            # "D.V.D." and "D V D" are also typed "dvd".
            self._mean(plain.replace(" ", ""), value)
        if len(parts) == 1 and said.isupper() and said.isalpha() and len(said) < 7:
            # And "DVD" is typed "D.V.D.".
            self._mean(" ".join(plain), value)
        first, _, rest = plain.partition(" ")
        if first in _ARTICLES and rest:
            self._mean(rest, value)

    def _mean(self, said: str, value: str) -> None:
        """One more meaning of `said`, behind those it has in the order of the definition."""
        meanings = self._values.get(said, ())
        if value not in meanings:
            self._values[said] = (*meanings, value)

    def spans(self, utterance: Utterance) -> list[Span]:
        """Listed values in the utterance; a longer one hides those inside it."""
        found = self.sure_spans(utterance)
        if self._codes is not None and not self._values:
            return found
        return found + self._from_each_word(utterance, found, self._mistyped)

    def sure_spans(self, utterance: Utterance) -> list[Span]:
        """Those that were typed as they are listed."""
        if self._codes is not None and not self._values:
            return self._codes.spans(utterance)
        if self._beginnings.isdisjoint(utterance.tokens):
            return []
        return self._from_each_word(utterance, (), self._listed)

    def nearest(self, utterance: Utterance, start: int, end: int) -> SlotMatch | None:
        """The one listed value that the words are nearly: what a closed type takes a reply for."""
        meanings = nearest(" ".join(utterance.tokens[start:end]), self._values)
        return self._match(utterance, start, end, meanings) if meanings else None

    def _from_each_word(
        self,
        utterance: Utterance,
        others: Sequence[Span],
        meaning: Callable[[str], tuple[str, ...] | None],
    ) -> list[Span]:
        """The longest phrases with a meaning, leaving out the words of `others`."""
        weight = LISTED if meaning == self._listed else TYPO
        used = {index for span in others for index in range(span.start, span.end)}
        found: list[Span] = []
        for start in range(len(utterance.words)):
            if start in used or (found and start < found[-1].end):
                continue
            for end in range(min(start + self._longest, len(utterance.words)), start, -1):
                if used.intersection(range(start, end)):
                    continue
                value = meaning(" ".join(utterance.tokens[start:end]))
                if value is not None:
                    found.append(
                        Span(start, end, self._match(utterance, start, end, value), weight)
                    )
                    break
        return found

    def _listed(self, said: str) -> tuple[str, ...] | None:
        return self._values.get(said)

    def _mistyped(self, said: str) -> tuple[str, ...] | None:
        first = said.partition(" ")[0]
        return None if first in _SMALL_WORDS else self._values.get(self._spelling.correct(said))

    def _match(
        self, utterance: Utterance, start: int, end: int, meanings: tuple[str, ...]
    ) -> SlotMatch:
        """The meaning that was typed or hinted at, else the first; then the others."""
        original = utterance.said(start, end)
        # Values that differ only by case occur together: the twin that was typed is meant.
        value = original if original in self._twins else self._hinted(utterance, meanings)
        others = [meaning for meaning in meanings if meaning != value]
        same = normal(original) == normal(value)
        interpreted = value if same or not self.is_open else original
        return SlotMatch(original, interpreted, (value, *others)[:_MOST])

    @staticmethod
    def _hinted(utterance: Utterance, meanings: tuple[str, ...]) -> str:
        hinted = (value for value in meanings if normal(value) in utterance.hints)
        return next(hinted, meanings[0])


def _other_number(said: str) -> str:
    """The plural of a singular and the other way round, as far as an "s" makes it."""
    if said.endswith("ss") or len(said) < 3:
        return said
    return said[:-1] if said.endswith("s") else f"{said}s"
