"""How near two phrases are, letter by letter: for values of a closed list that were mistyped."""

from __future__ import annotations

from collections.abc import Mapping

_SHORT = 6
"""Below this many letters one slip is allowed, from there on two; below four none."""


def nearest(said: str, listed: Mapping[str, tuple[str, ...]]) -> tuple[str, ...] | None:
    """The meanings of the listed phrase nearest to `said`, None when none or several are."""
    best: tuple[int, tuple[str, ...]] | None = None
    tied = False
    for phrase, meanings in listed.items():
        allowed = _allowed(phrase)
        if not allowed or abs(len(phrase) - len(said)) > allowed:
            continue
        slips = slips_between(said, phrase, allowed)
        if slips is None or (best is not None and slips > best[0]):
            continue
        tied = best is not None and slips == best[0] and meanings[0] != best[1][0]
        if best is None or slips < best[0]:
            best, tied = (slips, meanings), False
    return None if best is None or tied else best[1]


def _allowed(phrase: str) -> int:
    return 0 if len(phrase) < 4 else 1 if len(phrase) < _SHORT else 2


def slips_between(one: str, other: str, most: int) -> int | None:
    """Letters to add, drop, change or swap with a neighbour; None when more than `most`."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, wanted in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return None
    return row[-1] if row[-1] <= most else None
