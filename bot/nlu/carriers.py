"""What people wrap around a value: "from my checking please", "it's Anna", "to the savings one"."""

from __future__ import annotations

from bot.nlu.small_words import SmallWords
from bot.nlu.utterance import Utterance

_LONGEST = 6


def inside(utterance: Utterance, small: SmallWords) -> tuple[int, int] | None:
    """The words (from, to) left when carrier phrases are taken off, or None when no value is."""
    tokens = utterance.tokens
    if not tokens or small.question.match(" ".join(tokens)):
        return None
    start, end = 0, len(tokens)
    while start < end and tokens[start] in small.leading:
        start += 1
    while end > start and tokens[end - 1] in small.trailing:
        end -= 1
    if start == end or end - start > _LONGEST:
        return None
    if not any(letter.isalnum() for letter in utterance.said(start, end)):
        return None
    return start, end
