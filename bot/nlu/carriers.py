"""What people wrap around a value: "from my checking please", "it's Anna", "to the savings one"."""

from __future__ import annotations

import re

from bot.nlu.utterance import Utterance

_LEADING = frozenset(
    "from to into in on at for the my our it is a an please use using with out of that would be i"
    " am"
    " want will like make um uh er well ok okay just let us say take send pay about yes yeah sure"
    " no not actually oh hmm so think maybe then put try go by via this one"
    " name actually rather sorry change only called"
    " named".split()
)
_TRAILING = frozenset(
    "please thanks thank you one account card then instead of course now for me today if"
    " possible".split()
)
_LONGEST = 6
# A reply that begins like this asks or orders something: it is no name, shop or account.
_NOT_A_VALUE = re.compile(
    r"(?:what|how|why|when|where|who|whose|which|can|could|would|do|does|did|is|are|am|should|will"
    r"|shall|show|tell|give|help|cancel|stop|quit|exit|never mind|forget|none|nothing|nobody"
    r"|anything|whatever|let me|i (?:do|did|can|need|have|lost|can not|want to|would like to)"
    r"|i am (?:not|trying|having))\b"
)


def inside(utterance: Utterance) -> tuple[int, int] | None:
    """The words (from, to) left when carrier phrases are taken off, or None when no value is."""
    tokens = utterance.tokens
    if not tokens or _NOT_A_VALUE.match(" ".join(tokens)):
        return None
    start, end = 0, len(tokens)
    while start < end and tokens[start] in _LEADING:
        start += 1
    while end > start and tokens[end - 1] in _TRAILING:
        end -= 1
    if start == end or end - start > _LONGEST:
        return None
    if not any(letter.isalnum() for letter in utterance.said(start, end)):
        return None
    return start, end
