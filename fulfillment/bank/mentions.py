"""Words that point back: "send her another 20", "pay Anna the same again"."""

from __future__ import annotations

import re

_SAME = (
    r"the same(?: (?:amount|sum|thing))?(?: again| as (?:last time|before))?"
    r"|same again|same (?:amount|sum)"
)
_AGAIN = re.compile(
    rf"\b(?:{_SAME}|as (?:last time|before)|one more time|once more|once again|another|again|more"
    r"|too|as well|please)(?=\W|$)",
    re.IGNORECASE,
)
_SAME_AMOUNT = re.compile(rf"\b(?:{_SAME}|as much (?:again|as last time))(?=\W|$)", re.IGNORECASE)
_POINTS_TO_SOMEBODY = frozenset(
    {"her", "him", "them", "it", "that person", "the same person", "same person", "that one"}
)


def plain_name(said: str) -> str:
    """The name in `said`, without "another" or "the same again"; "" when nothing else was said."""
    return " ".join(_AGAIN.sub(" ", said).split())


def points_back(said: str) -> bool:
    """Whether `said` names nobody, but the one who was spoken of last."""
    rest = plain_name(said).casefold()
    return not rest or rest in _POINTS_TO_SOMEBODY


def same_amount(said: str) -> bool:
    """Whether `said` asks for the amount of the last time."""
    return _SAME_AMOUNT.search(said) is not None
