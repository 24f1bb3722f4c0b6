"""Fractions in English words: "three quarters", "two and fifty-four hundredths", "a fifth".

Whatever could be part of the number below the line is ("one one hundred fifth" is 1/105), unless a
hyphen or an "and" ties it to the number above.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from bot.nlu.numbers import Reading, read_number

_BELOW = {
    "half": "two", "third": "three", "quarter": "four", "fourth": "four", "fifth": "five",
    "sixth": "six", "seventh": "seven", "eighth": "eight", "ninth": "nine", "tenth": "ten",
    "eleventh": "eleven", "twelfth": "twelve", "thirteenth": "thirteen", "fourteenth": "fourteen",
    "fifteenth": "fifteen", "sixteenth": "sixteen", "seventeenth": "seventeen",
    "eighteenth": "eighteen", "nineteenth": "nineteen", "twentieth": "twenty",
    "thirtieth": "thirty", "fortieth": "forty", "fiftieth": "fifty", "sixtieth": "sixty",
    "seventieth": "seventy", "eightieth": "eighty", "ninetieth": "ninety",
    "hundredth": "hundred", "thousandth": "thousand", "millionth": "million",
    "billionth": "billion", "trillionth": "trillion", "first": "one",
}  # fmt: skip
_PLURALS = {f"{word}s": number for word, number in _BELOW.items()} | {"halves": "two"}
_LONGEST = 14


def read_fraction(tokens: Sequence[str], at: int) -> Reading | None:
    """The fraction that begins at `at`, with the whole number before it if one is, or None."""
    for last in range(min(len(tokens), at + _LONGEST) - 1, at, -1):
        if tokens[last] not in _BELOW and tokens[last] not in _PLURALS:
            continue
        found = _mixed(tokens, at, last) or _plain(tokens, at, last)
        if found is not None:
            return found, last + 1
    return None


def _mixed(tokens: Sequence[str], at: int, last: int) -> Decimal | None:
    """ "three and a fifth": a whole number and a part below one, of a million where it was one."""
    for behind in range(at + 1, last):
        if tokens[behind] != "and":
            continue
        whole = _exactly(tokens[at:behind])
        part = _plain(tokens, behind + 1, last)
        if whole is not None and part is not None and part < 1:
            scale = next((s for s in (10**9, 10**6) if whole >= s and whole % s == 0), 1)
            return whole + part * scale
    return None


def _plain(tokens: Sequence[str], at: int, last: int) -> Decimal | None:
    for start in range(at + 1, last + 1):
        below = _below(tokens, start, last)
        above = _above(tokens, at, start, alone=start == last) if below else None
        if below and above is not None:
            return above / below if _goes(tokens, at, start, last) else None
    return None


def _goes(tokens: Sequence[str], at: int, start: int, last: int) -> bool:
    """ "a fifth" and "three fifths" are parts, "twenty-fifth" and "the three fifth" are not."""
    single = start - at == 1 and tokens[at] in ("a", "an", "one")
    hyphened = start - at == 2 and tokens[at] == "one" and tokens[at + 1] == "-"
    return tokens[last] in _PLURALS or single or hyphened


def _above(tokens: Sequence[str], at: int, end: int, *, alone: bool) -> Decimal | None:
    if alone and tokens[end - 1] == "-":
        end -= 1
    if end - at == 1 and tokens[at] in ("a", "an"):
        return Decimal(1)
    return _exactly(tokens[at:end])


def _below(tokens: Sequence[str], start: int, last: int) -> Decimal | None:
    word = _PLURALS.get(tokens[last]) or _BELOW[tokens[last]]
    if start == last:
        return None if word == "one" else _exactly(["one", word]) or _exactly([word])
    return _exactly([*tokens[start:last], word])


def _exactly(tokens: Sequence[str]) -> Decimal | None:
    """The number that `tokens` are, all of them."""
    found = read_number(tokens, 0) if tokens and tokens[0] not in ("point", "dot", "-") else None
    return found[0] if found and found[1] == len(tokens) else None
