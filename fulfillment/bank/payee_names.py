"""Names of payees: what may be one, and whether one only looks like another.

A name is what a customer recognises a payee by, so it must not be able to pass for somebody else's:
no invisible or direction-changing characters, no word of two scripts, and a warning when it looks
like a name that is there already (Unicode's UTS 39, "skeletons").
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum


class NameProblem(StrEnum):
    """Why a text will not do as a name."""

    NO_NAME = "no_name"
    NAME_TOO_LONG = "name_too_long"
    UNCLEAR_NAME = "unclear_name"
    """It has hidden characters, or mixes alphabets within a word."""


MAX_NAME = 60
_HIDDEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u3164\ufe00-\ufe0f\uffa0"
    "\U000e0100-\U000e01ef]"
)
"""What Unicode calls default-ignorable without its category saying so: fillers and variations."""
_MOST_MARKS = 2
"""In a row, beyond the accents that letters have: points of Hebrew, vowels of Thai. More cover what
is written.
"""
_OF_ANY_SCRIPT = frozenset({"COMMON", "INHERITED"})


def read_name(text: str) -> str | NameProblem:
    """`text` in one normal form with single spaces, or why it is no name."""
    name = " ".join(unicodedata.normalize("NFKC", text).split())
    if len(name) > MAX_NAME:
        return NameProblem.NAME_TOO_LONG
    if _hides_something(name):
        return NameProblem.UNCLEAR_NAME
    if sum(letter.isalpha() for letter in name) < 2:
        return NameProblem.NO_NAME
    if not name.isascii() and any(len(_scripts(word)) > 1 for word in name.split()):
        return NameProblem.UNCLEAR_NAME
    return name


def _hides_something(name: str) -> bool:
    kinds = [unicodedata.category(letter) for letter in name]
    marks = "".join("m" if kind in ("Mn", "Me") else "-" for kind in kinds)
    is_covered = "m" * (_MOST_MARKS + 1) in marks
    return is_covered or not _HIDDEN.isdisjoint(kinds) or _UNSEEN.search(name) is not None


def same_name(one: str, other: str) -> bool:
    """Whether two names differ in case and spaces at most."""
    return _plain(one) == _plain(other)


def looks_like(one: str, other: str) -> bool:
    """Whether two different names look the same: "COOP" and Cyrillic "СООР", "Bill" and "BiII"."""
    if same_name(one, other):
        return False
    return _skeleton(one) == _skeleton(other)


def _scripts(word: str) -> set[str]:
    # The tables are a megabyte of JSON, read when somebody adds a payee: not at a cold start.
    from confusable_homoglyphs.categories import unique_aliases

    aliases: set[str] = unique_aliases(word)  # type: ignore[no-untyped-call]  # no annotations
    return aliases - _OF_ANY_SCRIPT


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def _skeleton(name: str) -> str:
    apart = unicodedata.normalize("NFD", "".join(name.split()))
    once = "".join(_prototype(letter) for letter in apart)
    # A second time in one case: "I" looks like "l", and "Ann" in capitals is still Ann.
    return "".join(_prototype(letter) for letter in once.casefold())


def _prototype(letter: str) -> str:
    from confusable_homoglyphs.confusables import confusables_data

    like: list[str] = [entry["c"].strip("\u200e") for entry in confusables_data.get(letter, ())]
    if len(like) != 1:
        return letter
    back = [entry["c"] for entry in confusables_data.get(like[0], ())]
    return min(letter, like[0]) if back == [letter] else like[0]
