"""Which line of a list just shown a customer means: "the second one", "number 2"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeVar

Shown = TypeVar("Shown")

_ORDINALS = {
    "first": 0, "1st": 0, "one": 0, "top": 0, "latest": 0, "newest": 0, "recent": 0, "last": 0,
    "second": 1, "2nd": 1, "two": 1, "third": 2, "3rd": 2, "three": 2, "fourth": 3, "4th": 3,
    "four": 3, "fifth": 4, "5th": 4, "five": 4, "sixth": 5, "6th": 5, "seventh": 6, "7th": 6,
    "eighth": 7, "8th": 7, "bottom": -1, "oldest": -1,
    "primero": 0, "primera": 0, "primer": 0, "uno": 0, "último": 0, "ultimo": 0, "última": 0,
    "ultima": 0, "reciente": 0, "segundo": 1, "segunda": 1, "dos": 1, "tercero": 2, "tercera": 2,
    "tercer": 2, "tres": 2, "cuarto": 3, "cuarta": 3, "cuatro": 3, "quinto": 4, "quinta": 4,
    "cinco": 4, "sexto": 5, "sexta": 5, "séptimo": 6, "septimo": 6, "octavo": 7, "antiguo": -1,
}  # fmt: skip
_FILLERS = frozenset(
    "the that this number please el la ese esa este esta número numero por favor de lista".split()
)
_BARE = frozenset({"one", "uno"})
_WORD = re.compile(r"[^\W_]+")
_NUMBERED = re.compile(
    r"\s*(?:(?:the|el|la) )?(?:number |n[uú]mero |no\.? ?|#)?([1-9])\s*(?:[.:)].*|$)",
    re.IGNORECASE | re.DOTALL,
)


def by_place(words: str, shown: Sequence[Shown]) -> Shown | None:
    """The line that "the second one", "number 2", "2: Netflix" or "the last" points at.

    "The last one" is the latest: lists are shown newest first.
    """
    numbered = _NUMBERED.fullmatch(words)
    if numbered:
        place = int(numbered[1]) - 1
        return shown[place] if place < len(shown) else None
    said = [word for word in _WORD.findall(words.casefold()) if word not in _FILLERS]
    # "the second one" has two words for a place, and the "one" of "the 12.50 one" is none.
    named = [_ORDINALS[word] for word in said if word in _ORDINALS and word not in _BARE]
    is_one = len(said) == 1 and said[0] in _BARE
    chosen = named[0] if named else 0 if is_one else None
    if chosen is None or chosen >= len(shown) or not shown:
        return None
    return shown[chosen]
