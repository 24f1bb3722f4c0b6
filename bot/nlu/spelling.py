"""Reads a mistyped word as the bot's own word that it is nearest to: "trasnfer" is "transfer"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

_SHORTEST = 5
_LONGEST = 24


class Spelling:
    """Known words (or phrases), found again through one slip of the finger.

    A slip is a letter dropped, added, changed or swapped with its neighbour; the first letter must
    be right. Short words are left alone: "dave" is a name, not "save".
    """

    def __init__(self, known: Iterable[str]) -> None:
        self._known = frozenset(known)
        near: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._known):
            if _is_checked(word):
                for shorter in _without_a_letter(word):
                    near[shorter].append(word)
        self._near = dict(near)
        self._shapes = {
            (word[0], len(word) + slip) for word in self._known if word for slip in (-1, 0, 1)
        }

    def __contains__(self, word: str) -> bool:
        return word in self._known

    def correct(self, word: str) -> str:
        """The known word that was meant, or `word` itself when none or several could be."""
        if word in self._known or (word[:1], len(word)) not in self._shapes:
            return word
        if not _is_checked(word):
            return word
        candidates = {
            known
            for shorter in _without_a_letter(word)
            for known in self._near.get(shorter, ())
            if known[0] == word[0] and _is_one_slip(word, known)
        }
        return candidates.pop() if len(candidates) == 1 else word


def _is_checked(word: str) -> bool:
    return _SHORTEST <= len(word) <= _LONGEST and word.replace(" ", "").isalpha()


@lru_cache(maxsize=2048)
def _without_a_letter(word: str) -> tuple[str, ...]:
    """`word`, and what is left of it when one letter (not the first) is taken out."""
    return (word, *{word[:i] + word[i + 1 :] for i in range(1, len(word))})


def _is_one_slip(one: str, other: str) -> bool:
    """Whether a single slip turns one word into the other."""
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    a, b = one[start:], other[start:]
    if len(a) == len(b):
        return a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
    return a[1:] == b or a == b[1:]
