"""Replies that spell a value out: letter by letter, or with a word for each letter.

Source: Lex V2 developer guide, "Using spelling to capture slot values": a session may ask for
SpellByLetter ("x i u l a n") or SpellByWord ("b as in boy o as in oscar"). A reply in which nothing
is spelt is read as usual (inferred).
"""

from __future__ import annotations

import re

BY_LETTER, BY_WORD = "SpellByLetter", "SpellByWord"
SPELT_TYPES = (
    "AMAZON.AlphaNumeric",
    "AMAZON.EmailAddress",
    "AMAZON.FirstName",
    "AMAZON.LastName",
    "AMAZON.UKPostalCode",
)
"""The types that Lex offers the styles for."""

_DIGITS = {
    "zero": "0", "oh": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5",
    "six": "6", "seven": "7", "eight": "8", "nine": "9", "cero": "0", "uno": "1", "dos": "2",
    "tres": "3", "cuatro": "4", "cinco": "5", "seis": "6", "siete": "7", "ocho": "8", "nueve": "9",
}  # fmt: skip
_MARKS = {
    "dot": ".", "point": ".", "punto": ".", "at": "@", "arroba": "@", "dash": "-", "hyphen": "-",
    "guion": "-", "minus": "-", "underscore": "_", "plus": "+", "apostrophe": "'",
}  # fmt: skip
_TIMES = {"double": 2, "triple": 3, "treble": 3, "doble": 2}
_NATO = frozenset(
    "alpha alfa bravo charlie delta echo foxtrot golf hotel india juliet juliett kilo lima mike"
    " november oscar papa quebec romeo sierra tango uniform victor whiskey whisky xray x-ray yankee"
    " zulu".split()
)
_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[@._+-]")
_AS_IN = re.compile(
    r"(?<!\w)([^\W\d_])(?: as in| for| like| is for| de| como(?: en)?|,)? +(?!as\b|for\b|like\b)"
    r"(\1[^\W\d_]+)(?!\w)",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"(?<!\w)([^\W\d_]) (?:as in|for|like|is for|de|como en|como) ([^\W\d_]+)(?!\w)", re.IGNORECASE
)


def spelt(text: str, style: str | None) -> str | None:
    """What `text` spells in the style, None when it spells nothing."""
    if style == BY_LETTER:
        return as_characters(text)
    if style == BY_WORD:
        return _by_word(text)
    return None


def as_characters(text: str) -> str | None:
    """ "x i u double l 7": single letters, digits and marks; None for anything else.

    A run of digits stays as it is. At least one character must stand alone.
    """
    found, times, single = "", 1, False
    for token in _TOKEN.findall(text.strip()):
        word = token.casefold()
        if word in _TIMES and times == 1:
            times = _TIMES[word]
            continue
        piece = _DIGITS.get(word) or _MARKS.get(word) or token
        if len(piece) > 1 and not piece.isdigit():
            return None
        single = single or len(piece) == 1
        found += piece * times
        times = 1
    return found if single and times == 1 and len(found) > 1 else None


def _by_word(text: str) -> str | None:
    """ "b as in boy", also mixed with plain letters; NATO words alone give their first letters."""
    words = [token.casefold() for token in _TOKEN.findall(text)]
    if len(words) > 1 and all(word in _NATO or word in _DIGITS for word in words):
        return "".join(_DIGITS.get(word) or word[0] for word in words)
    # "p as in philip": where the word begins otherwise the letter still wins.
    letters = _SAID.sub(r"\1", _AS_IN.sub(r"\1", text))
    return as_characters(letters) if letters != text else as_characters(text)
