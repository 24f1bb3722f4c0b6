"""Puts days, times and numbers of other languages into the English that grammars of values read.

"Am 15. März um drei Uhr" reads "am 15 march at 3 o'clock". What is on no list stays as
it is, so that an utterance in a language without a list is read like figures and names alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import product

from bot.nlu.language_words import ARTICLES, DAY_WORDS, MONTHS, NUMBERS, WEEKDAYS
from bot.nlu.lines import Line, Piece, english_tokens, folded_line
from bot.nlu.utterance import Finder, Span, Utterance

Token = tuple[str, int, int]
"""A word and where it stood."""

LANGUAGES = frozenset(DAY_WORDS)
"""Besides English, and Spanish, which has grammars of its own."""

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen".split()
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_MONTH_NAMES = (
    "january february march april may june july august september october november december".split()
)
_DAY_NAMES = "monday tuesday wednesday thursday friday saturday sunday".split()


@cache
def lexicon(language: str) -> Mapping[str, str]:
    """English words for the words of `language` ("pt"), phrases included; empty if unknown."""
    found: dict[str, str] = {}
    for name, english in (
        *zip(MONTHS.get(language, "").split(), _MONTH_NAMES, strict=False),
        *zip(WEEKDAYS.get(language, "").split(), _DAY_NAMES, strict=False),
    ):
        for form in name.split("/"):
            found[form] = english
            # "3. März": the full stop of an ordinal.
            found[f". {form}"] = english
    found.update(_numbers(language))
    for entry in DAY_WORDS.get(language, "").split(";"):
        said, _, english = entry.strip().partition("=")
        for form in said.split("/") if said else ():
            found[form] = english
    return found


@cache
def longest(language: str) -> int:
    """How many words the longest phrase of the lexicon has."""
    return max((len(said.split()) for said in lexicon(language)), default=0)


def is_unspaced(language: str) -> bool:
    """Whether words are written without blanks between them."""
    return language in ("ja", "ko", "zh")


def _numbers(language: str) -> dict[str, str]:
    listed, joint = NUMBERS.get(language, ("", ""))
    said: dict[int, list[str]] = {}
    for entry in listed.split():
        figure, _, forms = entry.partition(":")
        said[int(figure)] = forms.split("/")
    for ten in range(20, 100, 10):
        for unit in range(1, 10):
            pairs = product(said.get(ten, ()), [*said.get(unit, ()), *_article(language, unit)])
            said.setdefault(ten + unit, [joint.format(ten=t, unit=u) for t, u in pairs])
    return {form: _in_english(value) for value, forms in said.items() for form in forms}


def _article(language: str, unit: int) -> list[str]:
    return ARTICLES.get(language, "").split() if unit == 1 else []


def _in_english(value: int) -> str:
    if value >= 1000:
        return "thousand"
    if value >= 100:
        return f"{_UNITS[value // 100]} hundred"
    if value < len(_UNITS):
        return _UNITS[value]
    ten = _TENS[value // 10 - 2]
    return f"{ten} {_UNITS[value % 10]}" if value % 10 else ten


def reader_of(language: str) -> Callable[[Finder], Finder]:
    """Makes a finder of values in English one of values in `language`."""

    def translated(text: str) -> Line:
        tokens = [(piece.text, piece.start, piece.end) for piece in english_tokens(text)]
        parted = [part for token in tokens for part in apart(token, language)]
        return folded_line(Piece(*token) for token in in_english(parted, language))

    def reads(finder: Finder) -> Finder:
        def find(utterance: Utterance) -> list[Span]:
            return finder(utterance.read_as(translated))

        return find

    return reads


def in_english(tokens: Sequence[Token], language: str) -> list[Token]:
    """The tokens with the longest known phrases put into English, at the places they stood."""
    known, most = lexicon(language), longest(language)
    if not known:
        return list(tokens)
    if len(tokens) == 1 and tokens[0][0] in ARTICLES.get(language, "").split():
        return [("one", *tokens[0][1:])]
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        length, english = _phrase(tokens, at, known, most)
        start, end = tokens[at][1], tokens[at + length - 1][2]
        found += [(word, start, end) for word in english.split()]
        at += length
    return list(_with_months(found)) if is_unspaced(language) else found


def _phrase(
    tokens: Sequence[Token], at: int, known: Mapping[str, str], most: int
) -> tuple[int, str]:
    for length in range(min(most, len(tokens) - at), 0, -1):
        english = known.get(" ".join(token[0] for token in tokens[at : at + length]))
        if english is not None:
            return length, english
    return 1, tokens[at][0]


def apart(token: Token, language: str) -> list[Token]:
    """A run of letters cut where a known word begins or ends, in a language without blanks."""
    text, start, _ = token
    if not is_unspaced(language):
        return [token]
    cuts = [piece for piece in _cutter(language).split(text) if piece]
    found: list[Token] = []
    for piece in cuts:
        found.append((piece, start, start + len(piece)))
        start += len(piece)
    return found


@cache
def _cutter(language: str) -> re.Pattern[str]:
    known = sorted(lexicon(language), key=len, reverse=True)
    return re.compile(f"({'|'.join(map(re.escape, known))})")


def _with_months(tokens: Sequence[Token]) -> Iterator[Token]:
    """ "3 MONTH 15 DAY" as "march 15th", with a year before it as "2031 - march - 15"."""
    dated = any(token[0] == "YEAR" for token in tokens)
    for index, (text, start, end) in enumerate(tokens):
        unit = tokens[index + 1][0] if index + 1 < len(tokens) else ""
        if dated and text in ("YEAR", "MONTH"):
            yield "-", start, end
        elif dated and unit in ("MONTH", "DAY"):
            yield text, start, tokens[index + 1][2] if unit == "DAY" else end
        elif unit == "MONTH" and text.isdecimal() and 1 <= int(text) <= 12:
            yield _MONTH_NAMES[int(text) - 1], start, tokens[index + 1][2]
        elif unit == "DAY" and text.isdecimal() and len(text) < 3:
            yield f"{int(text)}th", start, tokens[index + 1][2]
        elif text not in ("MONTH", "DAY"):
            yield text, start, end
