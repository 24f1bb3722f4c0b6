"""Reads a mistyped word as the bot's own word that it is nearest to: "trasnfer" is "transfer"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

_SHORTEST = 5
_LONG = 9
_LONGEST = 24


class Spelling:
    """Known words (or phrases), found again through one slip, or two in a long one.

    A slip is a letter dropped, added, changed or swapped with its neighbour; the first letter must
    be right. Short words are left alone: "dave" is a name, not "save".
    """

    def __init__(self, known: Iterable[str]) -> None:
        self._known = frozenset(known)
        self._near: dict[str, set[str]] = defaultdict(set)
        for word in self._known:
            if _is_checked(word):
                for shorter in _without_letters(word, _slips(word)):
                    self._near[shorter].add(word)

    def __contains__(self, word: str) -> bool:
        return word in self._known

    def correct(self, word: str) -> str:
        """The known word that was meant, or `word` itself when none or several could be."""
        if word in self._known or not _is_checked(word):
            return word
        candidates = {
            known
            for shorter in _without_letters(word, _slips(word))
            for known in self._near.get(shorter, ())
            if known[0] == word[0]
        }
        ranked = sorted((_distance(word, known), known) for known in candidates)
        if not ranked or ranked[0][0] > _slips(word):
            return word
        alone = len(ranked) == 1 or ranked[1][0] > ranked[0][0]
        return ranked[0][1] if alone else word


def _is_checked(word: str) -> bool:
    return _SHORTEST <= len(word) <= _LONGEST and word.replace(" ", "").isalpha()


def _slips(word: str) -> int:
    return 2 if len(word) >= _LONG else 1


@lru_cache(maxsize=8192)
def _without_letters(word: str, slips: int) -> frozenset[str]:
    """`word`, and what is left of it when up to `slips` letters are taken out."""
    found, layer = {word}, {word}
    for _ in range(slips):
        layer = {item[:i] + item[i + 1 :] for item in layer for i in range(1, len(item))}
        found |= layer
    return frozenset(found)


def _distance(one: str, other: str) -> int:
    """Slips between two words (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[-1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]
