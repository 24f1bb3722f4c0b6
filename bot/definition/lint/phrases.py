"""Sample utterances in the forms in which two of them can be the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from bot.definition.lint.findings import At, at
from bot.definition.lint.subject import IntentPart, LocalePart

_SLOT = re.compile(r"\{([\w.-]+)\}")
_PUNCTUATION = re.compile(r"[^\w\s{}<>'.-]|(?<!\w)[.'-]|[.'-](?!\w)")


@dataclass(frozen=True, slots=True)
class Phrase:
    """One sample utterance, where it stands, and whose it is."""

    text: str
    owner: IntentPart
    at: At

    @property
    def exact(self) -> str:
        """Blanks and case do not count."""
        return " ".join(self.text.casefold().split())

    @property
    def generalised(self) -> str:
        """Nor do punctuation, width and which slot of a type it is."""
        types = {slot.slot.name: slot.slot.type_name for slot in self.owner.slots}
        typed = _SLOT.sub(lambda m: f" <{types.get(m[1], m[1])}> ", self.text)
        return plain(typed)

    @property
    def frame(self) -> str:
        """Nor which slot it is, of whatever type."""
        return plain(_SLOT.sub(" {} ", self.text))

    @property
    def slot_types(self) -> list[str]:
        """The type of each slot, in the order of the text; the name of one that is unknown."""
        types = {slot.slot.name: slot.slot.type_name for slot in self.owner.slots}
        return [types.get(name, f"{{{name}}}") for name in self.slots]

    @property
    def slots(self) -> list[str]:
        return _SLOT.findall(self.text)


def plain(text: str) -> str:
    """Text as it is heard: no case, width, punctuation or double blanks."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    return " ".join(_PUNCTUATION.sub(" ", folded).split())


def phrases_of(locale: LocalePart) -> Iterator[Phrase]:
    """Every sample utterance of a locale's intents, in their order."""
    for part in locale.intents:
        for index, text in enumerate(part.intent.utterances):
            yield Phrase(text, part, at(part.place, "sampleUtterances", index, "utterance"))
