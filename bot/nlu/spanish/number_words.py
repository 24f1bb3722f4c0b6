"""AMAZON.Number in Spanish words beyond a plain number: "tres quintos", "siete con cincuenta"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import lru_cache

from bot.nlu.figures import SIGN, N, Worded
from bot.nlu.lines import Line
from bot.nlu.spanish.numbers import HUNDREDS, TENS, UNITS, read_number
from bot.nlu.utterance import Utterance

_HALF = re.compile(
    rf"{SIGN}(?P<n>{N}) (?:y|con) (?:(?P<half>medi[oa])|cuarto)(?P<million> millon)?(?= |$)"
)
_DECIMALS = re.compile(rf"{SIGN}(?P<n>\d+) con (?P<parts>\d{{1,3}})(?= |$)")
_FRACTION = re.compile(
    rf"{SIGN}(?:(?P<whole>{N}) (?:con|y) )?(?P<n>\d+) (?P<below>[a-z]{{4,}})(?= |$)"
)
_BELOW = {
    "medio": 2, "tercio": 3, "cuarto": 4, "quinto": 5, "sexto": 6, "septimo": 7, "octavo": 8,
    "noveno": 9, "decimo": 10, "centesimo": 100,
}  # fmt: skip
_SCALES = (("milesimo", 10**3), ("billonesimo", 10**12), ("millonesimo", 10**6))
_WORDS = sorted([*UNITS, *TENS, *HUNDREDS, "mil"], key=len, reverse=True)
_LONGEST = 40


def spanish_wording(reading: Callable[[str], Line]) -> Callable[[Utterance], Iterator[Worded]]:
    def find(utterance: Utterance) -> Iterator[Worded]:
        line = utterance.line_by(reading)
        for grammar, read in ((_FRACTION, _fraction), (_HALF, _half), (_DECIMALS, _decimals)):
            for found in line.find(grammar):
                value = read(found.match)
                if value is not None:
                    signed = -value if found.match["sign"] else value
                    yield Worded(signed, found.start, found.end)

    return find


def _half(match: re.Match[str]) -> Decimal | None:
    """ "cinco y medio"; of millions, half a million more."""
    whole = Decimal(match["n"])
    part = Decimal("0.5") if match["half"] else Decimal("0.25")
    return whole + part * (10**6 if match["million"] else _scale(whole))


def _decimals(match: re.Match[str]) -> Decimal | None:
    return Decimal(f"{match['n']}.{match['parts']}")


def _fraction(match: re.Match[str]) -> Decimal | None:
    below = denominator(match["below"])
    if below is None:
        return None
    part = Decimal(match["n"]) / below
    if not match["whole"]:
        return part
    whole = Decimal(match["whole"])
    return whole + part * _scale(whole) if part < 1 else None


def _scale(whole: Decimal) -> int:
    return next((s for s in (10**12, 10**9, 10**6) if whole >= s and whole % s == 0), 1)


@lru_cache(maxsize=512)
def denominator(word: str) -> int | None:
    """What a fraction's second word divides by: "quintos" 5, "veintiunavos" 21."""
    one = re.sub(r"(?:os|as|a)$", "o", word)
    if len(word) > _LONGEST or one in _BELOW:
        return _BELOW.get(one)
    for ending, scale in _SCALES:
        if one.endswith(ending):
            times = _spelt(one.removesuffix(ending))
            return times * scale if times else None if one != ending else scale
    stem = one.removesuffix("avo")
    if stem == one:
        return None
    return _spelt(stem) or _spelt(stem + "a")


def _spelt(stem: str) -> int | None:
    """The number that is written as one word: "cientocinco"."""
    words: list[str] = []
    while stem:
        word = next((known for known in _WORDS if stem.startswith(known)), None)
        if word is None:
            return None
        words.append(word)
        stem = stem.removeprefix(word)
    found = read_number(words, 0, ",") if words else None
    return int(found[0]) if found and found[1] == len(words) and found[0] else None
